package org.thespis.testkit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The threads of one run of the actors, and what is at work in them. Any thread. */
final class Threads implements Executor {

    private static final Logger LOG = System.getLogger(Threads.class.getName());

    /** Far more than a test has in its hands; whoever comes then is tried again, or told. */
    private static final int MAX_THREADS = 256;

    private static final long KEEP_ALIVE_SECONDS = 5;

    /** What has done nothing but wait for so long is held up by something that the test has to end. */
    private static final long HELD_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int FRAMES_TOLD = 12;

    private final Set<Work> atWork = ConcurrentHashMap.newKeySet();
    private final Object idle = new Object(); // notified when nothing is at work
    private final AtomicInteger last = new AtomicInteger();
    private volatile Lane lane; // while the time is advanced
    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            0, MAX_THREADS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "testkit-" + last.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private final class Work implements Runnable {

        private final Runnable task;
        private volatile Thread thread;
        private volatile boolean heldUp; // as it was seen last

        private Work(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                task.run();
            } finally {
                ended(this);
            }
        }

        private boolean isWaiting() {
            Thread at = thread;
            return at != null && Threads.isWaiting(at);
        }

        /** What it does now; empty if it has ended. */
        private String told() {
            Thread at = thread;
            if (at == null) {
                return "\n    what has not begun";
            }
            StackTraceElement[] frames = at.getStackTrace();
            return atWork.contains(this) ? "\n    " + at.getName() + frames(frames) : "";
        }

        /** The first, and then those that are not of the JDK. */
        private static String frames(StackTraceElement... frames) {
            return IntStream.range(0, frames.length)
                    .filter(i -> i == 0 || !frames[i].getClassName().matches("(java|jdk)\\..*"))
                    .mapToObj(i -> frames[i])
                    .limit(FRAMES_TOLD)
                    .map(frame -> "\n        at " + frame.getClassName() + "." + frame.getMethodName() + "("
                            + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                    .collect(Collectors.joining());
        }
    }

    static boolean isWaiting(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> true;
            default -> false;
        };
    }

    @Override
    public void execute(Runnable task) {
        Work work = new Work(task);
        atWork.add(work);
        Lane present = lane;
        if (present == null || !present.take(work)) {
            execute(work);
        }
    }

    /** In a thread of its own, also while the time is advanced: for what turns wait for. */
    void executeBeside(Runnable task) {
        Work work = new Work(task);
        atWork.add(work);
        execute(work);
    }

    private void execute(Work work) {
        try {
            pool.execute(work);
        } catch (RejectedExecutionException e) {
            ended(work);
            throw e;
        }
    }

    private void ended(Work work) {
        atWork.remove(work);
        if (atWork.isEmpty()) {
            synchronized (idle) {
                idle.notifyAll();
            }
        }
    }

    /**
     * Runs something in one of the threads, and waits for it: it may be held up by an author's code.
     *
     * @param what names it
     * @throws AssertionError if it takes longer than that
     */
    <T> T call(Duration patience, String what, Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        execute(future);
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(what + " takes longer than " + Patience.text(patience) + report(), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw Patience.interrupted(e);
        }
    }

    /**
     * Waits until nothing is at work that gets on.
     *
     * @return false if something is left that waits itself, such as a turn that blocks
     * @throws AssertionError if it takes longer than that
     */
    boolean settle(Duration patience) {
        return settle(patience, () -> false);
    }

    private boolean settle(Duration patience, BooleanSupplier other) {
        long begin = System.nanoTime();
        long waitingSince = begin;
        while (!atWork.isEmpty() && !other.getAsBoolean()) {
            long now = System.nanoTime();
            if (!allWait()) {
                waitingSince = now;
            } else if (areHeldUp() || now - waitingSince >= HELD_UP_NANOS) {
                atWork.forEach(work -> work.heldUp = true);
                return false;
            }
            if (now - begin >= patience.toNanos()) {
                throw restless(patience);
            }
            await();
        }
        return true;
    }

    /**
     * Has all that is executed meanwhile run in one thread, with a step whenever all has come to rest.
     *
     * @param patience for the rest between two steps
     * @param step false if it was the last
     * @throws AssertionError if that takes longer
     */
    void inLane(Duration patience, BooleanSupplier step) {
        Lane opened = new Lane(new Ground(patience, step));
        lane = opened;
        try {
            opened.drive(patience);
        } finally {
            lane = null;
            opened.close().forEach(this::executeAgain);
        }
    }

    /** What a lane has left; lost if all threads are held up, which the test was told. */
    private void executeAgain(Runnable work) {
        try {
            execute((Work) work);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.WARNING, "no thread is left for what the actors have to do", e);
        }
    }

    private final class Ground implements Lane.Ground {

        private final Duration patience;
        private final BooleanSupplier step;

        private Ground(Duration patience, BooleanSupplier step) {
            this.patience = patience;
            this.step = step;
        }

        @Override
        public void start(Runnable driver) {
            try {
                pool.execute(driver);
            } catch (RejectedExecutionException e) { // all are held up
                throw restless();
            }
        }

        @Override
        public void rest(BooleanSupplier other) {
            settle(patience, other);
        }

        @Override
        public boolean step() {
            return step.getAsBoolean();
        }

        @Override
        public AssertionError restless() {
            return Threads.this.restless(patience);
        }
    }

    private AssertionError restless(Duration patience) {
        return new AssertionError("the actors do not come to rest within " + Patience.text(patience) + report());
    }

    private boolean allWait() {
        boolean all = true;
        for (Work work : atWork) {
            boolean waits = work.isWaiting();
            work.heldUp &= waits;
            all &= waits;
        }
        return all;
    }

    /** Whether that of all was known before. */
    private boolean areHeldUp() {
        return atWork.stream().allMatch(work -> work.heldUp);
    }

    private void await() {
        synchronized (idle) {
            try {
                if (!atWork.isEmpty()) {
                    idle.wait(1);
                }
            } catch (InterruptedException e) {
                throw Patience.interrupted(e);
            }
        }
    }

    /** What is at work, with what each thread does; empty if nothing is. */
    String report() {
        String all = atWork.stream().map(Work::told).collect(Collectors.joining());
        return all.isEmpty() ? "" : "; at work is:" + all;
    }

    /** Interrupts all; what does not end by that is left alone. */
    void end() {
        pool.shutdownNow();
    }
}
