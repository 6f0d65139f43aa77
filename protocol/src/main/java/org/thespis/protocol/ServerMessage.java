package org.thespis.protocol;

import java.util.List;

/** What the server sends on a connection. Arguments, outputs and metadata are plain values. */
public sealed interface ServerMessage {

    /** The first message of a connection that was accepted. */
    record Init(String actorId, String connectionId) implements ServerMessage {}

    /**
     * An action or the connection itself failed.
     *
     * @param actionId the id of the request, or null if the connection failed
     */
    record Failure(ErrorDetail error, Long actionId) implements ServerMessage {}

    record ActionResponse(long id, Object output) implements ServerMessage {}

    /**
     * How long the client is known by its token from now on: behind the first message, and as the answer to a
     * {@link ClientMessage.Token}. Only to clients that said that they know it.
     */
    record TokenEnds(long inMillis) implements ServerMessage {}

    record Event(String name, List<Object> arguments) implements ServerMessage {}
}
