package org.thespis.front;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;

/** Lets web pages read that the server is away, wherever they come from: the answer holds nothing worth hiding. */
final class Cors {

    private static final HttpString ALLOW_ORIGIN = new HttpString("access-control-allow-origin");
    private static final HttpString ALLOW_CREDENTIALS = new HttpString("access-control-allow-credentials");
    private static final HttpString EXPOSE_HEADERS = new HttpString("access-control-expose-headers");

    private static final HttpString REQUEST_METHOD = new HttpString("access-control-request-method");
    private static final HttpString REQUEST_HEADERS = new HttpString("access-control-request-headers");
    private static final HttpString ALLOW_METHODS = new HttpString("access-control-allow-methods");
    private static final HttpString ALLOW_HEADERS = new HttpString("access-control-allow-headers");

    private Cors() {}

    static boolean isPreflight(HttpServerExchange exchange) {
        return exchange.getRequestMethod().equals(Methods.OPTIONS)
                && exchange.getRequestHeaders().contains(REQUEST_METHOD);
    }

    /** Lets the request come, so that its page can read the 503. */
    static void answerPreflight(HttpServerExchange exchange) {
        allow(exchange);
        HeaderMap request = exchange.getRequestHeaders();
        exchange.getResponseHeaders().put(ALLOW_METHODS, request.getFirst(REQUEST_METHOD));
        if (request.contains(REQUEST_HEADERS)) {
            exchange.getResponseHeaders().put(ALLOW_HEADERS, request.getFirst(REQUEST_HEADERS));
        }
        exchange.setStatusCode(StatusCodes.NO_CONTENT).endExchange();
    }

    static void allow(HttpServerExchange exchange) {
        String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
        if (origin != null) {
            exchange.getResponseHeaders()
                    .put(ALLOW_ORIGIN, origin)
                    .put(ALLOW_CREDENTIALS, "true")
                    .put(EXPOSE_HEADERS, "x-rivet-error")
                    .add(Headers.VARY, "Origin");
        }
    }
}
