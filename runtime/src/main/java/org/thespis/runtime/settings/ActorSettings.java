package org.thespis.runtime.settings;

import java.time.Duration;
import org.thespis.runtime.document.Verification;

/**
 * Limits of actors.
 *
 * @param actionTimeout time after which a caller is told that its action timed out; 60 seconds by default
 * @param createTimeout time after which who creates an actor is told that {@code OnCreate} timed out; 30 seconds by default
 * @param sleepTimeout time without connection, turn or open call after which an actor leaves memory; 30 seconds by default
 * @param sleepGrace time in which an actor that falls asleep waits for work of its own; 15 seconds by default
 * @param commitTimeout how long a state is tried to be written while the store is out of reach; 10 seconds by default
 * @param maxWaitingCalls calls that may wait in one actor, at least 1; 1,000 by default
 * @param maxSubscriptions events that one connection may subscribe to, at least 1; 1,000 by default
 * @param verifyState when what was written of a state is read back and compared; {@code FIRST} by default
 */
public record ActorSettings(
        Duration actionTimeout,
        Duration createTimeout,
        Duration sleepTimeout,
        Duration sleepGrace,
        Duration commitTimeout,
        int maxWaitingCalls,
        int maxSubscriptions,
        Verification.Policy verifyState) {

    public ActorSettings {
        check("action-timeout", actionTimeout.toMillis() >= 1, actionTimeout, "at least 1 ms");
        check("create-timeout", createTimeout.toMillis() >= 1, createTimeout, "at least 1 ms");
        check("sleep-timeout", sleepTimeout.toMillis() >= 1, sleepTimeout, "at least 1 ms");
        check("sleep-grace", sleepGrace.toMillis() >= 1, sleepGrace, "at least 1 ms");
        check("commit-timeout", commitTimeout.toMillis() >= 1, commitTimeout, "at least 1 ms");
        check("max-waiting-calls", maxWaitingCalls >= 1, maxWaitingCalls, "at least 1");
        check("max-subscriptions", maxSubscriptions >= 1, maxSubscriptions, "at least 1");
    }

    /** With {@link Verification.Policy#FIRST}. */
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
                Verification.Policy.FIRST);
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

    private static void check(String key, boolean valid, Object value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("thespis/" + key + " must be " + rule + ", was " + value);
        }
    }
}
