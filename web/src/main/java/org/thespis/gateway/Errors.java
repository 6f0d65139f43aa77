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

    /** The HTTP status of an error; those of authors are of a group of their own. */
    static int status(ActorError error) {
        return switch (error.reason()) {
            case "user.unauthorized" -> 401;
            case "user.payment_required" -> 402;
            case "user.forbidden" -> 403;
            case "user.not_found" -> 404;
            case "user.conflict" -> 409;
            case "user.gone" -> 410;
            case "user.too_many_requests" -> 429;
            case "auth.token_not_accepted",
                    "auth.token_expired",
                    "auth.token_invalid",
                    "auth.token_not_yet_valid",
                    "auth.token_too_long",
                    "auth.token_wrong_audience",
                    "auth.token_wrong_issuer",
                    "auth.unauthorized" -> 401;
            case "guard.origin_not_allowed", "guard.cross_site", "auth.management_closed", "auth.forbidden" -> 403;
            case "actor.not_found",
                    "actor.action_not_found",
                    "actor.type_not_found",
                    "actor.handler_not_found",
                    "guard.route_not_found",
                    "namespace.not_found" -> 404;
            case "actor.method_not_allowed" -> 405;
            case "guard.request_timed_out" -> 408;
            case "actor.call_in_progress" -> 409;
            case "message.incoming_too_long" -> 413;
            case "guard.host_not_allowed" -> 421;
            case "actor.idempotency_key_reused" -> 422;
            case "guard.request_head_too_large" -> 431;
            case "guard.too_many_connections",
                    "guard.too_many_handshakes",
                    "guard.too_many_requests",
                    "guard.too_many_creations",
                    "guard.too_many_bytes" -> 429;
            case "rivetkit.internal_error",
                    "message.outgoing_too_long",
                    "message.outgoing_unencodable",
                    "actor.state_unreadable" -> 500;
            case "guard.service_unavailable", "actor.overloaded", "actor.gone", "actor.restarting" -> 503;
            case "actor.action_timed_out", "actor.create_timed_out", "actor.hook_timed_out" -> 504;
            default -> 400;
        };
    }
}
