package org.thespis.host;

import java.time.Duration;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.settings.ActorSettings;

/** Makes the runtime's settings from what the deployment or the server says. */
final class HostSettings {

    private HostSettings() {}

    static ActorSettings actors(JndiSettings jndi) {
        ActorSettings defaults = ActorSettings.defaults();
        return new ActorSettings(
                Duration.ofMillis(jndi.number(
                        "action-timeout-millis", defaults.actionTimeout().toMillis())),
                Duration.ofMillis(jndi.number(
                        "create-timeout-millis", defaults.createTimeout().toMillis())),
                Duration.ofMillis(jndi.number(
                        "sleep-timeout-millis", defaults.sleepTimeout().toMillis())),
                Duration.ofMillis(
                        jndi.number("sleep-grace-millis", defaults.sleepGrace().toMillis())),
                Duration.ofMillis(jndi.number(
                        "commit-timeout-millis", defaults.commitTimeout().toMillis())),
                (int) jndi.number("max-waiting-calls", defaults.maxWaitingCalls()),
                (int) jndi.number("max-subscriptions", defaults.maxSubscriptions()));
    }
}
