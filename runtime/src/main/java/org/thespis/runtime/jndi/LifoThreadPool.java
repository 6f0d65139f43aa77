package org.thespis.runtime.jndi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed number of threads, all started at once, of which the one that was busy last takes the next task. {@code
 * ThreadPoolExecutor} wakes the one that has waited longest, so that of 32 threads each runs with what the caches of a processor
 * have forgotten: a call from another node took 4.5 times as long as one from here with it, and 3.7 times with this one. Any thread.
 */
final class LifoThreadPool extends AbstractExecutorService {

    private final int maxWaiting;
    private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private final Deque<Worker> idle = new ArrayDeque<>(); // the one that was busy last is the first; guarded by this
    private final List<Worker> workers = new ArrayList<>();
    private final CountDownLatch ended;
    private boolean shutDown; // guarded by this
    private volatile boolean stopped; // set before the threads are interrupted

    /**
     * @param maxWaiting further tasks are rejected
     * @throws IllegalArgumentException if it is to have no thread
     * @throws IllegalStateException if the factory gives none
     */
    LifoThreadPool(int threads, int maxWaiting, ThreadFactory factory) {
        if (threads < 1) {
            throw new IllegalArgumentException("a pool has at least one thread, not " + threads);
        }
        this.maxWaiting = maxWaiting;
        this.ended = new CountDownLatch(threads);
        try {
            for (int i = 0; i < threads; i++) {
                workers.add(worker(factory));
            }
            workers.forEach(worker -> worker.thread.start());
        } catch (RuntimeException | Error e) {
            shutdown(); // nobody else could end those that run already
            throw e;
        }
    }

    private Worker worker(ThreadFactory factory) {
        Worker worker = new Worker();
        worker.thread = factory.newThread(worker);
        if (worker.thread == null) {
            throw new IllegalStateException("there is no thread for a pool");
        }
        return worker;
    }

    @Override
    public void execute(Runnable task) {
        Worker worker;
        synchronized (this) {
            if (shutDown) {
                throw new RejectedExecutionException("the pool is shut down");
            }
            worker = idle.poll();
            if (worker != null) {
                worker.next = task;
            } else if (waiting.size() < maxWaiting) {
                waiting.add(task);
            } else {
                throw new RejectedExecutionException(maxWaiting + " tasks wait already");
            }
        }
        if (worker != null) {
            LockSupport.unpark(worker.thread);
        }
    }

    /** A task for a thread that has none; null if it is to wait for {@link Worker#next}, or is to end. */
    private synchronized Runnable poll(Worker worker) {
        Runnable task = waiting.poll();
        if (task == null && !shutDown) {
            idle.push(worker);
        } else if (task == null) {
            worker.ends = true;
        }
        return task;
    }

    @Override
    public void shutdown() {
        List<Worker> resting;
        synchronized (this) {
            shutDown = true;
            resting = List.copyOf(idle);
            idle.clear();
            resting.forEach(worker -> worker.ends = true);
        }
        resting.forEach(worker -> LockSupport.unpark(worker.thread));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<Runnable> left;
        synchronized (this) {
            left = List.copyOf(waiting);
            waiting.clear();
        }
        stopped = true;
        workers.forEach(worker -> worker.thread.interrupt());
        return left;
    }

    @Override
    public synchronized boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return ended.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long time, TimeUnit unit) throws InterruptedException {
        return ended.await(time, unit);
    }

    private final class Worker implements Runnable {

        private Thread thread;
        private volatile Runnable next; // changed under the lock of the pool but by this thread, which takes it
        private volatile boolean ends; // likewise

        @Override
        public void run() {
            try {
                boolean goesOn = true;
                while (goesOn) {
                    goesOn = runNext();
                }
            } finally {
                ended.countDown();
            }
        }

        /** A method of its own: while the thread rests, no frame of it holds the last task. */
        private boolean runNext() {
            Runnable task = take();
            if (task == null) {
                return false;
            }
            run(task);
            return true;
        }

        private Runnable take() {
            Runnable task = poll(this);
            while (task == null && !ends) {
                task = next;
                if (task == null) {
                    LockSupport.park(LifoThreadPool.this);
                    Thread.interrupted(); // or it would not rest
                }
            }
            next = null;
            return task;
        }

        private void run(Runnable task) {
            Thread.interrupted(); // of the task before
            if (stopped) {
                thread.interrupt();
            }
            try {
                task.run();
            } catch (Throwable e) {
                tell(e);
            }
        }

        private void tell(Throwable thrown) {
            try {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
            } catch (Throwable e) {
                return; // as the JVM does with what a handler throws: the thread is worth more
            }
        }
    }
}
