package org.thespis.runtime.commit;

import java.util.concurrent.atomic.AtomicInteger;

/** Whether turns that change states come one by one, so that there is nothing to be gathered. Guarded by its queue. */
final class Pace {

    private final AtomicInteger turns = new AtomicInteger(); // since a write was begun; any thread
    private boolean calm = true;

    /** A turn has ended that wants its state to be written. Any thread. */
    void turnEnded() {
        turns.incrementAndGet();
    }

    /** So many states are about to be written. */
    void begins(int states) {
        calm = turns.getAndSet(0) <= 1 && states == 1;
    }

    /** They are written. */
    void ends() {
        calm &= turns.get() == 0;
    }

    /** Asked behind {@link #turnEnded}. */
    boolean isCalm() {
        return calm && turns.get() <= 1;
    }
}
