package org.thespis.runtime.instance;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/**
 * All live actors of one node by their ids: a message names no type, and one look-up must do. When the node stops, no further
 * one comes in: who is on the way from the store then has come too late. Any thread.
 */
public final class LiveActors {

    private final Map<String, ActorInstance> byId = new ConcurrentHashMap<>();
    private boolean closed; // guarded by this

    /** The live instance of an actor, or null. */
    public ActorInstance get(String actorId) {
        return byId.get(actorId);
    }

    public Collection<ActorInstance> all() {
        return byId.values();
    }

    /** Lets no further one in. */
    public synchronized Collection<ActorInstance> close() {
        closed = true;
        return all();
    }

    /** @throws ActorException if the node stops */
    synchronized void add(ActorInstance instance) {
        if (closed) {
            throw new ActorException(ActorError.unavailable());
        }
        byId.put(instance.id(), instance);
    }

    /** False if it is not there any more. */
    boolean remove(ActorInstance instance) {
        return byId.remove(instance.id(), instance);
    }

    /** Puts another instance of the same actor in the place of one that ends; false if the node stops. */
    synchronized boolean replace(ActorInstance instance, ActorInstance successor) {
        return !closed && byId.replace(instance.id(), instance, successor);
    }
}
