package org.thespis.front;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;

/** The front's own answers: errors in JSON, as those of the server are. */
final class Answers {

    private static final HttpString ERROR = new HttpString("x-rivet-error");
    private static final String RETRY_SECONDS = "1";

    private Answers() {}

    /** Fills in the body of an error that would have none, whoever decides for it. */
    static void describeErrors(HttpServerExchange exchange) {
        exchange.addDefaultResponseListener(answer -> {
            int status = answer.getStatusCode();
            if (!answer.isResponseChannelAvailable() || status < StatusCodes.BAD_REQUEST) {
                return false;
            }
            Fault ofBody = ClientBody.fault(answer);
            Fault fault = ofBody == null ? describe(status, ServerLines.isSent(answer)) : ofBody;
            answer.setStatusCode(fault.status());
            send(answer, fault);
            return true;
        });
    }

    private static Fault describe(int status, boolean sent) {
        return switch (status) {
            case StatusCodes.SERVICE_UNAVAILABLE -> sent ? Fault.gone() : Fault.unavailable();
            case StatusCodes.GATEWAY_TIME_OUT -> Fault.timedOut();
            default -> Fault.other(status);
        };
    }

    /** Refuses a request and ends its line, as what follows on it may be anything. */
    static void refuse(HttpServerExchange exchange, Fault fault) {
        exchange.setPersistent(false);
        exchange.setStatusCode(fault.status());
        send(exchange, fault);
    }

    private static void send(HttpServerExchange exchange, Fault fault) {
        Cors.allow(exchange);
        exchange.getResponseHeaders()
                .put(Headers.CONTENT_TYPE, "application/json")
                .put(ERROR, fault.reason());
        if (fault.status() == StatusCodes.SERVICE_UNAVAILABLE || fault.status() == StatusCodes.TOO_MANY_REQUESTS) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_SECONDS);
        }
        exchange.getResponseSender().send(fault.json());
    }
}
