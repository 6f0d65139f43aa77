package org.thespis.gateway;

import java.net.URI;

/** Which web pages may call: those of this server, and those of the list. Programs that are no browsers send no origin. */
final class Origins {

    private static final String ALL = "*";
    private static final String ANY_PORT = ":*";

    private Origins() {}

    static void check(Handshake handshake, GatewaySettings settings) {
        if (!isAllowed(handshake.origin(), handshake.host(), settings)) {
            throw Guard.originNotAllowed();
        }
    }

    /**
     * @param origin the header {@code Origin} (RFC 6454), or null
     * @param host the header {@code Host}, or null
     */
    static boolean isAllowed(String origin, String host, GatewaySettings settings) {
        return origin == null
                || settings.allowedOrigins().contains(ALL)
                || settings.allowedOrigins().stream().anyMatch(allowed -> matches(allowed, origin))
                || isSame(origin, host);
    }

    /** {@code http://localhost:*} stands for all ports. */
    private static boolean matches(String allowed, String origin) {
        if (!allowed.endsWith(ANY_PORT)) {
            return allowed.equals(origin);
        }
        String host = allowed.substring(0, allowed.length() - ANY_PORT.length());
        return origin.equals(host) || origin.startsWith(host + ":");
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
