package org.thespis.api;

import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/**
 * A client's connection to an actor, or the short-lived one of a stateless call. Use it only inside a turn of that
 * actor; members marked "any thread" may be called at any time.
 */
public interface Connection {

    /** The id of this connection, unique over all actors. Any thread. */
    String id();

    /** The authenticated user, if the application server knows one. Any thread. */
    Optional<Principal> principal();

    /**
     * Whether the user has a role, or, for {@code "**"}, whether there is one. Only of roles that an actor of the application
     * names in {@code @RolesAllowed} or {@code @DeclareRoles} is it known; false of others. Any thread.
     */
    boolean isUserInRole(String role);

    /**
     * The request by which the client came, for connect hooks as well as for actions; as long as the connection. Any thread.
     *
     * @return empty if none did: the call came by a reference, from inside the server
     */
    Optional<ConnectionRequest> request();

    /**
     * What else is said of the user, by name: of a token the claims that the setting {@code token-claims} names, as text, numbers,
     * booleans, lists and maps; else what a {@link org.thespis.api.spi.CallerResolver} knows. Empty if nothing is said. Cannot be
     * changed. Any thread.
     */
    Map<String, Object> claims();

    /**
     * The parameters that the client connected with, bound by JSON-B.
     *
     * @return null if it sent none
     * @throws UserException {@code invalid_parameters} if they do not fit the type
     */
    <T> T parameters(Class<T> type);

    /**
     * The state of this connection. If none was made yet and the class has a no-argument constructor, one is made.
     *
     * @throws ClassCastException if the state is of another class
     * @throws IllegalStateException if there is no state and none can be made
     */
    <T> T state(Class<T> type);

    /** Replaces the state of this connection, for state classes that are records. */
    void state(Object newState);

    /** Sends an event to this connection, subscribed or not. No effect if it is gone. */
    void send(String event, Object... arguments);

    /** Closes this connection normally (1000) without a reason. */
    default void disconnect() {
        disconnect(null);
    }

    /**
     * Closes this connection normally (1000). {@link OnDisconnect} runs right after this turn.
     *
     * @param reason at most 123 bytes of UTF-8 (RFC 6455, section 5.5), longer ones are cut; {@code group.code} is
     *     shown to the client's error listener; may be null
     */
    void disconnect(String reason);
}
