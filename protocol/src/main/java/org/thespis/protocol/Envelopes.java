package org.thespis.protocol;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;

/** Reads the envelope {@code {"body":{"tag":T,"val":V}}} that json and cbor share. */
final class Envelopes {

    private Envelopes() {}

    static ClientMessage message(Object plain) throws MalformedMessageException {
        Map<?, ?> body = member(plain, "body", Map.class);
        String tag = member(body, "tag", String.class);
        Map<?, ?> val = member(body, "val", Map.class);
        return switch (tag) {
            case "ActionRequest" -> new ActionRequest(
                    id(val.get("id")), member(val, "name", String.class), list(val.get("args")));
            case "SubscriptionRequest" -> new SubscriptionRequest(
                    member(val, "eventName", String.class), member(val, "subscribe", Boolean.class));
            default -> throw new MalformedMessageException("unknown tag");
        };
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
