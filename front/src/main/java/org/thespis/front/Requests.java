package org.thespis.front;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds what two servers might understand differently (RFC 9112, section 11.2): such a request goes no further. */
final class Requests {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[0-9A-Za-z._~-]+)(:[0-9]{1,5})?");

    /** Fields that no {@code Connection} may take away: they say where the message ends, and whom it is for. */
    private static final Set<String> END_TO_END = Set.of("content-length", "transfer-encoding", "host");

    private Requests() {}

    /** Gives what is wrong with a request whose fields are complete, or null. */
    static Fault fault(HttpServerExchange exchange, FrontSettings settings) {
        HeaderMap fields = exchange.getRequestHeaders();
        Fault fault = address(exchange, fields);
        fault = fault == null ? length(exchange, fields, settings) : fault;
        return fault == null ? connection(exchange, fields) : fault;
    }

    private static Fault address(HttpServerExchange exchange, HeaderMap fields) {
        HttpString protocol = exchange.getProtocol();
        if (protocol != Protocols.HTTP_1_1 && protocol != Protocols.HTTP_1_0) {
            return new Fault("only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        HeaderValues host = fields.get(Headers.HOST);
        boolean missing = host == null;
        if (missing
                ? protocol == Protocols.HTTP_1_1
                : host.size() != 1 || !HOST.matcher(host.getFirst()).matches()) {
            return new Fault("Host");
        }
        String target = exchange.getRequestURI();
        if (exchange.isHostIncludedInRequestURI()) {
            String same = "http://" + (missing ? "" : host.getFirst());
            boolean matches = target.regionMatches(true, 0, same, 0, same.length());
            return !missing && matches && target.startsWith("/", same.length())
                    ? null
                    : new Fault("the target names another host");
        }
        return target.startsWith("/") && !exchange.getRequestMethod().equals(Methods.CONNECT)
                ? null
                : new Fault("the target is no path");
    }

    private static Fault length(HttpServerExchange exchange, HeaderMap fields, FrontSettings settings) {
        HeaderValues coding = fields.get(Headers.TRANSFER_ENCODING);
        HeaderValues length = fields.get(Headers.CONTENT_LENGTH);
        if (coding != null) {
            boolean chunked = coding.size() == 1 && coding.getFirst().equalsIgnoreCase("chunked");
            return chunked && length == null && exchange.getProtocol() == Protocols.HTTP_1_1
                    ? null
                    : new Fault("Transfer-Encoding");
        }
        if (length == null) {
            return null;
        }
        if (length.size() != 1 || !LENGTH.matcher(length.getFirst()).matches()) {
            return new Fault("Content-Length");
        }
        return Long.parseLong(length.getFirst()) > settings.maxBodyBytes()
                ? Fault.bodyTooLong(settings.maxBodyBytes())
                : null;
    }

    private static Fault connection(HttpServerExchange exchange, HeaderMap fields) {
        for (String option : Fields.options(fields)) {
            if (END_TO_END.contains(option)) {
                return new Fault("Connection");
            }
        }
        if (!isWebSocket(fields)) {
            return null; // another upgrade is not passed on, and its request is one like any other
        }
        String length = fields.getFirst(Headers.CONTENT_LENGTH);
        if (fields.contains(Headers.TRANSFER_ENCODING) || length != null && Long.parseLong(length) > 0) {
            return new Fault("an upgrade with a body");
        }
        boolean get = exchange.getRequestMethod().equals(Methods.GET) && exchange.getProtocol() == Protocols.HTTP_1_1;
        return get ? null : new Fault("a WebSocket starts with GET and HTTP/1.1");
    }

    /** Whether a request wants to become a WebSocket, and nothing else. */
    static boolean isWebSocket(HeaderMap fields) {
        HeaderValues upgrade = fields.get(Headers.UPGRADE);
        return upgrade != null
                && upgrade.size() == 1
                && upgrade.getFirst().equalsIgnoreCase("websocket")
                && Fields.options(fields).contains(Headers.UPGRADE_STRING.toLowerCase(Locale.ROOT));
    }

    /** The path of a request, also of one that named its host with it. */
    static String path(HttpServerExchange exchange) {
        String target = exchange.getRequestURI();
        return exchange.isHostIncludedInRequestURI()
                ? target.substring(target.indexOf('/', "http://".length()))
                : target;
    }
}
