package org.thespis.gateway.admission;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which web pages may call, and under which names this server answers. Programs that are no browsers send no origin. A page
 * whose name was pointed to this server (DNS rebinding) has an origin that is this server's own, so the name must be known.
 */
public final class Origins {

    private static final String ALL = "*";
    private static final String ANY_PORT = ":*";

    /** What browsers say of requests that no foreign page has caused. */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final List<String> origins;
    private final List<String> hosts;

    public Origins(GatewaySettings.Access access) {
        origins = access.allowedOrigins().stream().map(Origins::lower).toList();
        hosts = access.allowedHosts().stream().map(Origins::lower).toList();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** @param host the header {@code Host}, or null */
    boolean isOwnHost(String host) {
        if (host == null) {
            return hosts.isEmpty() || hosts.contains(ALL); // HTTP/1.0
        }
        URI parsed = authority(host);
        if (parsed == null) {
            return false;
        }
        String name = lower(parsed.getHost());
        return hosts.isEmpty()
                ? name.equals("localhost")
                        || name.startsWith("[")
                        || Proxies.bytes(name).isPresent()
                : hosts.contains(ALL) || hosts.contains(name) || hosts.contains(name + ":" + parsed.getPort());
    }

    private static URI authority(String host) {
        try {
            URI parsed = URI.create("http://" + host);
            boolean plain = parsed.getHost() != null && host.equals(parsed.getRawAuthority());
            return plain && parsed.getRawUserInfo() == null ? parsed : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * @param origin the header {@code Origin} (RFC 6454), or null
     * @param scheme that the client has used to reach this server
     * @param host the header {@code Host}, or null
     */
    boolean isAllowed(String origin, String scheme, String host) {
        return isListed(origin, scheme, host, origins);
    }

    /** The same where others are listed. */
    boolean isAllowed(String origin, String scheme, String host, List<String> others) {
        return isListed(
                origin, scheme, host, others.stream().map(Origins::lower).toList());
    }

    private static boolean isListed(String origin, String scheme, String host, List<String> listed) {
        if (origin == null) {
            return true;
        }
        String plain = plain(origin);
        return plain != null
                && (listed.stream().anyMatch(allowed -> matches(allowed, plain))
                        || host != null && plain.equals(plain(scheme + "://" + host)));
    }

    /** {@code http://localhost:*} stands for all ports. */
    private static boolean matches(String allowed, String origin) {
        if (allowed.endsWith(ANY_PORT)) {
            String host = allowed.substring(0, allowed.length() - ANY_PORT.length());
            return origin.substring(0, origin.lastIndexOf(':')).equals(host);
        }
        return allowed.equals(ALL) || origin.equals(plain(allowed));
    }

    /** An origin in lower case and with its port; null if it is not just a scheme, a host and perhaps a port. */
    private static String plain(String origin) {
        try {
            URI uri = URI.create(origin);
            String authority = uri.getRawAuthority();
            if (uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || !origin.equals(uri.getScheme() + "://" + authority)) {
                return null;
            }
            String scheme = lower(uri.getScheme());
            int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
            return scheme + "://" + lower(uri.getHost()) + ":" + port;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Whether a page of another site may have caused this without saying so: an image, a form, a link. With an origin, that
     * one decides.
     */
    static boolean isForeign(String origin, String fetchSite) {
        return origin == null && fetchSite != null && !OWN_SITES.contains(lower(fetchSite));
    }
}
