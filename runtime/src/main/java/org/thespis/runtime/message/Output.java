package org.thespis.runtime.message;

import java.util.List;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;

/** What an actor sends to its clients: data only. Arguments, results and metadata are plain values. */
public sealed interface Output {

    /** Names the actor in an error. */
    record Origin(String actorId, String key) {}

    /** What is for one client alone. */
    sealed interface ToOne extends Output {

        String clientId();
    }

    /** A connection was accepted. */
    record Opened(String clientId, String actorId) implements ToOne {}

    record Reply(String clientId, long requestId, Object result) implements ToOne {}

    /** A call failed, or the connection itself if {@code requestId} is null; then a {@link Closed} follows. */
    record Failed(String clientId, Long requestId, ActorError error, Origin origin) implements ToOne {}

    record Event(List<String> receivers, String name, List<Object> arguments) implements Output {}

    /** The client is to be closed. {@code reason} may be null. */
    record Closed(String clientId, int code, String reason) implements ToOne {}

    /** Something that a turn asks of another actor may leave: what it tells of is durable. */
    record Asked(String clientId) implements ToOne {}

    /** The answer to a low-level HTTP request. */
    record Responded(String clientId, ActorResponse response) implements ToOne {}

    /** An actor has taken a message of a low-level WebSocket in: so many bytes of the client wait no more. */
    record SocketTaken(String clientId, int counted) implements ToOne {}

    /** A message on a low-level WebSocket. */
    record SocketSent(String clientId, ActorWebSocket.Message message) implements ToOne {}
}
