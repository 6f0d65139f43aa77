package org.thespis.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs what the application is to learn of one connection, one after the other, on threads for that. Any thread. */
final class Lane {

    private static final Logger LOG = System.getLogger(Lane.class.getName());

    /** Tasks in one go, before other connections have their turn. */
    private static final int TASKS_PER_RUN = 64;

    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private boolean running; // guarded by this
    private final Runnable elsewhere = this::requireElsewhere;
    private volatile Thread thread; // of the task that runs

    Lane(Executor executor) {
        this.executor = executor;
    }

    /** Adds a task, which starts nothing: {@link #go} must follow. May be called under a lock. */
    synchronized void put(Runnable task) {
        waiting.add(task);
    }

    /** Runs what waits, in other threads. Not under a lock. */
    void go() {
        synchronized (this) {
            if (running || waiting.isEmpty()) {
                return;
            }
            running = true;
        }
        executor.execute(this::run);
    }

    /** Whether nothing runs or waits. */
    synchronized boolean isIdle() {
        return !running && waiting.isEmpty();
    }

    /** {@link #requireElsewhere()}, one for all stages that may be waited for. */
    Runnable elsewhere() {
        return elsewhere;
    }

    /**
     * Refuses to wait in a task of this lane.
     *
     * @throws IllegalStateException if this thread is in one
     */
    void requireElsewhere() {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException(
                    "a listener does not wait for a call of its own connection, which is answered"
                            + " behind it: go on with thenAccept, or call another reference");
        }
    }

    private void run() {
        for (int i = 0; i < TASKS_PER_RUN; i++) {
            Runnable next = next();
            if (next == null) {
                return;
            }
            run(next);
        }
        rest();
        executor.execute(this::run);
    }

    /** Says with the last one, still guarded, that this thread is in none: the next run may begin at once. */
    private synchronized Runnable next() {
        Runnable next = waiting.poll();
        running = next != null;
        thread = running ? Thread.currentThread() : null;
        return next;
    }

    private synchronized void rest() {
        thread = null;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // of the application's listeners
            LOG.log(Level.ERROR, "a listener failed", e);
        } finally {
            Thread.interrupted(); // it may have been left so, which is nobody else's
        }
    }
}
