package org.thespis.gateway.admission;

import java.time.Duration;
import java.util.List;
import org.thespis.gateway.token.TokenSettings;

/**
 * What the gateway is told by its settings.
 *
 * @param namespace the namespace that clients must name; {@code default} by default
 * @param homePage where a browser that asks for {@code /} is sent; empty for nowhere, the default
 */
public record GatewaySettings(
        Sizes sizes,
        Deadlines deadlines,
        Allowances allowances,
        Access access,
        TokenSettings tokens,
        String namespace,
        String homePage) {

    /**
     * The largest of each, in bytes if not said otherwise.
     *
     * @param incoming a message of a connection; 65,536 by default
     * @param lowLevelIncoming a message of a low-level WebSocket; 1,048,576 by default
     * @param outgoing a message to a client; 1,048,576 by default
     * @param parameters connection parameters; 4,096 by default
     * @param body an HTTP body; 5,242,880 by default, below the 10 MiB of WildFly
     * @param name an action or event name; 256 by default
     * @param key a serialized key; 1,024 by default
     * @param queued what may wait to be read by one client; 8,388,608 by default
     * @param head what an actor is shown of a request before its body; 16,384 by default
     * @param ids ids in one question for actors, a number; 32 by default
     */
    public record Sizes(
            int incoming,
            int lowLevelIncoming,
            int outgoing,
            int parameters,
            int body,
            int name,
            int key,
            int queued,
            int head,
            int ids) {

        public Sizes {
            check("max-incoming-bytes", incoming >= 1);
            check("max-low-level-incoming-bytes", lowLevelIncoming >= 1);
            check("max-outgoing-bytes", outgoing >= 1);
            check("max-parameter-bytes", parameters >= 1);
            check("max-body-bytes", body >= 1);
            check("max-name-bytes", name >= 1);
            check("max-key-bytes", key >= 1);
            check("max-queued-bytes", queued >= outgoing);
            check("max-request-head-bytes", head >= 1);
            check("max-actor-ids", ids >= 1);
        }
    }

    /**
     * Times that a client may take; none is longer than 100 years.
     *
     * @param send in which one message must have been taken by a client's line; 30 seconds by default
     * @param body in which a whole HTTP body must have come; 30 seconds by default
     * @param answer in which a whole HTTP answer must have been taken; 30 seconds by default
     * @param ping between pings; 25 seconds by default, as WildFly cuts lines that are silent for 90 seconds
     * @param silence without a sign of life after which a client is given up; 55 seconds by default
     */
    public record Deadlines(Duration send, Duration body, Duration answer, Duration ping, Duration silence) {

        private static final Duration SHORTEST = Duration.ofMillis(1);

        /** Nanoseconds are counted in a {@code long}, which has room for 292 years. */
        private static final Duration LONGEST = Duration.ofDays(36_500);

        public Deadlines {
            check("send-timeout-millis", send);
            check("body-timeout-millis", body);
            check("answer-timeout-millis", answer);
            check("ping-period-millis", ping);
            check("silence-timeout-millis", silence);
            check("silence-timeout-millis", silence.compareTo(ping) > 0);
        }

        private static void check(String key, Duration value) {
            check(key, value.compareTo(SHORTEST) >= 0);
            if (value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("thespis/" + key + " is longer than 100 years");
            }
        }

        private static void check(String key, boolean valid) {
            GatewaySettings.check(key, valid);
        }
    }

    /** What each may use at a time, and in a time. */
    public record Allowances(Allowance connection, Allowance user, Allowance address, Allowance node) {}

    /**
     * @param allowedOrigins origins of web pages that may call besides those of this server; {@code *} for all, and in
     *     place of a port for any port
     * @param allowedHosts names under which this server is asked, with or without a port; {@code *} for all; none means
     *     localhost and bare addresses
     * @param trustedProxies addresses and networks whose {@code X-Forwarded-For} and {@code -Proto} count
     * @param management who may list and destroy actors over HTTP
     */
    public record Access(
            List<String> allowedOrigins,
            List<String> allowedHosts,
            List<String> trustedProxies,
            Management management) {}

    static void check(String key, boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException("thespis/" + key + " is too small");
        }
    }
}
