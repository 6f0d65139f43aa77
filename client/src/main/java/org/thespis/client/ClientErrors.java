package org.thespis.client;

import java.time.Duration;
import java.util.Set;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.ErrorDetail;

/** The errors that the client itself finds, and which errors of a server are for a while only. */
final class ClientErrors {

    private static final String CLIENT = "client";
    private static final String ACTOR = "actor";

    /** Nothing was run; the same may succeed later. */
    private static final Set<String> TEMPORARY = Set.of(
            "actor.starting",
            "actor.stopping",
            "actor.stopped",
            "actor.restarting",
            "actor.not_configured",
            "ws.going_away",
            "guard.service_unavailable",
            "guard.actor_wake_retries_exceeded",
            "guard.websocket_closed_before_open",
            "guard.too_many_connections",
            "guard.too_many_handshakes",
            "guard.too_many_requests",
            "guard.too_many_bytes",
            "connection.too_slow");

    private static final Set<String> GONE = Set.of("actor.not_found", "actor.destroyed_while_waiting_for_ready");

    private ClientErrors() {}

    static ActorCallException of(ErrorDetail error) {
        return new ActorCallException(error.group(), error.code(), error.message(), error.metadata());
    }

    /**
     * Whether it is worth to try again.
     *
     * @param creates whether an actor that is not there is created
     */
    static boolean isTemporary(ActorCallException error, boolean creates) {
        String reason = error.group() + "." + error.code();
        return TEMPORARY.contains(reason)
                || reason.startsWith("guard.tunnel_")
                || creates && GONE.contains(reason)
                || isUnreachable(error);
    }

    /** What a server says of a token that was good when the line was opened; a fresh one may be. */
    static boolean isTokenExpired(ActorCallException error) {
        return error.group().equals("auth") && error.code().equals("token_expired");
    }

    /** What was asked for by its key still runs, as it was asked for before. */
    static boolean isInProgress(ActorCallException error) {
        return error.group().equals(ACTOR) && error.code().equals("call_in_progress");
    }

    /** Found here, so that it says nothing of what the actor thinks. */
    static boolean isOfLine(ActorCallException error) {
        return error.group().equals(CLIENT);
    }

    /** Nobody was asked. */
    static boolean isUnreachable(ActorCallException error) {
        return error.group().equals(CLIENT) && error.code().equals("unreachable");
    }

    static ActorCallException unreachable(String why) {
        return client("unreachable", "The server cannot be reached: " + why);
    }

    static ActorCallException handshakeTimedOut(Duration time) {
        return client("unreachable", "The server did not answer the upgrade within " + time + " (handshake)");
    }

    static ActorCallException supplyTimedOut(Duration time) {
        return client("supply_failed", "Parameters or token were not supplied within " + time + " (supply)");
    }

    static ActorCallException supplyFailed(Throwable thrown) {
        return because(thrown, client("supply_failed", "Parameters or token could not be supplied: " + thrown));
    }

    static ActorCallException openTimedOut(Duration time) {
        return client("open_timed_out", "The actor did not let the connection in within " + time + " (open)");
    }

    static ActorCallException lost(String why) {
        return client("connection_lost", "The connection was lost before the answer, the action may have run: " + why);
    }

    static ActorCallException answerLost(Throwable thrown) {
        return because(
                thrown,
                client("connection_lost", "The line was lost before the answer, the action may have run: " + thrown));
    }

    static ActorCallException malformed(String what) {
        return client("malformed_message", "The server sent what cannot be read: " + what);
    }

    static ActorCallException answerTooLong(int max) {
        return client("answer_too_long", "The answer has more than " + max + " bytes");
    }

    static ActorCallException silent(Duration time) {
        return client("server_silent", "There was no sign of life of the server for " + time + " (silence)");
    }

    static ActorCallException sendTimedOut(Duration time) {
        return client("send_timed_out", "The line did not take a message within " + time + " (send)");
    }

    static ActorCallException tooManyCalls(int max) {
        return client("too_many_calls", "More than " + max + " calls, or too many bytes of them, have no answer yet");
    }

    static ActorCallException closed() {
        return client("closed", "The client or the connection was closed");
    }

    static ActorCallException interrupted() {
        return client("interrupted", "The thread that waited was interrupted; the action may run on");
    }

    static ActorCallException callTimedOut(Duration time) {
        return new ActorCallException(
                ACTOR, "call_timed_out", "There was no answer within " + time + "; the action may run on", null);
    }

    static ActorCallException invalidKey() {
        return new ActorCallException(ACTOR, "invalid_key", "A key is text: no half of a surrogate pair", null);
    }

    static ActorCallException invalidResult(String action, String fault) {
        return new ActorCallException(ACTOR, "invalid_result", "The result of " + action + ": " + fault, null);
    }

    static ActorCallException unencodable(String what, Throwable thrown) {
        return because(
                thrown,
                new ActorCallException(
                        "message", "outgoing_unencodable", what + " have no form here: " + thrown.getMessage(), null));
    }

    static ActorCallException tooSlow(int max) {
        return new ActorCallException(
                "connection",
                "too_slow",
                "More than " + max + " events, or too many bytes of them, wait for the listener",
                null);
    }

    /** The reason of a close, {@code group.code} or {@code group.code#ray}; null if it is none. */
    static ActorCallException ofCloseReason(String reason) {
        int end = reason.indexOf('#');
        String name = end < 0 ? reason : reason.substring(0, end);
        int dot = name.indexOf('.');
        boolean isCode = dot > 0 && name.matches("[A-Za-z0-9_]+\\.[A-Za-z0-9_.-]+");
        return isCode
                ? new ActorCallException(
                        name.substring(0, dot),
                        name.substring(dot + 1),
                        "The server closed the connection: " + reason,
                        null)
                : null;
    }

    private static ActorCallException client(String code, String message) {
        return new ActorCallException(CLIENT, code, message, null);
    }

    private static ActorCallException because(Throwable cause, ActorCallException error) {
        error.initCause(cause);
        return error;
    }
}
