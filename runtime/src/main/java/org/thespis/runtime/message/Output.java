package org.thespis.runtime.message;

import java.util.List;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;

/** What an actor sends to its clients: data only. Arguments, results and metadata are plain values. */
public sealed interface Output {

    /** Names the actor in an error. */
    record Origin(String actorId, String key) {}

    /** A connection was accepted. */
    record Opened(String clientId, String actorId) implements Output {}

    record Reply(String clientId, long requestId, Object result) implements Output {}

    /** A call failed, or the connection itself if {@code requestId} is null; then a {@link Closed} follows. */
    record Failed(String clientId, Long requestId, ActorError error, Origin origin) implements Output {}

    record Event(List<String> receivers, String name, List<Object> arguments) implements Output {}

    /** The client is to be closed. {@code reason} may be null. */
    record Closed(String clientId, int code, String reason) implements Output {}

    /** The answer to a low-level HTTP request. */
    record Responded(String clientId, ActorResponse response) implements Output {}

    /** A message on a low-level WebSocket. */
    record SocketSent(String clientId, ActorWebSocket.Message message) implements Output {}
}
