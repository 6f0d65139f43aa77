package org.thespis.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures something that is done again and again by one thread. */
final class RoundTrips {

    /** Returns when the answer is there. */
    @FunctionalInterface
    interface Trip {
        void make() throws Exception;
    }

    private final Trip trip;

    RoundTrips(Trip trip) {
        this.trip = trip;
    }

    Probe.Slice run(Duration time) throws Exception {
        Histogram nanos = Probe.histogram();
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        long now = begun;
        while (now < end) {
            trip.make();
            long then = System.nanoTime();
            nanos.recordValue(then - now);
            now = then;
        }
        return new Probe.Slice(nanos.getTotalCount() * (double) TimeUnit.SECONDS.toNanos(1) / (now - begun), nanos);
    }
}
