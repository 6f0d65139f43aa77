package org.thespis.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;

/**
 * Lets the output of one actor's turns out in their order, each when the state that it tells of is durable. States are
 * counted: the output of a turn needs the number of the state that the turn left. Any thread.
 */
final class OutputGate {

    private record Held(long needs, List<Output> outputs, Runnable prepared, Runnable then) {}

    private final EventSink sink;
    private final Deque<Held> held = new ArrayDeque<>(2); // guarded by this
    private long durable; // guarded by this
    private boolean releasing; // guarded by this
    private boolean broken; // guarded by this

    OutputGate(EventSink sink) {
        this.sink = sink;
    }

    /**
     * Takes the output of one turn.
     *
     * @param then is run when the output has left; may be null
     * @return false, and nothing is taken, if the gate was broken
     */
    boolean hold(long needs, List<Output> outputs, Runnable then) {
        if (outputs.isEmpty() && then == null) {
            return !isBroken();
        }
        Runnable prepared = sink.prepare(outputs);
        boolean atOnce;
        synchronized (this) {
            if (broken) {
                return false;
            }
            atOnce = !releasing && held.isEmpty() && needs <= durable;
            if (atOnce) {
                releasing = true;
            } else {
                held.add(new Held(needs, outputs, prepared, then));
            }
        }
        if (atOnce) {
            letOut(prepared, then);
        }
        release();
        return true;
    }

    private synchronized boolean isBroken() {
        return broken;
    }

    /** States up to this number are durable. */
    void durable(long number) {
        synchronized (this) {
            durable = number;
        }
        release();
    }

    private void release() {
        for (Held next = next(); next != null; next = next()) {
            letOut(next.prepared, next.then);
        }
    }

    /** What may leave now; null if nothing may, or another thread is at it and will look again. */
    private synchronized Held next() {
        Held next = held.peek();
        if (releasing || next == null || next.needs > durable) {
            return null;
        }
        releasing = true;
        return held.poll();
    }

    private void letOut(Runnable prepared, Runnable then) {
        try {
            prepared.run();
        } finally {
            synchronized (this) {
                releasing = false;
            }
        }
        if (then != null) {
            then.run();
        }
    }

    /** How many turns wait for their state. */
    synchronized int waiting() {
        return held.size();
    }

    /** Takes back what is still held; nothing goes through any more. */
    synchronized List<Output> breakDown() {
        broken = true;
        List<Output> all = new ArrayList<>();
        held.forEach(turn -> all.addAll(turn.outputs));
        held.clear();
        return all;
    }
}
