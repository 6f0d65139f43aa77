package org.thespis.runtime.message;

import java.util.List;
import java.util.Map;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorWebSocket;

/**
 * What the gateway wants of an actor: data only, so that it can cross to another node. Parameters and arguments are
 * plain values. Everything about one connection is delivered in order, by one thread at a time.
 */
public sealed interface Command {

    /** The connection, exchange or socket that the answer goes to. */
    String clientId();

    /** Opens a connection. {@code parameters} is {@code Undefined} if the client sent none. */
    record Connect(String clientId, Object parameters, Caller caller) implements Command {}

    /** The client is gone. */
    record Disconnect(String clientId) implements Command {}

    /** A connection or low-level WebSocket is to end, behind all that came before; its client is told why. */
    record End(String clientId, ActorError why) implements Command {}

    /**
     * A call over a connection.
     *
     * @param idempotencyKey as that of a {@link CallOnce}
     */
    record Call(String clientId, long requestId, String action, List<Object> arguments, String idempotencyKey)
            implements Command {

        /** One without a key. */
        public Call(String clientId, long requestId, String action, List<Object> arguments) {
            this(clientId, requestId, action, arguments, null);
        }
    }

    record Subscribe(String clientId, String event, boolean on) implements Command {}

    /**
     * A stateless call: connects, calls, disconnects. The answer carries request id 0.
     *
     * @param idempotencyKey names the call, so that it counts once however often it comes; null for none
     * @param chain the actors that wait for it
     */
    record CallOnce(
            String clientId,
            Object parameters,
            Caller caller,
            String action,
            List<Object> arguments,
            String idempotencyKey,
            CallChain chain)
            implements Command {

        /** One that no actor waits for. */
        public CallOnce(
                String clientId,
                Object parameters,
                Caller caller,
                String action,
                List<Object> arguments,
                String idempotencyKey) {
            this(clientId, parameters, caller, action, arguments, idempotencyKey, CallChain.EMPTY);
        }
    }

    /** A low-level HTTP request. */
    record Request(String clientId, Object parameters, Caller caller, ActorRequest request) implements Command {}

    /** Opens a low-level WebSocket. */
    record OpenSocket(String clientId, Object parameters, Caller caller, String path, Map<String, List<String>> query)
            implements Command {}

    /**
     * A message of a low-level WebSocket.
     *
     * @param counted bytes that count as those of the client until an {@link Output.SocketTaken} or the end of the socket; 0 for
     *     none
     */
    record SocketMessage(String clientId, ActorWebSocket.Message message, int counted) implements Command {

        /** One that nobody counts. */
        public SocketMessage(String clientId, ActorWebSocket.Message message) {
            this(clientId, message, 0);
        }
    }

    /** A low-level WebSocket was closed by its client. */
    record SocketClosed(String clientId, ActorWebSocket.Close close) implements Command {}
}
