package org.thespis.protocol;

import java.util.List;

/** What a client sends on a connection. */
public sealed interface ClientMessage {

    /**
     * Calls an action.
     *
     * @param id chosen by the client; the answer carries it; an unsigned 64-bit number
     * @param arguments plain values
     */
    record ActionRequest(long id, String name, List<Object> arguments) implements ClientMessage {}

    /** Subscribes to an event, or ends the subscription. */
    record SubscriptionRequest(String eventName, boolean subscribe) implements ClientMessage {}
}
