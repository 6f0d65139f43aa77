package org.thespis.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.thespis.runtime.turn.Time;

/** A time that stands until it is moved. Any thread. */
final class VirtualTime implements Time {

    private record Delayed(long nanoTime, Runnable task) {}

    private final Instant start; // in whole milliseconds, as plans are
    private final LongSupplier storeNanoTime;
    private final PriorityQueue<Delayed> delayed =
            new PriorityQueue<>(Comparator.comparingLong(Delayed::nanoTime)); // guarded by this
    private volatile long nanos; // since the start

    /** @param storeNanoTime what waits for the store goes by */
    VirtualTime(Instant start, LongSupplier storeNanoTime) {
        this.start = start.truncatedTo(ChronoUnit.MILLIS);
        this.storeNanoTime = storeNanoTime;
    }

    Instant now() {
        return start.plusNanos(nanos);
    }

    /** A moment of the calendar on the nano clock. */
    long nanoTimeOf(long epochMillis) {
        return Duration.ofMillis(epochMillis - start.toEpochMilli()).toNanos();
    }

    /** Moves it, and runs what waited for that. */
    void moveTo(long nanoTime) {
        List<Runnable> due = new ArrayList<>(0);
        synchronized (this) {
            nanos = nanoTime;
            while (!delayed.isEmpty() && delayed.peek().nanoTime <= nanoTime) {
                due.add(delayed.remove().task);
            }
        }
        due.forEach(Runnable::run);
    }

    /** When the next one waits for; {@code Long.MAX_VALUE} if nobody does. */
    synchronized long nextDelayed() {
        return delayed.isEmpty() ? Long.MAX_VALUE : delayed.peek().nanoTime;
    }

    /** Forgets who waits. */
    synchronized void forget() {
        delayed.clear();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long storeNanoTime() {
        return storeNanoTime.getAsLong();
    }

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        delayed.add(new Delayed(nanos + delay.toNanos(), task));
    }

    @Override
    public Clock clock() {
        return new Calendar(ZoneOffset.UTC);
    }

    Clock clock(ZoneId zone) {
        return new Calendar(zone);
    }

    private final class Calendar extends Clock {

        private final ZoneId zone;

        private Calendar(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public Instant instant() {
            return now();
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new Calendar(other);
        }
    }
}
