package org.thespis.api;

import java.security.Principal;
import java.util.Optional;
import java.util.function.Consumer;

/** A low-level WebSocket of an actor. Its listeners run as turns of the actor; use it only inside its turns. */
public interface ActorWebSocket {

    /** A message as it came. */
    sealed interface Message {
        record Text(String text) implements Message {}

        record Binary(byte[] bytes) implements Message {}
    }

    /** How a socket ended, see RFC 6455, section 7.4; 1006 if the line was cut. */
    record Close(int code, String reason) {}

    /**
     * A socket ended against the will of both sides.
     *
     * @param code the close code of RFC 6455, section 7.4: 1006 if the line was cut, 1011 if the runtime gave the client
     *     up, another of 1002 to 1010 if a side broke the protocol
     * @param reason {@code group.code} if the runtime gave the client up, such as {@code message.incoming_too_long}
     */
    record Failure(int code, String reason) {}

    String id();

    /** The path behind {@code /websocket}, decoded, with a leading slash. */
    String path();

    /** The first value of a query parameter. */
    Optional<String> query(String name);

    /** The handshake by which the client came. Any thread. */
    Optional<ConnectionRequest> request();

    /** The authenticated user, if the application server knows one. */
    Optional<Principal> principal();

    /**
     * Whether the user has a role, or, for {@code "**"}, whether there is one. Only of roles that an actor of the application
     * names in {@code @RolesAllowed} or {@code @DeclareRoles} is it known; false of others. Any thread.
     */
    boolean isUserInRole(String role);

    void send(String text);

    /** Sends a binary message; the array must not be changed afterwards. */
    void send(byte[] bytes);

    /** Closes the socket, see RFC 6455, section 7.4: 1000 or 3000 to 4999, and a reason of at most 123 bytes. */
    void close(int code, String reason);

    void onMessage(Consumer<Message> listener);

    void onClose(Consumer<Close> listener);

    /** The listener is called before those of {@link #onClose}. */
    void onError(Consumer<Failure> listener);
}
