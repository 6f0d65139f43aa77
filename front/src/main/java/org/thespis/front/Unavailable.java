package org.thespis.front;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

/** What clients are told while the server is away; the code is one that the client of RivetKit takes for temporary. */
final class Unavailable {

    static final int STATUS = StatusCodes.SERVICE_UNAVAILABLE;
    static final String REASON = "guard.service_unavailable";

    private static final HttpString ERROR = new HttpString("x-rivet-error");
    private static final String BODY =
            "{\"group\":\"guard\",\"code\":\"service_unavailable\",\"message\":\"The server is being restarted\"}";
    private static final String RETRY_SECONDS = "1";

    private Unavailable() {}

    /** Fills in the body of a 503 that would have none, whoever decides for it. */
    static void describe(HttpServerExchange exchange) {
        exchange.addDefaultResponseListener(answer -> {
            if (!answer.isResponseChannelAvailable() || answer.getStatusCode() != STATUS) {
                return false;
            }
            Cors.allow(answer);
            answer.getResponseHeaders()
                    .put(Headers.CONTENT_TYPE, "application/json")
                    .put(Headers.RETRY_AFTER, RETRY_SECONDS)
                    .put(ERROR, REASON);
            answer.getResponseSender().send(BODY);
            return true;
        });
    }
}
