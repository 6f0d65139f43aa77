package org.thespis.runtime.message;

/**
 * What a deployed actor type takes, and of whom. What it asks is asked before an actor is looked for: who may not use a type is
 * not told which of its actors there are. Each {@code require} throws an {@link ActorException} with {@code auth.unauthorized}
 * or {@code auth.forbidden}. Any thread.
 */
public interface ActorType {

    boolean hasAction(String name);

    /** Whether it takes low-level HTTP requests. */
    boolean takesRequests();

    /** Whether it takes low-level WebSockets. */
    boolean takesSockets();

    void requireConnection(Caller caller);

    /** @param action also one that it does not have: then its class decides */
    void requireCall(Caller caller, String action);

    void requireRequest(Caller caller);

    void requireSocket(Caller caller);

    void requireCreation(Caller caller);

    /** The same of who comes from outside of the application. */
    void requireCreationByClient(Caller caller);

    /** Whether the caller may use something of it, whatever it is. */
    boolean isFor(Caller caller);
}
