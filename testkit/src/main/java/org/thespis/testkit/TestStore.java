package org.thespis.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;

/** The store of the actors under test, which can be put out of order. Any thread. */
public final class TestStore {

    private enum Mode {
        FINE,
        FAILING,
        HANGING
    }

    /** How much faster the patience of the runtime passes while the store is out of order: nobody has to wait for it. */
    private static final int HASTE = 20;

    /** Actors of a store that was given whose next plans are looked for. */
    private static final int MAX_FOUND = 10_000;

    private final StateStore store;
    private final Map<String, Long> wakeTimes = new ConcurrentHashMap<>(); // of those that are to be woken
    private Mode mode = Mode.FINE; // guarded by this
    private long passed; // of the time that who waits for the store goes by, at the last change; guarded by this
    private long changed = System.nanoTime(); // guarded by this

    TestStore(StateStore store) {
        this.store = store;
        for (String id : store.due(Long.MAX_VALUE - 1, MAX_FOUND)) {
            wakeTimes.put(id, wakeTime(id));
        }
    }

    /** When an actor is to be woken, of which nobody says it: the first time at which it is due. */
    private long wakeTime(String id) {
        long before = -1;
        long at = Long.MAX_VALUE - 1;
        while (at - before > 1) {
            long middle = before + (at - before) / 2;
            if (store.due(middle, MAX_FOUND).contains(id)) {
                at = middle;
            } else {
                before = middle;
            }
        }
        return at;
    }

    StateStore store() {
        return store;
    }

    /**
     * From now on nothing reaches the store, as if its database were gone: what is asked of it fails, and changes nothing. About
     * half a second later who changed a state is told {@code guard.service_unavailable}, the connections of that actor are
     * closed with it, and the actor is as it was saved last.
     */
    public void fail() {
        change(Mode.FAILING);
    }

    /**
     * From now on the store does not answer, until {@link #heal}. About half a second later who changed a state is told {@code
     * actor.outcome_unknown}, and the connections of that actor are closed with {@code guard.service_unavailable}.
     */
    public void hang() {
        change(Mode.HANGING);
    }

    /** The store is in order again; what hung goes on. */
    public void heal() {
        change(Mode.FINE);
    }

    private synchronized void change(Mode next) {
        passed = nanoTime();
        changed = System.nanoTime();
        mode = next;
        notifyAll();
    }

    synchronized boolean isFine() {
        return mode == Mode.FINE;
    }

    /** Of who waits for the store. */
    synchronized long nanoTime() {
        return passed + (System.nanoTime() - changed) * (mode == Mode.FINE ? 1 : HASTE);
    }

    /**
     * Somebody is about to ask the store.
     *
     * @param gone whether nobody is there any more who asks; {@link #wake} follows when it becomes true
     */
    synchronized void enter(BooleanSupplier gone) {
        while (mode == Mode.HANGING && !gone.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreException("interrupted", e);
            }
        }
        if (mode == Mode.FAILING) {
            throw new StoreException("the test has the store fail", null);
        }
    }

    synchronized void wake() {
        notifyAll();
    }

    /** Notes when an actor is to be woken. */
    void wakes(String id, long millis) {
        if (millis == Long.MAX_VALUE) {
            wakeTimes.remove(id);
        } else {
            wakeTimes.put(id, millis);
        }
    }

    /**
     * The next time, behind a moment, at which an actor is to be woken, or that far before it; {@code Long.MAX_VALUE} if there
     * is none.
     */
    long nextWake(long millis, long lead) {
        long next = Long.MAX_VALUE;
        for (long at : wakeTimes.values()) {
            long wanted = at - lead > millis ? at - lead : at;
            if (wanted > millis) {
                next = Math.min(next, wanted);
            }
        }
        return next;
    }
}
