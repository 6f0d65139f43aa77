package org.thespis.client;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;

/**
 * A connection to one actor: calls go over one line, in order, and events come back. When the line is lost it comes back by
 * itself, with its subscriptions; calls that had not left wait for it, those that had fail with {@code
 * client.connection_lost}, or are asked for again if they {@linkplain ActorClientBuilder#callsCountOnce count once}. It ends when it is closed, or when the actor refuses it. Any thread; no method blocks, those of
 * {@link #blocking()} apart.
 *
 * <p>What the application learns of one connection (events, answers, changes of its status) it learns in the order in which
 * it came, in threads for callbacks, one after the other. A listener may block, but holds up what comes behind; it cannot wait
 * for a call of this connection. When more events wait for it than {@link ClientBounds} allows, its subscription ends with
 * {@code connection.too_slow}. What a listener throws is logged.
 */
public interface ActorConnection extends ActorReference, AutoCloseable {

    /** Listens to an event over this connection; else as {@link ActorReference#on(String, Consumer)}. */
    @Override
    Subscription on(String event, Consumer<? super List<Object>> listener);

    /** The same with the first argument of each event, bound by JSON-B. */
    @Override
    <T> Subscription on(String event, Class<T> payload, Consumer<? super T> listener);

    /** Listens to the next event of that name only. */
    Subscription once(String event, Consumer<? super List<Object>> listener);

    /** The same with the first argument of the event, bound by JSON-B. */
    <T> Subscription once(String event, Class<T> payload, Consumer<? super T> listener);

    /** Tells a listener each time that the actor has let the connection in. */
    Registration onOpen(Runnable listener);

    /** Tells a listener each time that a connection which was open is lost or closed. */
    Registration onClose(Runnable listener);

    /** Tells a listener what a try to open it failed with, what the server said when it closed it, and why it has ended. */
    Registration onError(Consumer<? super ActorCallException> listener);

    /** Tells a listener each change of the status. */
    Registration onStatus(Consumer<? super ConnectionStatus> listener);

    ConnectionStatus status();

    /** The id of the actor, once it has let the connection in. */
    Optional<String> actorId();

    /** The id of the connection, another each time that it is opened; empty while it is not. */
    Optional<String> connectionId();

    /** Completes when the actor has let it in for the first time; fails with why it has ended before. */
    CompletionStage<Void> opened();

    /** Completes when it has ended: normally if it was closed by {@link #close}, else with an {@link ActorCallException}. */
    CompletionStage<Void> ended();

    /**
     * The actor behind an interface, called over this connection; see {@link org.thespis.api.ActorsOfType}.
     *
     * @throws IllegalArgumentException as {@link ActorClient#type(Class)}
     */
    <T> T as(Class<T> contract);

    /** Ends it for good. What waits for an answer fails with {@code client.closed}. Further calls do nothing. */
    @Override
    void close();
}
