package org.thespis.protocol;

import java.util.List;

/** What a client sends on a connection. */
public sealed interface ClientMessage {

    /**
     * Calls an action.
     *
     * @param id chosen by the client; the answer carries it; an unsigned 64-bit number
     * @param arguments plain values
     * @param key names the call, so that it counts once however often it is sent; null for none. With one it is a message of a
     *     kind of its own: a server that does not know it refuses it rather than runs it twice
     */
    record ActionRequest(long id, String name, List<Object> arguments, String key) implements ClientMessage {

        public ActionRequest(long id, String name, List<Object> arguments) {
            this(id, name, arguments, null);
        }
    }

    /** Subscribes to an event, or ends the subscription. */
    record SubscriptionRequest(String eventName, boolean subscribe) implements ClientMessage {}

    /** A fresh token in place of that by which the connection is known; only to who has sent {@link ServerMessage.TokenEnds}. */
    record Token(String token) implements ClientMessage {

        /** Without the token: texts go into logs. */
        @Override
        public String toString() {
            return "Token[" + token.length() + "]";
        }
    }
}
