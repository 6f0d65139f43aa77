package org.thespis.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Shares the writing of an event to many clients among threads. A send on Payara runs in the thread that asks for it, so
 * a plain loop would use one core. Order is not touched: every frame is queued before any thread writes. Any thread.
 */
final class FanOut {

    private static final Logger LOG = System.getLogger(FanOut.class.getName());

    /** Clients that one thread serves before another is worth its start. */
    static final int SHARE = 64;

    private final Executor executor;

    FanOut(Executor executor) {
        this.executor = executor;
    }

    /** What goes wrong with one client must not reach the actor or other clients. */
    private static void safely(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "writing to a client failed", e);
        }
    }

    /** Runs all; most of them elsewhere if they are many. Does not wait for those. */
    void run(List<Runnable> writes) {
        int size = writes.size();
        for (int from = SHARE; from < size; from += SHARE) {
            List<Runnable> share = writes.subList(from, Math.min(from + SHARE, size));
            try {
                executor.execute(() -> share.forEach(FanOut::safely));
            } catch (RuntimeException e) { // all threads are busy, or this one may start none
                share.forEach(FanOut::safely);
            }
        }
        writes.subList(0, Math.min(SHARE, size)).forEach(FanOut::safely);
    }
}
