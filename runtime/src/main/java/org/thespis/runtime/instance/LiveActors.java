package org.thespis.runtime.instance;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/**
 * All live actors of one node by their ids: a message names no type, and one look-up must do. When the node stops, no further
 * one comes in: who is on the way from the store then has come too late. Any thread.
 */
public final class LiveActors {

    private final Map<String, ActorInstance> byId = new ConcurrentHashMap<>();
    private volatile Predicate<String> admitted = actorId -> true; // any may live on the only node
    private boolean closed; // guarded by this

    /**
     * Says which actors may live here from now on.
     *
     * @param ids asked for each actor that comes; neither blocks nor throws
     */
    public void admit(Predicate<String> ids) {
        admitted = ids;
    }

    /** Whether an actor may live on this node now. */
    public boolean isAdmitted(String actorId) {
        return admitted.test(actorId);
    }

    /** Those among the live ones; of actors that are not admitted any more none follows. */
    public synchronized List<ActorInstance> among(Predicate<String> ids) {
        return byId.values().stream()
                .filter(instance -> ids.test(instance.id()))
                .toList();
    }

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

    /** @throws ActorException if the node stops, or the actor is to live on another one */
    synchronized void add(ActorInstance instance) {
        if (closed) {
            throw new ActorException(ActorError.unavailable());
        }
        if (!isAdmitted(instance.id())) {
            throw new ActorException(ActorError.restarting());
        }
        byId.put(instance.id(), instance);
    }

    /** False if it is not there any more. */
    boolean remove(ActorInstance instance) {
        return byId.remove(instance.id(), instance);
    }

    /** Puts another instance of the same actor in the place of one that ends; false if the node stops or lets the actor go. */
    synchronized boolean replace(ActorInstance instance, ActorInstance successor) {
        return !closed && isAdmitted(instance.id()) && byId.replace(instance.id(), instance, successor);
    }
}
