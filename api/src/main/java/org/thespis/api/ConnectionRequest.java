package org.thespis.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP request by which a client came: the handshake of its WebSocket, or that of a single call. As it was then, however
 * old the connection is. It may be kept, though it is no part of a state. Immutable; any thread.
 *
 * <p>All of it is what the client says, but for {@link #remoteAddress()}. Credentials that somebody has looked at before are not
 * in it: {@code x-rivet-token}, {@code Proxy-Authorization}, the session cookies of the server, and {@code Authorization} where
 * the caller is known. Nor is what belongs to the protocol: {@code Sec-WebSocket-*}, {@code Connection}, {@code Upgrade},
 * {@code x-rivet-conn-params}, and query parameters that begin with {@code rvt-}.
 */
public interface ConnectionRequest {

    /** Decoded, below the context path of the gateway, such as {@code /gateway/chatRoom/connect}. */
    String path();

    /** The query parameters, decoded, in order. */
    Map<String, List<String>> query();

    /** The first value of a query parameter. */
    default Optional<String> query(String name) {
        return query().getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * The header fields in order, their names in small letters, each line a value. Of bytes beyond ASCII a server makes what it
     * wants: WildFly reads ISO 8859-1, Payara refuses the request.
     */
    Map<String, List<String>> headers();

    /** The values of a header field, whatever the case of its name. */
    List<String> headers(String name);

    /**
     * The first value of a header field, whatever the case of its name. A client may send a field twice: who trusts one that a
     * proxy adds sees to it that the proxy takes away what the client sent.
     */
    default Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** The cookies by name (RFC 6265, section 5.4), in order; of several of one name the first, which is the most specific. */
    Map<String, String> cookies();

    /** The value of a cookie. */
    default Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies().get(name));
    }

    /** The address of the client, as it is seen behind the proxies that are trusted. */
    String remoteAddress();

    /** The language that the client likes best ({@code Accept-Language}), if it names one. */
    Optional<Locale> locale();
}
