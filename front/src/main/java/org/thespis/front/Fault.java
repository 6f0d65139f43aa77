package org.thespis.front;

import io.undertow.util.StatusCodes;

/** Why a request is refused: an HTTP status, the group and code that clients know, and words. */
record Fault(int status, String group, String code, String message) {

    private static final String GUARD = "guard";

    Fault(String what) {
        this(StatusCodes.BAD_REQUEST, GUARD, "invalid_request", "The request cannot be read: " + what);
    }

    static Fault headTooLong(int max) {
        return new Fault(
                StatusCodes.REQUEST_HEADER_FIELDS_TOO_LARGE,
                GUARD,
                "head_too_long",
                "Request line and fields have at most " + max + " bytes");
    }

    static Fault bodyTooLong(int max) {
        return new Fault(
                StatusCodes.REQUEST_ENTITY_TOO_LARGE,
                "message",
                "incoming_too_long",
                "Bodies have at most " + max + " bytes");
    }

    static Fault tooManyConnections(int status) {
        return new Fault(status, GUARD, "too_many_connections", "There are too many connections");
    }

    static Fault timedOut() {
        return new Fault(StatusCodes.GATEWAY_TIME_OUT, GUARD, "request_timed_out", "The server did not answer in time");
    }

    static Fault unavailable() {
        return new Fault(
                StatusCodes.SERVICE_UNAVAILABLE, GUARD, "service_unavailable", "The server is being restarted");
    }

    /** Of a request that a server had: what it asked for may have been done. */
    static Fault gone() {
        return new Fault(
                StatusCodes.SERVICE_UNAVAILABLE, "actor", "gone", "The server ended before the request was answered");
    }

    static Fault other(int status) {
        return new Fault(status, GUARD, "request_failed", "The request failed");
    }

    /** As in a close reason. */
    String reason() {
        return group + "." + code;
    }

    String json() {
        return "{\"group\":\"" + group + "\",\"code\":\"" + code + "\",\"message\":\"" + message + "\"}";
    }
}
