package org.thespis.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.thespis.runtime.turn.Time;

/** A time that stands until the test moves it. */
final class HandTime implements Time {

    private record Later(long nanoTime, Runnable task) {}

    private final TestClock clock = new TestClock();
    private final List<Later> later = new ArrayList<>();
    private long nanos;

    void advance(Duration time) {
        clock.advance(time);
        nanos += time.toNanos();
        for (Later due : later.stream().filter(l -> l.nanoTime <= nanos).toList()) {
            later.remove(due);
            due.task.run();
        }
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void after(Duration delay, Runnable task) {
        later.add(new Later(nanos + delay.toNanos(), task));
    }
}
