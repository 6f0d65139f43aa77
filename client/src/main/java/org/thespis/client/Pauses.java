package org.thespis.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: twice as long each time, up to a half left to chance. Used under a lock. */
final class Pauses {

    private final long first;
    private final long longest;
    private long next;

    Pauses(Duration first, Duration longest) {
        this.first = first.toNanos();
        this.longest = longest.toNanos();
        this.next = this.first;
    }

    /** In nanoseconds. */
    long next() {
        long pause = next;
        next = Math.min(2 * pause, longest);
        return pause / 2 + chance(pause / 2);
    }

    /** The try succeeded, and what came of it lasted that long. The pause after a life that was longer than it is short. */
    long after(long livedNanos) {
        if (livedNanos < next) {
            return next();
        }
        next = first;
        return chance(first);
    }

    private static long chance(long bound) {
        return ThreadLocalRandom.current().nextLong(bound + 1);
    }
}
