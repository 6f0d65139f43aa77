package org.thespis.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/**
 * The time of the actors under test: it stands until it is advanced. Plans, time limits and sleep go by it; what a test or an
 * actor itself reads from {@link Instant#now()} does not. Beans that inject a {@link Clock} get this one.
 */
public final class TestClock extends Clock {

    /** Nanoseconds are counted in a {@code long}, which has room for 292 years. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final VirtualTime time;
    private final Consumer<Duration> advance;

    TestClock(VirtualTime time, Consumer<Duration> advance) {
        this.time = time;
        this.advance = advance;
    }

    /**
     * Moves the time, and runs all that falls due on the way, each at its time and one after the other, with what comes of it.
     * A turn that blocks is not waited for. Used by the test, not in a turn.
     *
     * @param by from 0 to 100 years
     * @throws AssertionError if the actors do not come to rest
     */
    public void advance(Duration by) {
        if (by.isNegative() || by.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("the clock is advanced by 0 to 100 years, not by " + by);
        }
        advance.accept(by);
    }

    /** Moves the time to a moment that is not past; see {@link #advance}. */
    public void advanceTo(Instant moment) {
        advance(Duration.between(instant(), moment));
    }

    @Override
    public Instant instant() {
        return time.now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return time.clock(zone);
    }
}
