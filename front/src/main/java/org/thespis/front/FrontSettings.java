package org.thespis.front;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the front bounds. Numbers are those of the whole process, times are milliseconds.
 *
 * @param trustedProxies addresses whose {@code X-Forwarded-*} and {@code Forwarded} are believed and passed on
 * @param maxConnections lines from clients; one more is answered 503
 * @param maxConnectionsPerAddress lines from one address that is no trusted proxy; one more is answered 429
 * @param maxBodyBytes body of a request
 * @param maxHeadBytes request line and fields of a request
 * @param parseMillis for the request line and the fields of a request
 * @param idleMillis without a byte in either direction, of an HTTP connection or a WebSocket; above the time between pings
 * @param requestMillis for a whole HTTP request, from its fields to the end of its answer; above the time limit of actions
 * @param healthMillis for a server's answer whether it is ready; then it is away
 * @param connectMillis for a line to a server
 * @param waitMillis that a request waits for a server while none is ready
 * @param answerMillis for a server's answer to a WebSocket's opening
 * @param halfOpenMillis between the ends of the two directions of a WebSocket
 */
record FrontSettings(
        Set<InetAddress> trustedProxies,
        int maxConnections,
        int maxConnectionsPerAddress,
        int maxBodyBytes,
        int maxHeadBytes,
        int parseMillis,
        int idleMillis,
        int requestMillis,
        int healthMillis,
        int connectMillis,
        int waitMillis,
        int answerMillis,
        int halfOpenMillis) {

    static final FrontSettings DEFAULT = of(Map.of());

    private static final String TRUSTED_PROXIES = "trusted-proxies";

    FrontSettings {
        trustedProxies = Set.copyOf(trustedProxies);
    }

    /**
     * Reads options by their names, as in {@code max-connections}.
     *
     * @throws IllegalArgumentException if one is unknown or out of range; its message says which
     */
    static FrontSettings of(Map<String, String> options) {
        Map<String, String> left = new TreeMap<>(options);
        FrontSettings settings = new FrontSettings(
                addresses(left.remove(TRUSTED_PROXIES)),
                number(left, "max-connections", 16_384),
                number(left, "max-connections-per-address", 2_048),
                number(left, "max-body-bytes", 16 << 20),
                number(left, "max-head-bytes", 32 << 10),
                number(left, "parse-timeout-millis", 10_000),
                number(left, "idle-timeout-millis", 120_000),
                number(left, "request-timeout-millis", 120_000),
                number(left, "health-timeout-millis", 1_500),
                number(left, "connect-timeout-millis", 5_000),
                number(left, "wait-timeout-millis", 2_000),
                number(left, "answer-timeout-millis", 30_000),
                number(left, "half-open-timeout-millis", 5_000));
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown option " + left.keySet().iterator().next());
        }
        return settings;
    }

    private static int number(Map<String, String> options, String name, int byDefault) {
        String value = options.remove(name);
        try {
            int number = value == null ? byDefault : Integer.parseInt(value);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(name + " needs a number from 1 to " + Integer.MAX_VALUE);
    }

    private static Set<InetAddress> addresses(String list) {
        Set<InetAddress> addresses = new HashSet<>();
        if (list != null) {
            for (String name : list.split(",")) {
                try {
                    addresses.add(InetAddress.getByName(name.trim()));
                } catch (UnknownHostException e) {
                    throw new IllegalArgumentException(TRUSTED_PROXIES + " needs addresses separated by commas", e);
                }
            }
        }
        return addresses;
    }
}
