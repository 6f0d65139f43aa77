package org.thespis.bench;

import java.util.concurrent.atomic.AtomicReference;

/** What went wrong in the event loop: a measurement with a fault is none. Any thread. */
final class Faults {

    private static final AtomicReference<Throwable> FIRST = new AtomicReference<>();

    private Faults() {}

    static void report(Throwable fault) {
        FIRST.compareAndSet(null, fault);
    }

    /** @throws IllegalStateException if something went wrong since the last call */
    static void check() {
        Throwable fault = FIRST.getAndSet(null);
        if (fault != null) {
            throw new IllegalStateException("the measurement is not valid", fault);
        }
    }
}
