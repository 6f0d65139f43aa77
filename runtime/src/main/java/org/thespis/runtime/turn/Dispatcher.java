package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs tasks on the threads of an executor, and never in the thread that brings them: that may be a timer, the thread that
 * writes states, or one that completes an author's future. What the executor cannot take is tried again by the timer. Any
 * thread.
 */
public final class Dispatcher implements Executor {

    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Executor executor;
    private final Executor hand; // null if the thread that brings a task hands it over itself

    /** What the executor could not take. An actor has one task here at the most, and so has each of the few other users. */
    private final Queue<Runnable> again = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean trying = new AtomicBoolean(); // a hand is about to try again

    /** A task that runs once, also if an executor takes it and throws all the same, and is asked again. */
    private static final class Once implements Runnable {

        private Runnable task; // null once it runs; guarded by this

        private Once(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            Runnable mine;
            synchronized (this) {
                mine = task;
                task = null;
            }
            if (mine != null) {
                mine.run();
            }
        }

        private synchronized boolean isTaken() {
            return task == null;
        }
    }

    public Dispatcher(Executor executor) {
        this(executor, null);
    }

    private Dispatcher(Executor executor, Executor hand) {
        this.executor = executor;
        this.hand = hand;
    }

    /**
     * One on whose executor all turns run: none runs in the thread that brings it.
     *
     * @param hand hands tasks over to the executor, and to no other: that may block, or run them there; an executor of a server
     *     may take over from the thread that hands a task over who the user is
     */
    public static Dispatcher ofOne(Executor executor, Executor hand) {
        return new Dispatcher(executor, hand);
    }

    /** Whether turns run on its threads only. */
    public boolean isOfOne() {
        return hand != null;
    }

    @Override
    public void execute(Runnable task) {
        if (hand == null) {
            executeHere(task);
        } else {
            Runnable once = new Once(task);
            byHand(() -> executeHere(once), () -> again.add(once));
        }
    }

    private void executeHere(Runnable task) {
        if (!tryNow(task)) {
            again.add(task);
        }
    }

    private void byHand(Runnable handing, Runnable otherwise) {
        try {
            hand.execute(handing);
        } catch (RuntimeException | Error e) { // it has more to do than it takes
            LOG.log(Level.DEBUG, "a task has to wait", e);
            otherwise.run();
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
        if (hand == null) {
            tryAgainHere();
        } else if (!again.isEmpty() && trying.compareAndSet(false, true)) {
            byHand(this::tryAgainByHand, () -> trying.set(false));
        }
    }

    private void tryAgainByHand() {
        trying.set(false); // first: what comes back meanwhile may be tried by the next tick
        tryAgainHere();
    }

    private void tryAgainHere() {
        again.removeIf(task -> task instanceof Once once && once.isTaken());
        for (Runnable task = again.poll(); task != null; task = again.poll()) {
            if (!tryNow(task)) {
                again.add(task);
                return;
            }
        }
    }
}
