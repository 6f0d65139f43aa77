package org.thespis.front;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Takes away what concerns only one line, and from a request what only a proxy that is trusted may say. */
final class Fields {

    /** RFC 9110, section 7.6.1, and what was in use before it. */
    private static final Set<HttpString> HOP_BY_HOP = Set.of(
            Headers.CONNECTION,
            new HttpString("Keep-Alive"),
            new HttpString("Proxy-Connection"),
            Headers.PROXY_AUTHENTICATE,
            Headers.PROXY_AUTHORIZATION,
            Headers.TE,
            Headers.TRAILER,
            Headers.UPGRADE,
            new HttpString("HTTP2-Settings"));

    /** What no option may take away. */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    private static final String FORWARDED_PREFIX = "x-forwarded-";
    private static final Set<String> FORWARDED = Set.of("forwarded", "x-real-ip", "x-client-ip", "true-client-ip");

    private final Set<InetAddress> trustedProxies;

    Fields(Set<InetAddress> trustedProxies) {
        this.trustedProxies = trustedProxies;
    }

    /** The options that {@code Connection} names, in lower case. */
    static Set<String> options(HeaderMap fields) {
        Set<String> options = new HashSet<>();
        HeaderValues values = fields.get(Headers.CONNECTION);
        if (values != null) {
            for (String value : values) {
                for (String option : value.split(",")) {
                    options.add(option.trim().toLowerCase(Locale.ROOT));
                }
            }
        }
        return options;
    }

    /** Takes away what was said for one line only; not what says where a message ends. */
    static void dropHopByHop(HeaderMap fields) {
        for (String option : options(fields)) {
            if (!FRAMING.contains(option)) {
                fields.remove(option);
            }
        }
        HOP_BY_HOP.forEach(fields::remove);
    }

    /** Leaves only what may be passed on; {@code X-Forwarded-For} lacks the sender, whom the proxy adds. */
    void clean(HttpServerExchange exchange) {
        HeaderMap fields = exchange.getRequestHeaders();
        dropHopByHop(fields);
        if (trustedProxies.contains(sender(exchange))) {
            join(fields, Headers.X_FORWARDED_FOR);
        } else {
            forget(fields);
        }
        if (!fields.contains(Headers.X_FORWARDED_HOST) && fields.contains(Headers.HOST)) {
            fields.put(Headers.X_FORWARDED_HOST, fields.getFirst(Headers.HOST));
        }
        if (!fields.contains(Headers.X_FORWARDED_PROTO)) {
            fields.put(Headers.X_FORWARDED_PROTO, exchange.getRequestScheme());
        }
    }

    private static void forget(HeaderMap fields) {
        List<HttpString> names = new ArrayList<>(fields.getHeaderNames());
        for (HttpString name : names) {
            String lower =
                    name.toString().toLowerCase(Locale.ROOT).replace('_', '-'); // some servers take one for the other
            if (lower.startsWith(FORWARDED_PREFIX) || FORWARDED.contains(lower)) {
                fields.remove(name);
            }
        }
    }

    /** Several lines mean the same as one. */
    private static void join(HeaderMap fields, HttpString name) {
        HeaderValues values = fields.get(name);
        if (values != null && values.size() > 1) {
            fields.put(name, String.join(", ", values));
        }
    }

    static InetAddress sender(HttpServerExchange exchange) {
        return exchange.getSourceAddress().getAddress();
    }
}
