package org.thespis.gateway;

import java.util.List;
import java.util.concurrent.Executor;

/**
 * Shares the writing of an event to many clients among threads. A send on Payara runs in the thread that asks for it, so
 * a plain loop would use one core. Order is not touched: every frame is queued before any thread writes. Any thread.
 */
final class FanOut {

    /** Clients that one thread serves before another is worth its start. */
    static final int SHARE = 64;

    private final Executor executor;

    FanOut(Executor executor) {
        this.executor = executor;
    }

    /** Runs all; most of them elsewhere if they are many. Does not wait for those. */
    void run(List<Runnable> writes) {
        int size = writes.size();
        for (int from = SHARE; from < size; from += SHARE) {
            List<Runnable> share = writes.subList(from, Math.min(from + SHARE, size));
            try {
                executor.execute(() -> share.forEach(Runnable::run));
            } catch (RuntimeException e) { // all threads are busy, or this one may start none
                share.forEach(Runnable::run);
            }
        }
        writes.subList(0, Math.min(SHARE, size)).forEach(Runnable::run);
    }
}
