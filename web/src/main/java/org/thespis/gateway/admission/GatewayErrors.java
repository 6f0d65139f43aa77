package org.thespis.gateway.admission;

import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/** The errors that the gateway itself finds; the codes are those that clients of RivetKit know, where there is one. */
public final class GatewayErrors {

    private static final String GUARD = "guard";
    private static final String MESSAGE = "message";
    private static final String AUTH = "auth";
    private static final String ACTOR = "actor";

    private GatewayErrors() {}

    public static ActorException invalidParameters(String what) {
        return refuse(GUARD, "query_invalid_params", "Bad address: " + what);
    }

    static ActorException invalidPath() {
        return refuse(GUARD, "invalid_path", "The path is not in its plain form");
    }

    static ActorException missingPool() {
        return refuse(GUARD, "query_missing_pool", "Bad address: rvt-runner is missing");
    }

    static ActorException duplicateParameter(String name) {
        return refuse(GUARD, "query_duplicate_param", "Bad address: " + name + " is given twice");
    }

    static ActorException invalidInput() {
        return refuse(GUARD, "query_invalid_base64_input", "Bad address: rvt-input is not base64url of CBOR");
    }

    public static ActorException unknownNamespace() {
        return refuse("namespace", "not_found", "The namespace does not exist");
    }

    public static ActorException unavailable() {
        return new ActorException(ActorError.unavailable());
    }

    public static ActorException missingHeader() {
        return refuse(GUARD, "missing_header", "The subprotocol rivet is needed");
    }

    static ActorException originNotAllowed() {
        return refuse(GUARD, "origin_not_allowed", "Pages of this origin may not call");
    }

    static ActorException hostNotAllowed() {
        return refuse(GUARD, "host_not_allowed", "This server does not answer under that name");
    }

    static ActorException crossSite() {
        return refuse(GUARD, "cross_site", "A page of another site may not do this");
    }

    static ActorException tokenNotAccepted() {
        return refuse(AUTH, "token_not_accepted", "Nobody here checks tokens");
    }

    static ActorException managementClosed() {
        return refuse(AUTH, "management_closed", "Listing and destroying actors is closed here");
    }

    static ActorException tooManyConnections(String whose) {
        return refuse(GUARD, "too_many_connections", "Too many connections of " + whose);
    }

    static ActorException tooManyHandshakes(String whose) {
        return refuse(GUARD, "too_many_handshakes", "Too many new connections of " + whose + " in a short time");
    }

    static ActorException tooManyRequests(String whose) {
        return refuse(GUARD, "too_many_requests", "Too many requests or messages of " + whose + " in a short time");
    }

    public static ActorException tooManyTokens() {
        return tooManyRequests("this connection that renew its token");
    }

    static ActorException tooManyCreations(String whose) {
        return refuse(GUARD, "too_many_creations", "Too many new actors of " + whose + " in a short time");
    }

    static ActorException tooManyBytes(String whose) {
        return refuse(GUARD, "too_many_bytes", "Too much is on its way to or from " + whose);
    }

    public static ActorException tooManyWaiting() {
        return tooManyBytes("this connection, which waits for its actor");
    }

    public static ActorException requestHeadTooLarge(int maxBytes, int maxFields) {
        return refuse(
                GUARD,
                "request_head_too_large",
                "A request has at most " + maxBytes + " bytes and " + maxFields + " fields before its body");
    }

    public static ActorException requestTimedOut() {
        return refuse(GUARD, "request_timed_out", "The body did not come in time");
    }

    public static ActorException noRoute() {
        return refuse(GUARD, "route_not_found", "Nothing is served at this address");
    }

    public static ActorException unsupportedEncoding() {
        return refuse(ACTOR, "unsupported_websocket_encoding", "The encoding is not json, cbor or bare");
    }

    public static ActorException methodNotAllowed() {
        return refuse(ACTOR, "method_not_allowed", "This address takes another method");
    }

    public static ActorException invalidRequest(String what) {
        return refuse(ACTOR, "invalid_request", "The request cannot be read: " + what);
    }

    public static ActorException invalidConnectionParameters(String what) {
        return refuse(ACTOR, "invalid_connection_params", "The connection parameters cannot be read: " + what);
    }

    public static ActorException invalidActorId() {
        return refuse(ACTOR, "invalid_id", "That is no actor id");
    }

    static ActorException keyNoText() {
        return new ActorException(ActorError.invalidKey());
    }

    static ActorException keyTooLong(int max) {
        return new ActorException(ActorError.keyTooLong(max));
    }

    public static ActorException nameTooLong(int max) {
        return refuse(MESSAGE, "name_too_long", "Names have at most " + max + " bytes");
    }

    public static ActorException incomingTooLong(int max) {
        return refuse(MESSAGE, "incoming_too_long", "Messages have at most " + max + " bytes");
    }

    public static ActorError outgoingTooLong(int max) {
        return ActorError.of(MESSAGE, "outgoing_too_long", "Answers have at most " + max + " bytes");
    }

    private static ActorException refuse(String group, String code, String message) {
        return new ActorException(ActorError.of(group, code, message));
    }
}
