package org.thespis.gateway;

import org.thespis.protocol.ErrorDetail;
import org.thespis.protocol.ErrorDetail.ActorSpecifier;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** The runtime's errors in the words of the wire. */
final class Errors {

    /** Actors are not moved or rebuilt under one id, so there is only one generation. */
    private static final long GENERATION = 1;

    private Errors() {}

    /** @param origin where it happened, or null */
    static ErrorDetail detail(ActorError error, Output.Origin origin) {
        ActorSpecifier actor = origin == null ? null : new ActorSpecifier(origin.actorId(), GENERATION, origin.key());
        return new ErrorDetail(error.group(), error.code(), error.message(), error.metadata(), actor);
    }

    /** The error in a close reason: {@code group.code}. */
    static String reason(ActorError error) {
        return error.reason();
    }

    /** The HTTP status of an error. */
    static int status(ActorError error) {
        return switch (error.code()) {
            case "not_found", "action_not_found", "type_not_found", "handler_not_found", "route_not_found" -> 404;
            case "method_not_allowed" -> 405;
            case "call_in_progress" -> 409;
            case "incoming_too_long" -> 413;
            case "internal_error", "outgoing_too_long", "outgoing_unencodable", "state_unreadable" -> 500;
            case "service_unavailable", "overloaded", "gone", "restarting" -> 503;
            case "action_timed_out", "create_timed_out" -> 504;
            case "origin_not_allowed" -> 403;
            default -> 400;
        };
    }
}
