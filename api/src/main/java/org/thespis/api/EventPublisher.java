package org.thespis.api;

/**
 * A typed event of one actor, injected as {@code @Inject @EventName("moved") EventPublisher<Moved> moved}. Use it only
 * inside a turn of that actor.
 *
 * @param <T> the type of the event's only argument
 */
public interface EventPublisher<T> {

    /** Sends the event to all connections that subscribed to it. */
    void send(T payload);

    /** Sends the event to those of the given connections that subscribed to it. */
    void sendTo(Connections receivers, T payload);
}
