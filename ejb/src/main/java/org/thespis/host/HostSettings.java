package org.thespis.host;

import java.time.Duration;
import java.util.Locale;
import org.thespis.runtime.document.Verification;
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
                jndi.integer("max-waiting-calls", defaults.maxWaitingCalls()),
                jndi.integer("max-subscriptions", defaults.maxSubscriptions()),
                verifyState(jndi, defaults));
    }

    private static Verification.Policy verifyState(JndiSettings jndi, ActorSettings defaults) {
        String text = jndi.text("verify-state", defaults.verifyState().name());
        try {
            return Verification.Policy.valueOf(text.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("thespis/verify-state must be always, first or never, was " + text, e);
        }
    }
}
