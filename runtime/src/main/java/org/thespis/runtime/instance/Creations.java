package org.thespis.runtime.instance;

import java.util.ArrayDeque;
import java.util.Queue;
import org.thespis.runtime.turn.Dispatcher;

/**
 * Has new actors entered in the store, a few at a time: a store that hangs must not hold up the threads that turns need. Any
 * thread.
 */
public final class Creations {

    /** Threads that the store may hold up. */
    static final int MAX_STORING = 4;

    /** Creations that wait. Those whose callers have given up meanwhile take no time. */
    static final int MAX_WAITING = 1_000;

    private final Dispatcher dispatcher;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private int storing; // guarded by this

    public Creations(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * Runs something that asks the store, and then what follows, in this thread or later in one for turns.
     *
     * @param asks throws nothing
     * @return false if too many wait; then nothing is run
     */
    boolean run(Runnable asks, Runnable then) {
        synchronized (this) {
            if (storing == MAX_STORING) {
                return waiting.size() < MAX_WAITING && waiting.add(() -> runNow(asks, then));
            }
            storing++;
        }
        runNow(asks, then);
        return true;
    }

    private void runNow(Runnable asks, Runnable then) {
        try {
            asks.run();
        } finally {
            goOn();
        }
        then.run(); // may be the author's, and take long
    }

    private void goOn() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                storing--;
            }
        }
        if (next != null) {
            dispatcher.execute(next);
        }
    }
}
