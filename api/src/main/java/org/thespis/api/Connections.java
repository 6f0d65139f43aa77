package org.thespis.api;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A set of an actor's connections, seen at the moment of each call. Use it only inside a turn of that actor. */
public interface Connections extends Iterable<Connection> {

    /** The connection with that id, if it belongs to this set. */
    Optional<Connection> get(String id);

    /** Those of this set that match. */
    Connections only(Predicate<? super Connection> filter);

    /** This set without one connection. */
    default Connections except(Connection connection) {
        return only(c -> !c.id().equals(connection.id()));
    }

    Stream<Connection> stream();

    int size();

    /**
     * Sends an event to those of this set that subscribed to it, in the order of the calls. The arguments are taken as
     * they are now: later changes to them are not seen by the clients.
     *
     * @param arguments values that JSON-B can write; none at all is fine
     */
    void send(String event, Object... arguments);
}
