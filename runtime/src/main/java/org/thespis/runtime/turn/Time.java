package org.thespis.runtime.turn;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The time that actors live by: plans, time limits and sleep. In a server it passes by itself, in a test by the hand of the
 * test. What waits for a thread does not go by it. Any thread.
 */
public interface Time {

    /** For what is planned by the calendar. */
    Clock clock();

    /** A clock like {@link System#nanoTime}. */
    long nanoTime();

    /** What waits for the store goes by this, like {@link System#nanoTime}. */
    default long storeNanoTime() {
        return System.nanoTime();
    }

    /** Runs something that only hands over, when a time has passed. */
    void after(Duration delay, Runnable task);

    /** That of this machine. */
    static Time ofMachine() {
        return ofMachine(Clock.systemUTC());
    }

    /** The same with another calendar. */
    static Time ofMachine(Clock clock) {
        return new Time() {
            @Override
            public Clock clock() {
                return clock;
            }

            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public void after(Duration delay, Runnable task) {
                CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                        .execute(task);
            }
        };
    }
}
