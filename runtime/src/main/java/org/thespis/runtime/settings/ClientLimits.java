package org.thespis.runtime.settings;

import java.util.Optional;

/**
 * What is said of clients of one type; where nothing is, what the gateway has for all types counts.
 *
 * @param origins of web pages that may call, besides those of the server itself
 * @param incoming bytes of a message of a connection
 * @param lowLevelIncoming bytes of a message of a low-level WebSocket
 * @param outgoing bytes of a message to a WebSocket
 * @param body bytes of an HTTP body, and of an answer over HTTP
 */
public record ClientLimits(
        Optional<OriginNames> origins,
        Optional<Integer> incoming,
        Optional<Integer> lowLevelIncoming,
        Optional<Integer> outgoing,
        Optional<Integer> body) {

    public static final int DEFAULT_INCOMING = 65_536;
    public static final int DEFAULT_LOW_LEVEL_INCOMING = 1_048_576;
    public static final int DEFAULT_OUTGOING = 1_048_576;
    public static final int DEFAULT_BODY = 5_242_880;

    private static final ClientLimits NOTHING =
            new ClientLimits(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Those of a type of which nothing is said. */
    public static ClientLimits nothing() {
        return NOTHING;
    }

    /** Whether nothing is said of sizes. */
    public boolean hasNoSizes() {
        return incoming.isEmpty() && lowLevelIncoming.isEmpty() && outgoing.isEmpty() && body.isEmpty();
    }
}
