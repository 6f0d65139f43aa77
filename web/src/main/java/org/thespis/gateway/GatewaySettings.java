package org.thespis.gateway;

import java.time.Duration;
import java.util.List;

/**
 * Limits of the gateway. Sizes are bytes.
 *
 * @param maxIncoming the largest message of a connection; 65,536 by default
 * @param maxLowLevelIncoming the largest message of a low-level WebSocket; 1,048,576 by default
 * @param maxOutgoing the largest message to a client; 1,048,576 by default
 * @param maxParameters the largest connection parameters; 4,096 by default
 * @param maxBody the largest HTTP body; 5,242,880, below the 10 MiB of WildFly by default
 * @param maxNameSize the longest action or event name; 256 by default
 * @param maxKeySize the longest serialized key; 1,024 by default
 * @param maxQueued what may wait to be read by one client; 8,388,608 by default
 * @param connectTimeout time in which an actor must accept a new connection; 60 seconds by default
 * @param sendTimeout time in which one message must have been taken by a client's line; 30 seconds by default
 * @param pingPeriod time between pings; 25 seconds by default, as WildFly cuts lines that are silent for 90 seconds
 * @param silenceTimeout time without a sign of life after which a client is given up; 55 seconds by default
 * @param allowedOrigins origins of web pages that may call besides those of this server; {@code *} for all, and in
 *     place of a port for any port
 * @param namespace the namespace that clients must name; {@code default} by default
 */
record GatewaySettings(
        int maxIncoming,
        int maxLowLevelIncoming,
        int maxOutgoing,
        int maxParameters,
        int maxBody,
        int maxNameSize,
        int maxKeySize,
        int maxQueued,
        Duration connectTimeout,
        Duration sendTimeout,
        Duration pingPeriod,
        Duration silenceTimeout,
        List<String> allowedOrigins,
        String namespace) {

    GatewaySettings {
        check("max-incoming-bytes", maxIncoming >= 1);
        check("max-low-level-incoming-bytes", maxLowLevelIncoming >= 1);
        check("max-outgoing-bytes", maxOutgoing >= 1);
        check("max-parameter-bytes", maxParameters >= 1);
        check("max-body-bytes", maxBody >= 1);
        check("max-name-bytes", maxNameSize >= 1);
        check("max-key-bytes", maxKeySize >= 1);
        check("max-queued-bytes", maxQueued >= maxOutgoing);
        check("connect-timeout-millis", connectTimeout.toMillis() >= 1);
        check("send-timeout-millis", sendTimeout.toMillis() >= 1);
        check("ping-period-millis", pingPeriod.toMillis() >= 1);
        check("silence-timeout-millis", silenceTimeout.compareTo(pingPeriod) > 0);
    }

    private static void check(String key, boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException("thespis/" + key + " is too small");
        }
    }
}
