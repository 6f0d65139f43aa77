package org.thespis.testkit;

import java.lang.reflect.Type;
import java.util.concurrent.CompletableFuture;

/** What a connection of a test goes over. Methods return when it is done, or the actor's turn blocks. Any thread. */
interface Link {

    /** @throws org.thespis.api.ActorCallException if the actor does not let it in */
    void open();

    /** @throws org.thespis.api.ActorCallException if the actor refuses it */
    void subscribe(String event);

    /**
     * Calls an action.
     *
     * @return completes with the result as that type, or with an {@link org.thespis.api.ActorCallException}
     */
    CompletableFuture<Object> call(Type result, String action, Object... arguments);

    void leave();

    /** Returns when what was caused by now has arrived. */
    void settle();

    /** What the actors are at, as the end of a message; empty if nobody knows. */
    String report();
}
