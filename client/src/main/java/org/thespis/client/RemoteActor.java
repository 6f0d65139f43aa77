package org.thespis.client;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.thespis.api.ActorReference;

/**
 * An actor as a client calls it: each call stands for itself, over HTTP. Any thread; no method blocks, those of {@link
 * #blocking()} apart.
 *
 * <p>All failures are {@link org.thespis.api.ActorCallException}s: what the server said, or group {@code client} for what the
 * client itself found. A call that was surely not run is tried again for the time {@link ClientTimes#retry}. Stages complete
 * in threads for callbacks.
 *
 * <p>{@link #on} listens over a connection of its own; who listens to more, or calls and listens, takes {@link #connect()}.
 * {@link #destroy()} is for servers that have opened their management. Of an actor by its id nobody looks whether it is of
 * the type that was named.
 */
public interface RemoteActor extends ActorReference {

    @Override
    RemoteActor withParameters(Object parameters);

    /**
     * This actor, with parameters that are asked for anew for each call and each time that a connection is opened.
     *
     * @param parameters called in a thread for callbacks, may block for {@link ClientTimes#supply}; JSON-B must be able to
     *     write what it gives
     */
    RemoteActor withParameters(Supplier<?> parameters);

    /** Opens a connection, with the parameters of this reference. */
    ActorConnection connect();

    /** Opens a connection with parameters of its own. */
    default ActorConnection connect(Object parameters) {
        return withParameters(parameters).connect();
    }

    /** The same with parameters that are asked for each time that it is opened; see {@link #withParameters(Supplier)}. */
    default ActorConnection connect(Supplier<?> parameters) {
        return withParameters(parameters).connect();
    }

    /** The actor's id; one that is found by its key, or created if this reference may. */
    CompletionStage<String> id();
}
