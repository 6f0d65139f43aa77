package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Runs tasks on the threads of an executor, and never in the thread that brings them: that may be a timer, the thread that
 * writes states, or one that completes an author's future. What the executor cannot take is tried again by the timer. Any
 * thread.
 */
public final class Dispatcher implements Executor {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Executor executor;

    /** What the executor could not take. An actor has one task here at the most, and so has each of the few other users. */
    private final Queue<Runnable> again = new ConcurrentLinkedQueue<>();

    public Dispatcher(Executor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable task) {
        if (!tryNow(task)) {
            again.add(task);
        }
    }

    /** False if the executor has no room for the task now; then it is not run. */
    public boolean tryNow(Runnable task) {
        try {
            executor.execute(task);
            return true;
        } catch (RuntimeException | Error e) { // all threads are busy, or none can be started
            LOG.log(Level.DEBUG, "a task has to wait", e);
            return false;
        }
    }

    /** Tries what the executor could not take. Called by the timer. */
    public void tryAgain() {
        for (Runnable task = again.poll(); task != null; task = again.poll()) {
            if (!tryNow(task)) {
                again.add(task);
                return;
            }
        }
    }
}
