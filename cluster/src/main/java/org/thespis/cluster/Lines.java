package org.thespis.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.thespis.cluster.Outbox.Kind;
import org.thespis.cluster.wire.Message;
import org.thespis.cluster.wire.MessageCodec;

/** The outboxes of all other nodes. Any thread. */
final class Lines {

    private final Links links;
    private final long maxBytes;
    private final ThreadFactory threads;
    private final Consumer<String> givenUp;
    private final Map<String, Outbox> outboxes = new ConcurrentHashMap<>();

    /** @param givenUp told of a node that did not read for so long that its line was given up; does not block */
    Lines(Links links, long maxBytes, ThreadFactory threads, Consumer<String> givenUp) {
        this.links = links;
        this.maxBytes = maxBytes;
        this.threads = threads;
        this.givenUp = givenUp;
    }

    void open(String node) {
        byte[] reset = MessageCodec.write(new Message.Reset());
        Outbox outbox = new Outbox(node, links, maxBytes, threads, reset, () -> givenUp.accept(node));
        outboxes.put(node, outbox);
        outbox.start();
    }

    void close(String node) {
        Outbox outbox = outboxes.remove(node);
        if (outbox != null) {
            outbox.close();
        }
    }

    void closeAll() {
        Set.copyOf(outboxes.keySet()).forEach(this::close);
    }

    /** False if nothing was sent: no such node is in the view, or there is no room. */
    boolean send(String node, Kind kind, byte[] message) {
        Outbox outbox = outboxes.get(node);
        return outbox != null && outbox.send(kind, message);
    }

    void sendToAll(Message message) {
        byte[] bytes = MessageCodec.write(message);
        outboxes.values().forEach(outbox -> outbox.send(Kind.CONTROL, bytes));
    }
}
