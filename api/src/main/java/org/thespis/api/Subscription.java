package org.thespis.api;

import java.util.concurrent.CompletionStage;

/**
 * Listens to an event until it is closed. When its actor is restarted, or cannot be read while the store is out of reach, it
 * comes back by itself, within 30 seconds; what was sent meanwhile is not heard. Any thread.
 */
public interface Subscription extends AutoCloseable {

    /**
     * Completes when the actor has let it in: what is asked of the actor from then on finds it subscribed. Fails with an
     * {@link ActorCallException} if the actor refuses the connection.
     */
    CompletionStage<Void> opened();

    /**
     * Completes when no further event comes: normally if it was closed by {@link #close}, by the actor, or with the actor;
     * else with an {@link ActorCallException}, such as {@code auth.forbidden} or {@code connection.too_slow}.
     */
    CompletionStage<Void> ended();

    /** Ends it. Events that wait are not heard any more; a listener that runs is not waited for. Further calls do nothing. */
    @Override
    void close();
}
