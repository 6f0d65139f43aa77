package org.thespis.api;

/**
 * The way to actors from inside the server: injected into any bean of the EAR, a servlet, a JAX-RS resource, an EJB, another
 * actor.
 *
 * <p>Calls go the way of a client's call: the same hooks, turns, time limits and bounds. Arguments and results are copied by
 * value as they are when the call is made; they are never shared with the actor. A turn of the actor never runs in the thread
 * of the caller, and so not in its transaction. The caller's principal goes along; inside a turn it is that of the connection
 * on whose behalf the turn runs. What is called before the actors have started, or after they have stopped, fails with
 * {@code guard.service_unavailable}.
 *
 * <p>Any thread. Subscriptions end with the bean that this was injected into.
 */
public interface Actors {

    /**
     * The actors of a type by its name, the one that clients use. Whether it is deployed is known at the first call, which
     * fails with {@code actor.type_not_found} if not.
     */
    ActorsOfType<ActorReference> type(String name);

    /**
     * The actors of the type whose class implements an interface, or else of the only one whose actions match all of its
     * methods; see {@link ActorsOfType}. Who injects {@code ActorsOfType<Contract>} has this checked when the application is
     * deployed.
     *
     * @throws IllegalArgumentException if there is no such type, or more than one; its message is the one that refuses the
     *     deployment
     */
    <T> ActorsOfType<T> type(Class<T> contract);

    /**
     * The untyped reference behind an object that {@link #type(Class)} gave.
     *
     * @throws IllegalArgumentException if it is no such object
     */
    ActorReference reference(Object typed);
}
