package org.thespis.host;

import java.time.Duration;
import java.util.Locale;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.Durations;
import org.thespis.runtime.settings.HookSettings;
import org.thespis.runtime.settings.ReferenceSettings;
import org.thespis.runtime.settings.StateSettings;
import org.thespis.runtime.settings.TypeOption;

/** Makes the runtime's settings from what the deployment or the server says. */
final class HostSettings {

    private HostSettings() {}

    static ActorSettings actors(JndiSettings jndi) {
        ActorSettings defaults = ActorSettings.defaults();
        return new ActorSettings(
                jndi.duration("action-timeout-millis", defaults.actionTimeout()),
                jndi.duration("create-timeout-millis", defaults.createTimeout()),
                sleepTimeout(jndi, defaults),
                jndi.duration("sleep-grace-millis", defaults.sleepGrace()),
                jndi.duration("commit-timeout-millis", defaults.commitTimeout()),
                jndi.integer("max-waiting-calls", defaults.maxWaitingCalls()),
                jndi.integer("max-subscriptions", defaults.maxSubscriptions()),
                hooks(jndi, defaults.hooks()),
                state(jndi, defaults.state()));
    }

    /** May be {@code never}. */
    private static Duration sleepTimeout(JndiSettings jndi, ActorSettings defaults) {
        String name = TypeOption.SLEEP_TIMEOUT.key();
        String text = jndi.text(name, defaults.sleepTimeout().toString());
        return Durations.parseOrNever(text).orElseGet(() -> JndiSettings.duration(name, text));
    }

    static ReferenceSettings references(JndiSettings jndi) {
        ReferenceSettings defaults = ReferenceSettings.defaults();
        return new ReferenceSettings(
                jndi.duration("call-timeout-millis", defaults.callTimeout()),
                jndi.integer("max-inside-calls", defaults.maxOpenCalls()),
                jndi.integer("max-waiting-events", defaults.maxWaitingEvents()),
                jndi.integer("max-waiting-calls", defaults.maxWaitingCalls()),
                jndi.integer("max-tells-per-transaction", defaults.maxTellsPerTransaction()),
                jndi.integer("max-key-bytes", defaults.maxKeyBytes()),
                jndi.integer("max-body-bytes", defaults.maxArgumentBytes()));
    }

    private static HookSettings hooks(JndiSettings jndi, HookSettings defaults) {
        return new HookSettings(
                jndi.duration("connect-timeout-millis", defaults.connect()),
                jndi.duration("hook-timeout-millis", defaults.hook()));
    }

    private static StateSettings state(JndiSettings jndi, StateSettings defaults) {
        return new StateSettings(
                verifyState(jndi, defaults),
                jndi.integer("max-state-bytes", defaults.maxBytes()),
                jndi.integer("entry-cache-bytes", defaults.entryCacheBytes()),
                jndi.duration("entry-read-timeout-millis", defaults.entryReadTimeout()));
    }

    private static Verification.Policy verifyState(JndiSettings jndi, StateSettings defaults) {
        String text = jndi.text("verify-state", defaults.verify().name());
        try {
            return Verification.Policy.valueOf(text.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("thespis/verify-state must be always, first or never, was " + text, e);
        }
    }
}
