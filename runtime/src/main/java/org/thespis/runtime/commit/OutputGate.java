package org.thespis.runtime.commit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Throwables;

/**
 * Lets the output of one actor's turns out in their order, each when the state that it tells of is durable. States are
 * counted: the output of a turn needs the number of the state that the turn left. Any thread.
 */
public final class OutputGate {

    private static final Logger LOG = System.getLogger(OutputGate.class.getName());

    /**
     * The output of a turn that did not leave.
     *
     * @param continuing whether what it answers began in an earlier turn, and may have counted
     */
    public record Untold(List<Output> outputs, boolean continuing) {}

    /** The output of one turn. */
    private static final class Held {

        private final long needs;
        private final Untold untold;
        private final Runnable prepared;
        private final List<Runnable> then;
        private Held next;

        private Held(long needs, Untold untold, Runnable prepared, List<Runnable> then) {
            this.needs = needs;
            this.untold = untold;
            this.prepared = prepared;
            this.then = then;
        }
    }

    private static final long NONE = -1;

    private final EventSink sink;
    private Held first; // guarded by this
    private Held last; // guarded by this
    private int waiting; // guarded by this
    private long durable; // guarded by this
    private boolean releasing; // guarded by this
    private boolean broken; // guarded by this

    public OutputGate(EventSink sink) {
        this.sink = sink;
    }

    /**
     * Takes the output of one turn. Called by the turn's thread.
     *
     * @param then run when the output has left, maybe by the thread that writes states; they only hand something over
     * @return false, and nothing is taken, if the gate was broken
     */
    public boolean hold(long needs, Untold turn, List<Runnable> then) {
        List<Output> outputs = turn.outputs();
        if (outputs.isEmpty() && then.isEmpty()) {
            return !isBroken();
        }
        Runnable prepared = sink.prepare(outputs);
        boolean atOnce;
        synchronized (this) {
            if (broken) {
                return false;
            }
            atOnce = first == null && !releasing && needs <= durable;
            releasing |= atOnce;
        }
        if (atOnce) {
            letOut(prepared, then);
            release();
            return true;
        }
        return queue(new Held(needs, turn, prepared, then));
    }

    private boolean queue(Held held) {
        synchronized (this) {
            if (broken) {
                return false;
            }
            if (last == null) {
                first = held;
            } else {
                last.next = held;
            }
            last = held;
            waiting++;
        }
        release();
        return true;
    }

    private synchronized boolean isBroken() {
        return broken;
    }

    /** Holds all until a state is durable: the first one is not yet. */
    public synchronized void close() {
        durable = NONE;
    }

    /** States up to this number are durable. */
    public void durable(long number) {
        synchronized (this) {
            durable = Math.max(durable, number);
        }
        release();
    }

    private void release() {
        for (Held next = next(); next != null; next = next()) {
            letOut(next.prepared, next.then);
        }
    }

    private void letOut(Runnable prepared, List<Runnable> then) {
        try {
            prepared.run();
        } catch (Throwable e) { // who cannot be told keeps neither the others nor an ending
            Throwables.log(LOG, Level.ERROR, "output could not be delivered", e);
        }
        try {
            then.forEach(Runnable::run);
        } finally {
            synchronized (this) {
                releasing = false;
            }
        }
    }

    /** What may leave now; null if nothing may, or another thread is at it and will look again. */
    private synchronized Held next() {
        Held next = first;
        if (releasing || next == null || next.needs > durable) {
            return null;
        }
        releasing = true;
        first = next.next;
        last = first == null ? null : last;
        waiting--;
        return next;
    }

    /** How many turns wait for their state. */
    public synchronized int waiting() {
        return waiting;
    }

    /** Takes back what is still held; nothing goes through any more. */
    public synchronized List<Untold> breakDown() {
        broken = true;
        return takeBack();
    }

    /** Takes back what is still held; what was to come afterwards does not come. */
    public synchronized List<Untold> takeBack() {
        List<Untold> all = new ArrayList<>();
        for (Held held = first; held != null; held = held.next) {
            all.add(held.untold);
        }
        first = null;
        last = null;
        waiting = 0;
        return all;
    }
}
