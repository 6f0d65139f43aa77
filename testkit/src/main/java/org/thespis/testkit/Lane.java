package org.thespis.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * While the time is advanced all that the actors do runs in one thread, one task after the other and step by step: most tasks
 * take less than the way into another thread would. If a task blocks, another thread goes on without it. Any thread.
 */
final class Lane {

    /** How often who waits looks at the one who drives. */
    private static final long LOOK_MILLIS = 1;

    /** What has waited so long in one task may wait for another one of the lane. */
    private static final long BLOCKED_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** The whole way may take so many times the patience. */
    private static final int PATIENCES = 12; // two minutes

    /** What the lane stands on. */
    interface Ground {

        /** Runs who drives, in a thread of its own. */
        void start(Runnable driver);

        /**
         * Waits until what is at work beside the lane has come to rest.
         *
         * @param other whether there is something else to be done first
         * @throws AssertionError if that takes too long
         */
        void rest(BooleanSupplier other);

        /** Goes on to the next moment; false if there is none. */
        boolean step();

        /** What is to be said if there is no rest. */
        AssertionError restless();
    }

    private final Ground ground;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Object stepping = new Object(); // one does
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private boolean closed; // guarded by this
    private volatile Driver driver; // who goes on
    private volatile long stepped = System.nanoTime();

    Lane(Ground ground) {
        this.ground = ground;
    }

    /** Takes a task; false if the lane has come to its end. */
    synchronized boolean take(Runnable task) {
        return !closed && waiting.add(task);
    }

    private synchronized boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    private synchronized Runnable next(Driver asking) {
        return driver == asking ? waiting.poll() : null;
    }

    /** One thread that goes on until another takes its place. */
    private final class Driver implements Runnable {

        private volatile Thread thread;
        private volatile boolean inTask;
        private volatile long tasks; // begun

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                drive();
            } catch (Throwable e) { // who advances the time is told
                end.completeExceptionally(e);
            }
        }

        private void drive() {
            while (driver == this) {
                Runnable task = next(this);
                if (task != null) {
                    run(task);
                } else if (!goOn()) {
                    end.complete(null);
                    return;
                }
            }
        }

        private void run(Runnable task) {
            tasks = tasks + 1;
            inTask = true;
            try {
                task.run();
            } catch (Throwable e) { // as in a pool
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            } finally {
                inTask = false;
            }
        }

        private boolean goOn() {
            ground.rest(Lane.this::hasWaiting);
            synchronized (stepping) {
                if (driver != this || hasWaiting()) {
                    return true;
                }
                stepped = System.nanoTime();
                return ground.step();
            }
        }
    }

    /**
     * Goes on until there is no further step.
     *
     * @param patience for one step
     * @throws AssertionError if a step takes longer, or the whole far longer
     */
    void drive(Duration patience) {
        long begin = System.nanoTime();
        start();
        Watch watch = new Watch();
        while (!hasEnded()) {
            long now = System.nanoTime();
            if (now - stepped >= patience.toNanos()) {
                throw ground.restless();
            }
            if ((now - begin) / PATIENCES >= patience.toNanos()) {
                throw new AssertionError(
                        "the clock is not through within " + Patience.text(patience.multipliedBy(PATIENCES))
                                + ": advance it by less, or look for what is due again and again; withPatience gives it more");
            }
            if (watch.isBlocked(now)) {
                start();
            }
        }
    }

    private void start() {
        Driver next = new Driver();
        driver = next;
        ground.start(next);
    }

    private boolean hasEnded() {
        try {
            end.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw Patience.interrupted(e);
        }
    }

    /** Whether who drives does nothing but wait, in one and the same task. Used by who waits for the end. */
    private final class Watch {

        private Driver seen;
        private long task;
        private long since;

        boolean isBlocked(long now) {
            Driver present = driver;
            boolean waits = present.inTask && Threads.isWaiting(present.thread);
            if (!waits || present != seen || present.tasks != task) {
                seen = present;
                task = present.tasks;
                since = now;
                return false;
            }
            return now - since >= BLOCKED_NANOS;
        }
    }

    /** Takes nothing any more; who drives comes to his end. What was not begun is given back. */
    synchronized List<Runnable> close() {
        closed = true;
        driver = null;
        List<Runnable> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }
}
