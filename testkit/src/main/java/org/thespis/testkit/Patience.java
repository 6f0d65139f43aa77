package org.thespis.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for conditions by the time of the machine, never for longer than a bound. */
final class Patience {

    private Patience() {}

    /** Waits until a condition holds that is guarded by that lock, which is notified; false if the time is over before. */
    static boolean await(Object lock, Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (lock) {
            while (!condition.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            }
            return true;
        }
    }

    /** Lets others get on. */
    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("the test was interrupted", e);
    }

    /** Says that it is not the clock of the test that was waited for. */
    static String text(Duration patience) {
        return patience.toMillis() + " ms of the machine's time";
    }
}
