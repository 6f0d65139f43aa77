package org.thespis.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.ErrorDetail.ActorSpecifier;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;

/** Reads the envelope {@code {"body":{"tag":T,"val":V}}} that json and cbor share. */
final class Envelopes {

    static final String KEYED_ACTION_REQUEST = "KeyedActionRequest";
    static final String TOKEN = "Token";
    static final String TOKEN_ENDS = "TokenEnds";

    private Envelopes() {}

    static ClientMessage message(Object plain) throws MalformedMessageException {
        Map<?, ?> body = member(plain, "body", Map.class);
        String tag = member(body, "tag", String.class);
        Map<?, ?> val = member(body, "val", Map.class);
        return switch (tag) {
            case "ActionRequest" -> new ActionRequest(
                    id(val.get("id")), member(val, "name", String.class), list(val.get("args")));
            case KEYED_ACTION_REQUEST -> new ActionRequest(
                    id(val.get("id")),
                    member(val, "name", String.class),
                    list(val.get("args")),
                    member(val, "key", String.class));
            case "SubscriptionRequest" -> new SubscriptionRequest(
                    member(val, "eventName", String.class), member(val, "subscribe", Boolean.class));
            case TOKEN -> new ClientMessage.Token(member(val, "token", String.class));
            default -> throw new MalformedMessageException("unknown tag");
        };
    }

    static ServerMessage serverMessage(Object plain) throws MalformedMessageException {
        Map<?, ?> body = member(plain, "body", Map.class);
        String tag = member(body, "tag", String.class);
        Map<?, ?> val = member(body, "val", Map.class);
        return switch (tag) {
            case "Init" -> new Init(member(val, "actorId", String.class), member(val, "connectionId", String.class));
            case "Event" -> new Event(member(val, "name", String.class), list(val.get("args")));
            case "ActionResponse" -> new ActionResponse(id(val.get("id")), val.get("output"));
            case TOKEN_ENDS -> new ServerMessage.TokenEnds(id(val.get("inMillis")));
            case "Error" -> new Failure(error(val), val.get("actionId") == null ? null : id(val.get("actionId")));
            default -> throw new MalformedMessageException("unknown tag");
        };
    }

    /** What a stateless action was answered. */
    static Object output(Object plain) throws MalformedMessageException {
        if (plain instanceof Map<?, ?> map) {
            return map.get("output");
        }
        throw new MalformedMessageException("not an object");
    }

    static ErrorDetail error(Object plain) throws MalformedMessageException {
        return new ErrorDetail(
                member(plain, "group", String.class),
                member(plain, "code", String.class),
                member(plain, "message", String.class),
                ((Map<?, ?>) plain).get("metadata"),
                ((Map<?, ?>) plain).get("actor") instanceof Map<?, ?> actor ? specifier(actor) : null);
    }

    private static ActorSpecifier specifier(Map<?, ?> actor) throws MalformedMessageException {
        return new ActorSpecifier(
                member(actor, "actorId", String.class),
                id(actor.get("generation")),
                actor.get("key") instanceof String key ? key : null);
    }

    static List<Object> arguments(Object plain) throws MalformedMessageException {
        if (plain instanceof Map<?, ?> map) {
            return list(map.get("args"));
        }
        throw new MalformedMessageException("not an object");
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object plain) throws MalformedMessageException {
        if (plain instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw new MalformedMessageException("args is not a list");
    }

    private static <T> T member(Object plain, String name, Class<T> type) throws MalformedMessageException {
        if (plain instanceof Map<?, ?> map && type.isInstance(map.get(name))) {
            return type.cast(map.get(name));
        }
        throw new MalformedMessageException(name + " is missing or of a wrong type");
    }

    private static long id(Object plain) throws MalformedMessageException {
        if (plain instanceof Long number && number >= 0) {
            return number;
        }
        if (plain instanceof BigInteger number && number.signum() >= 0 && number.bitLength() <= Long.SIZE) {
            return number.longValue();
        }
        throw new MalformedMessageException("id is missing or not an unsigned number");
    }
}
