package org.thespis.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What an event loop is to write of what it has read at a time. WildFly writes a frame at once if a loop sends it, each with a call
 * of the system, and those that come from another thread together. So the answers of several messages are sent by another one.
 */
final class LoopWrites {

    /** Messages, or clients that hear of them, from which on the way to another thread and back is shorter than a call of the system for each. */
    static final int MANY = 3;

    private static final class Batch {
        private final List<Runnable> writes = new ArrayList<>(2);
        private int messages;
    }

    /** Null between batches: the thread outlives this application. */
    private final ThreadLocal<Batch> batch = new ThreadLocal<>();

    /**
     * Handles a message.
     *
     * @param handling told where to add what is to be written
     */
    boolean run(FanOut fanOut, Predicate<List<Runnable>> handling) {
        Batch mine = batch.get();
        boolean begins = mine == null;
        if (begins) {
            mine = new Batch();
            batch.set(mine);
        }
        mine.messages++;
        try {
            return handling.test(mine.writes);
        } finally {
            if (begins && !EventLoop.later(() -> write(fanOut))) {
                write(fanOut);
            }
        }
    }

    private void write(FanOut fanOut) {
        Batch ended = batch.get();
        batch.set(null);
        if (ended.messages < MANY && ended.writes.size() < MANY) { // one message may tell many clients
            fanOut.run(ended.writes);
        } else {
            fanOut.runElsewhere(ended.writes);
        }
    }
}
