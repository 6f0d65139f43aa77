package org.thespis.runtime.settings;

import java.time.Duration;

/**
 * Limits of actors, of all or of one type. No time is longer than 100 years.
 *
 * @param actionTimeout time after which a caller is told that its action timed out; 60 seconds by default
 * @param createTimeout time after which who creates an actor is told that {@code OnCreate} timed out; 30 seconds by default
 * @param sleepTimeout time without connection, turn or open call after which an actor leaves memory, 100 years for never; 30 seconds by
 *     default
 * @param sleepGrace time in which an actor that falls asleep waits for work of its own; 15 seconds by default
 * @param commitTimeout how long a state is tried to be written while the store is out of reach; 10 seconds by default
 * @param maxWaitingCalls calls that may wait in one actor, for their turn or for a stage to complete, at least 1; 1,000 by default
 * @param maxSubscriptions events that one connection may subscribe to, at least 1; 1,000 by default
 * @param hooks time limits of hooks
 * @param state limits of what is kept
 */
public record ActorSettings(
        Duration actionTimeout,
        Duration createTimeout,
        Duration sleepTimeout,
        Duration sleepGrace,
        Duration commitTimeout,
        int maxWaitingCalls,
        int maxSubscriptions,
        HookSettings hooks,
        StateSettings state) {

    public ActorSettings {
        check("action-timeout-millis", actionTimeout);
        check("create-timeout-millis", createTimeout);
        check("sleep-timeout-millis", sleepTimeout);
        check("sleep-grace-millis", sleepGrace);
        check("commit-timeout-millis", commitTimeout);
        check("max-waiting-calls", maxWaitingCalls >= 1, maxWaitingCalls, "at least 1");
        check("max-subscriptions", maxSubscriptions >= 1, maxSubscriptions, "at least 1");
    }

    /** With the {@linkplain HookSettings#defaults() defaults} of hooks. */
    public ActorSettings(
            Duration actionTimeout,
            Duration createTimeout,
            Duration sleepTimeout,
            Duration sleepGrace,
            Duration commitTimeout,
            int maxWaitingCalls,
            int maxSubscriptions,
            StateSettings state) {
        this(
                actionTimeout,
                createTimeout,
                sleepTimeout,
                sleepGrace,
                commitTimeout,
                maxWaitingCalls,
                maxSubscriptions,
                HookSettings.defaults(),
                state);
    }

    /** With the {@linkplain StateSettings#defaults() defaults} of what is kept, too. */
    public ActorSettings(
            Duration actionTimeout,
            Duration createTimeout,
            Duration sleepTimeout,
            Duration sleepGrace,
            Duration commitTimeout,
            int maxWaitingCalls,
            int maxSubscriptions) {
        this(
                actionTimeout,
                createTimeout,
                sleepTimeout,
                sleepGrace,
                commitTimeout,
                maxWaitingCalls,
                maxSubscriptions,
                StateSettings.defaults());
    }

    /** The same with what cannot change while actors live as it is there. */
    public ActorSettings keeping(ActorSettings running) {
        return new ActorSettings(
                actionTimeout,
                createTimeout,
                sleepTimeout,
                sleepGrace,
                running.commitTimeout,
                maxWaitingCalls,
                maxSubscriptions,
                hooks,
                new StateSettings(
                        running.state.verify(), state.maxBytes(), state.entryCacheBytes(), state.entryReadTimeout()));
    }

    public static ActorSettings defaults() {
        return new ActorSettings(
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                1_000,
                1_000);
    }

    static void check(String key, Duration value) {
        check(key, Durations.isInRange(value), value, "at least 1 ms and at most 100 years");
    }

    static void check(String key, boolean valid, Object value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("thespis/" + key + " must be " + rule + ", was " + value);
        }
    }
}
