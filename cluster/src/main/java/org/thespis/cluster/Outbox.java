package org.thespis.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.thespis.cluster.wire.Frames;

/**
 * What is to be sent to one node, in order, by a thread of its own: a node that does not read blocks nobody else. If too much
 * waits for it, all is given up but what the nodes say of themselves. Any thread.
 */
final class Outbox {

    /** How much of the room each kind may take. */
    enum Kind {
        /** Of the nodes themselves: little, and never lost. */
        CONTROL,
        /** May be refused: half of the room. */
        COMMAND,
        /** What must come, or the line is given up. */
        OUTPUT
    }

    private static final Logger LOG = System.getLogger(Outbox.class.getName());

    /** What a message takes besides its bytes, nearly. */
    private static final int OVERHEAD = 64;

    /** Bytes of messages that are sent together, if one is not longer. Each frame costs both sides a call of the system, and more. */
    static final int MAX_FRAME = 32_768;

    /** Between two tries of a line that breaks each time. */
    static final long RETRY_MILLIS = 200;

    private record Waiting(Kind kind, byte[] message) {

        long size() {
            return message.length + (long) OVERHEAD;
        }
    }

    private final String node;
    private final Links links;
    private final long maxBytes;
    private final byte[] reset;
    private final Runnable givenUp;
    private final Deque<Waiting> waiting = new ArrayDeque<>(); // guarded by this
    private final Thread thread;
    private long bytes; // guarded by this
    private boolean closed; // guarded by this

    /**
     * @param reset what the node is told after its line was given up, before anything else
     * @param givenUp called then, in the thread that brought too much; does not block
     */
    Outbox(String node, Links links, long maxBytes, ThreadFactory threads, byte[] reset, Runnable givenUp) {
        this.node = node;
        this.links = links;
        this.maxBytes = maxBytes;
        this.reset = reset;
        this.givenUp = givenUp;
        this.thread = threads.newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** False if there is no room: nothing was sent then, and if it was no command, the line was given up. */
    boolean send(Kind kind, byte[] message) {
        Waiting one = new Waiting(kind, message);
        synchronized (this) {
            if (closed) {
                return false;
            }
            long room = kind == Kind.COMMAND ? maxBytes / 2 : maxBytes;
            if (kind == Kind.CONTROL || bytes + one.size() <= room) {
                waiting.add(one);
                bytes += one.size();
                notifyAll();
                return true;
            }
            if (kind == Kind.COMMAND) {
                return false;
            }
            giveUp();
        }
        LOG.log(
                Level.WARNING,
                "more than {0} bytes wait for node {1}: what was open with it is given up",
                maxBytes,
                node);
        givenUp.run();
        return false;
    }

    private void giveUp() {
        waiting.removeIf(one -> one.kind != Kind.CONTROL);
        waiting.addFirst(new Waiting(Kind.CONTROL, reset));
        bytes = waiting.stream().mapToLong(Waiting::size).sum();
    }

    /** What still waits is lost. */
    void close() {
        synchronized (this) {
            closed = true;
            waiting.clear();
        }
        thread.interrupt();
    }

    private void run() {
        try {
            for (List<byte[]> next = next(); !next.isEmpty(); next = next()) {
                send(Frames.join(next));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void send(byte[] frame) throws InterruptedException {
        try {
            links.send(node, frame);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "the line to node " + node + " broke: what was open with it is given up", e);
            synchronized (this) {
                giveUp();
            }
            givenUp.run();
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    /** What waits, as much as goes together; nothing if it was closed. */
    private synchronized List<byte[]> next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        List<byte[]> messages = new ArrayList<>();
        long taken = 0;
        for (Waiting next = waiting.peek();
                next != null && (messages.isEmpty() || taken + next.size() <= MAX_FRAME);
                next = waiting.peek()) {
            messages.add(waiting.remove().message);
            taken += next.size();
        }
        bytes -= taken;
        return messages;
    }
}
