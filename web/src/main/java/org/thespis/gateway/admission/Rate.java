package org.thespis.gateway.admission;

import java.util.concurrent.atomic.AtomicLong;

/** Lets so many through in a time, and a burst after a pause (the generic cell rate algorithm). Any thread, no locks. */
final class Rate {

    private final long interval; // nanoseconds for one
    private final long ahead; // nanoseconds that a burst may be ahead
    private final AtomicLong due; // when all that was let through will have been within the rate

    /** @param burst how many may come at once after a pause */
    Rate(int count, long nanos, int burst, long now) {
        this.interval = Math.max(1, nanos / count);
        this.ahead = interval * (burst - 1);
        this.due = new AtomicLong(now);
    }

    boolean take(long now) {
        while (true) {
            long seen = due.get();
            long start = seen - now > 0 ? seen : now;
            if (start - now > ahead) {
                return false;
            }
            if (due.compareAndSet(seen, start + interval)) {
                return true;
            }
        }
    }

    /** Whether nothing of it is used up, as when it was made. */
    boolean isWhole(long now) {
        return due.get() - now <= 0;
    }
}
