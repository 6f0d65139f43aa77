package org.thespis.client;

import java.net.URI;
import org.thespis.api.Actors;
import org.thespis.api.ActorsOfType;

/**
 * The way to the actors of one server from outside of it, by the names and interfaces of {@link Actors}. One for each server
 * is enough. Any thread; no method blocks.
 *
 * <p>Nothing is asked before the first call. A client with which nothing is open holds no thread and no line that is not let
 * go of within a minute; {@link #close} ends all that is open.
 */
public interface ActorClient extends Actors, AutoCloseable {

    /**
     * A client in {@link Encoding#BARE}.
     *
     * @param endpoint such as {@code http://localhost:8080}, with the path at which the gateway is deployed
     * @throws IllegalArgumentException if it is no address of http or https
     */
    static ActorClient connect(String endpoint) {
        return builder(endpoint).build();
    }

    /** See {@link #connect(String)}. */
    static ActorClient connect(URI endpoint) {
        return builder(endpoint).build();
    }

    /** A client of which more is to be said. */
    static ActorClientBuilder builder(String endpoint) {
        return builder(URI.create(endpoint));
    }

    /** See {@link #builder(String)}. */
    static ActorClientBuilder builder(URI endpoint) {
        return new ActorClientBuilder(endpoint);
    }

    @Override
    RemoteActors type(String name);

    /**
     * The actors of a type, through an interface.
     *
     * @throws IllegalArgumentException as {@link #type(Class)}
     */
    <T> ActorsOfType<T> type(String name, Class<T> contract);

    /**
     * The actors behind an interface. The name of their type is what {@link ActorClientBuilder#type} said, or the simple name of
     * the interface with a small first letter. Whether it is deployed is known at the first call.
     *
     * @throws IllegalArgumentException if it is no interface, or a method of it has type variables of its own
     */
    @Override
    <T> ActorsOfType<T> type(Class<T> contract);

    /**
     * The reference behind an object that {@link #type(Class)} gave, or that {@link RemoteActors#create} did.
     *
     * @throws IllegalArgumentException if it is no such object
     */
    @Override
    RemoteActor reference(Object actor);

    /** Ends all connections, fails all calls with {@code client.closed}, and lets its threads go. Further calls do nothing. */
    @Override
    void close();
}
