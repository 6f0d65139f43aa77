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

    /**
     * Opens a connection.
     *
     * @param parameters {@code Undefined} if the client sent none
     * @param request by which the client came; null for a client inside the server
     */
    record Connect(String clientId, Object parameters, Caller caller, PackedRequest request) implements Command {

        /** One of a client inside the server. */
        public Connect(String clientId, Object parameters, Caller caller) {
            this(clientId, parameters, caller, null);
        }
    }

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

    /** Who stands behind a connection is known anew, with what that user may now. */
    record Renew(String clientId, Caller caller) implements Command {}

    /**
     * A stateless call: connects, calls, disconnects. The answer carries request id 0.
     *
     * @param idempotencyKey names the call, so that it counts once however often it comes; null for none
     * @param chain the actors that wait for it
     * @param request as that of a {@link Connect}
     */
    record CallOnce(
            String clientId,
            Object parameters,
            Caller caller,
            String action,
            List<Object> arguments,
            String idempotencyKey,
            CallChain chain,
            PackedRequest request)
            implements Command {

        /** One from inside the server, that no actor waits for. */
        public CallOnce(
                String clientId,
                Object parameters,
                Caller caller,
                String action,
                List<Object> arguments,
                String idempotencyKey) {
            this(clientId, parameters, caller, action, arguments, idempotencyKey, CallChain.EMPTY, null);
        }
    }

    /**
     * A low-level HTTP request.
     *
     * @param head as the request of a {@link Connect}
     */
    record Request(String clientId, Object parameters, Caller caller, ActorRequest request, PackedRequest head)
            implements Command {

        /** One of which no more is known. */
        public Request(String clientId, Object parameters, Caller caller, ActorRequest request) {
            this(clientId, parameters, caller, request, null);
        }
    }

    /**
     * Opens a low-level WebSocket.
     *
     * @param request as that of a {@link Connect}
     */
    record OpenSocket(
            String clientId,
            Object parameters,
            Caller caller,
            String path,
            Map<String, List<String>> query,
            PackedRequest request)
            implements Command {

        /** One of which no more is known. */
        public OpenSocket(
                String clientId, Object parameters, Caller caller, String path, Map<String, List<String>> query) {
            this(clientId, parameters, caller, path, query, null);
        }
    }

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
