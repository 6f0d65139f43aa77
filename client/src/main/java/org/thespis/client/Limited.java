package org.thespis.client;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs some tasks at a time on an executor that others use, too; the rest wait. Any thread. */
final class Limited implements Executor {

    private static final int MAX_WAITING = 100_000;

    private final Executor executor;
    private final int max;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private int running; // guarded by this

    Limited(Executor executor, int max) {
        this.executor = executor;
        this.max = max;
    }

    /** @throws RejectedExecutionException if too many wait */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            if (running >= max && waiting.size() >= MAX_WAITING) {
                throw new RejectedExecutionException("more than " + MAX_WAITING + " tasks wait");
            }
            if (running >= max) {
                waiting.add(task);
                return;
            }
            running++;
        }
        start(task);
    }

    private void start(Runnable task) {
        executor.execute(() -> {
            try {
                task.run();
            } finally {
                next();
            }
        });
    }

    private void next() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                running--;
                return;
            }
        }
        start(next);
    }
}
