package org.thespis.gateway;

import java.time.Duration;
import java.time.Instant;
import org.thespis.gateway.Callers.Known;

/**
 * Who a client is, and until when that counts: a fresh token may put it off, before it has run out and not behind that. Any
 * thread.
 */
final class Standing {

    /** Nanoseconds are counted in a {@code long}, which has room for 292 years. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Known known; // guarded by this
    private Long end; // as System.nanoTime tells it, or null for never; guarded by this
    private volatile boolean over;

    private Standing(Known known, Long end) {
        this.known = known;
        this.end = end;
    }

    /** @param known null for who is known to the server, or nobody */
    static Standing of(Known known) {
        return new Standing(known, known == null ? null : end(known.expires()));
    }

    /** One that ends then, as {@link System#nanoTime} tells it; null for never. */
    static Standing until(Long end) {
        return new Standing(null, end);
    }

    private static Long end(Instant expires) {
        if (expires == null) {
            return null;
        }
        Duration left = Duration.between(Instant.now(), expires);
        return left.compareTo(LONGEST) > 0 ? null : System.nanoTime() + left.toNanos();
    }

    /** Whom others than the server know the client as; null if they do not. */
    synchronized Known known() {
        return known;
    }

    /** Nothing more is taken from the client. */
    boolean isOver() {
        return over;
    }

    void end() {
        over = true;
    }

    /** Whether it is over now, by its time and for the first time. */
    synchronized boolean runsOut(long now) {
        boolean first = !over && end != null && now - end >= 0;
        over |= first;
        return first;
    }

    /** Goes on with a fresh token; false if it is over. */
    synchronized boolean goesOn(Known fresh) {
        if (over || end != null && System.nanoTime() - end >= 0) {
            return false;
        }
        known = fresh;
        end = end(fresh.expires());
        return true;
    }

    /** Milliseconds until its end, 0 at least; null if it has none. */
    synchronized Long leftMillis() {
        return end == null
                ? null
                : Math.max(0, Duration.ofNanos(end - System.nanoTime()).toMillis());
    }
}
