package org.thespis.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs the turns of one actor one at a time, in the order given. An idle mailbox runs a turn at once on the thread that
 * brought it; what comes meanwhile is run by the executor. Any thread.
 */
final class Mailbox {

    private static final Logger LOG = System.getLogger(Mailbox.class.getName());

    /** Turns that one task of the executor runs before it makes room for other actors. */
    private static final int TURNS_PER_TASK = 64;

    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>(4); // guarded by this
    private boolean busy; // guarded by this
    private boolean closed; // guarded by this

    /** What became of a turn that was offered. */
    enum Offer {
        ACCEPTED,
        FULL,
        /** The mailbox takes no more turns. */
        CLOSED
    }

    Mailbox(Executor executor) {
        this.executor = executor;
    }

    /** One in which all turns wait until {@link #begin}. */
    static Mailbox reserved(Executor executor) {
        Mailbox mailbox = new Mailbox(executor);
        mailbox.busy = true;
        return mailbox;
    }

    /** Runs the first turn of a reserved mailbox, then what waits. */
    void begin(Runnable first) {
        run(first);
        continueElsewhere();
    }

    /** Runs or queues a turn that must not be lost; false if the mailbox is closed. */
    boolean submit(Runnable turn) {
        return offer(turn, Integer.MAX_VALUE) == Offer.ACCEPTED;
    }

    /** Runs or queues a turn unless {@code limit} turns wait already. */
    Offer offer(Runnable turn, int limit) {
        synchronized (this) {
            if (closed) {
                return Offer.CLOSED;
            }
            if (busy) {
                return waiting.size() < limit && waiting.add(turn) ? Offer.ACCEPTED : Offer.FULL;
            }
            busy = true;
        }
        run(turn);
        continueElsewhere();
        return Offer.ACCEPTED;
    }

    /** Takes no more turns if none waits. */
    synchronized boolean closeIfIdle() {
        closed |= waiting.isEmpty();
        return closed;
    }

    private void continueElsewhere() {
        synchronized (this) {
            if (waiting.isEmpty()) {
                busy = false;
                return;
            }
        }
        try {
            executor.execute(this::drain);
        } catch (RuntimeException e) { // all threads are busy, or this one may start none, as seen on Payara
            LOG.log(Level.DEBUG, "turns go on in this thread", e);
            drainHere();
        }
    }

    private void drain() {
        for (int i = 0; i < TURNS_PER_TASK; i++) {
            if (!runNext()) {
                return;
            }
        }
        continueElsewhere();
    }

    private void drainHere() {
        while (runNext()) {
            // until none waits
        }
    }

    private boolean runNext() {
        Runnable turn;
        synchronized (this) {
            turn = waiting.poll();
            if (turn == null) {
                busy = false;
                return false;
            }
        }
        run(turn);
        return true;
    }

    private static void run(Runnable turn) {
        try {
            turn.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a turn broke", e);
        }
    }
}
