package org.thespis.gateway;

import org.thespis.protocol.UnencodableException;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/** The errors that the gateway itself finds; the codes are those that clients of RivetKit know. */
final class Guard {

    private static final String GUARD = "guard";
    private static final String MESSAGE = "message";

    private Guard() {}

    static ActorException invalidParameters(String what) {
        return refuse(GUARD, "query_invalid_params", "Bad address: " + what);
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

    static ActorException unknownNamespace() {
        return refuse("namespace", "not_found", "The namespace does not exist");
    }

    static ActorException unavailable() {
        return new ActorException(ActorError.unavailable());
    }

    static ActorException missingHeader() {
        return refuse(GUARD, "missing_header", "The subprotocol rivet is needed");
    }

    static ActorException originNotAllowed() {
        return refuse(GUARD, "origin_not_allowed", "Pages of this origin may not call");
    }

    static ActorException noRoute() {
        return refuse(GUARD, "route_not_found", "Nothing is served at this address");
    }

    static ActorException unsupportedEncoding() {
        return refuse("actor", "unsupported_websocket_encoding", "The encoding is not json, cbor or bare");
    }

    static ActorException methodNotAllowed() {
        return refuse("actor", "method_not_allowed", "This address takes another method");
    }

    static ActorException invalidRequest(String what) {
        return refuse("actor", "invalid_request", "The request cannot be read: " + what);
    }

    static ActorException invalidConnectionParameters(String what) {
        return refuse("actor", "invalid_connection_params", "The connection parameters cannot be read: " + what);
    }

    static ActorException invalidActorId() {
        return refuse("actor", "invalid_id", "That is no actor id");
    }

    static ActorException keyTooLong(int max) {
        return refuse("actor", "key_too_long", "A key has at most " + max + " bytes");
    }

    static ActorException nameTooLong(int max) {
        return refuse(MESSAGE, "name_too_long", "Names have at most " + max + " bytes");
    }

    static ActorException incomingTooLong(int max) {
        return refuse(MESSAGE, "incoming_too_long", "Messages have at most " + max + " bytes");
    }

    static ActorError outgoingTooLong(int max) {
        return ActorError.of(MESSAGE, "outgoing_too_long", "Answers have at most " + max + " bytes");
    }

    static ActorError unencodable(UnencodableException cause) {
        return ActorError.of(MESSAGE, "outgoing_unencodable", "What was sent has no form here: " + cause.getMessage());
    }

    private static ActorException refuse(String group, String code, String message) {
        return new ActorException(ActorError.of(group, code, message));
    }
}
