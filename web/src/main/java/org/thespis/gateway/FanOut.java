package org.thespis.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares the writing of an event to many clients among threads, where that takes long: a send on Payara runs in the thread
 * that asks for it, so a plain loop would use one core. Order is not touched: every frame is queued before any thread
 * writes. Any thread.
 */
final class FanOut {

    private static final Logger LOG = System.getLogger(FanOut.class.getName());

    /** Clients that a thread serves at a time. */
    static final int SHARE = 16;

    /** Time for one share from which on others help. WildFly only queues the frames, which one thread does best. */
    private static final long LONG_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final Executor executor;

    /** @param executor runs nothing that blocks: else answers would wait behind it */
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

    /** Runs all, with the help of other threads if it takes long. Does not wait for those. */
    void run(List<Runnable> writes) {
        Outbound.withoutApplication(() -> runAll(writes));
    }

    /** The same in another thread, if one is free. */
    void runElsewhere(List<Runnable> writes) {
        try {
            executor.execute(() -> run(writes));
        } catch (RuntimeException | Error e) { // none is, or can be started
            run(writes);
        }
    }

    private void runAll(List<Runnable> writes) {
        int size = writes.size();
        long start = size > SHARE ? System.nanoTime() : 0;
        writes.subList(0, Math.min(SHARE, size)).forEach(FanOut::safely);
        if (size > SHARE) {
            Runnable rest = rest(writes);
            if (System.nanoTime() - start > LONG_NANOS) {
                callHelpers(rest);
            }
            rest.run();
        }
    }

    /** Writes shares that nobody has taken yet, until none is left; to be run by one thread or more. */
    private static Runnable rest(List<Runnable> writes) {
        AtomicInteger next = new AtomicInteger(SHARE);
        return () -> {
            for (int from = next.getAndAdd(SHARE); from < writes.size(); from = next.getAndAdd(SHARE)) {
                writes.subList(from, Math.min(from + SHARE, writes.size())).forEach(FanOut::safely);
            }
        };
    }

    private void callHelpers(Runnable work) {
        for (int i = 1; i < THREADS; i++) {
            try {
                executor.execute(() -> Outbound.withoutApplication(work));
            } catch (RuntimeException | Error e) { // all threads are busy, or this one may start none
                return;
            }
        }
    }
}
