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
    private final Executor hand; // null if the thread that brings a task hands it over itself

    /** What the executor could not take. An actor has one task here at the most, and so has each of the few other users. */
    private final Queue<Runnable> again = new ConcurrentLinkedQueue<>();

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
     * @param hand hands tasks over to the executor, and takes no time; an executor of a server may take over from the thread
     *     that hands a task over who the user is
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
            byHand(() -> executeHere(task), () -> again.add(task));
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
        } else if (!again.isEmpty()) {
            byHand(this::tryAgainHere, () -> {});
        }
    }

    private void tryAgainHere() {
        for (Runnable task = again.poll(); task != null; task = again.poll()) {
            if (!tryNow(task)) {
                again.add(task);
                return;
            }
        }
    }
}
