package org.thespis.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.thespis.api.ActorCallException;
import org.thespis.api.Subscription;
import org.thespis.protocol.contract.GuardedStage;

/** One listener to one event of a connection. Any thread. */
final class EventSubscription implements Subscription {

    private static final Logger LOG = System.getLogger(EventSubscription.class.getName());

    private final LiveConnection connection;
    private final String event;
    private final boolean once;
    private final Consumer<List<Object>> listener;
    private final GuardedStage<Void> opened;
    private final GuardedStage<Void> ended;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param listener called in the lane of the connection; may throw anything */
    EventSubscription(LiveConnection connection, String event, boolean once, Consumer<List<Object>> listener) {
        this.connection = connection;
        this.event = event;
        this.once = once;
        this.listener = listener;
        this.opened = connection.stage();
        this.ended = connection.stage();
    }

    String event() {
        return event;
    }

    boolean isOver() {
        return over.get();
    }

    /** Takes in an event that is to wait; false if too many do. */
    boolean admit(int max) {
        return waiting.incrementAndGet() <= max;
    }

    /** Tells the listener an event; in the lane. */
    void hear(List<Object> arguments) {
        waiting.decrementAndGet();
        if (over.get()) {
            return;
        }
        if (once) {
            close();
        }
        try {
            listener.accept(arguments);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "a listener to " + event + " of " + connection + " failed", e);
        }
    }

    /** The actor has let it in; in the lane. */
    void letIn() {
        opened.complete(null);
    }

    /** Ends it, if it has not; false if it has. The stages are told by {@link #tellEnd}. */
    boolean end() {
        return over.compareAndSet(false, true);
    }

    /** @param why null for a normal end; in the lane */
    void tellEnd(ActorCallException why) {
        opened.completeExceptionally(why == null ? ClientErrors.closed() : why); // of no effect if it was let in
        if (why == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(why);
        }
    }

    @Override
    public CompletionStage<Void> opened() {
        return opened;
    }

    @Override
    public CompletionStage<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        connection.end(this, null);
    }
}
