package org.thespis.testkit;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.ActorError;

/** What goes between a test and its actors: plain values, as between a client and a server. Any thread. */
final class Plain {

    private static final Values VALUES = Values.create();

    private Plain() {}

    /**
     * A copy of a value.
     *
     * @throws IllegalArgumentException if it has no form
     */
    static Object of(Object value) {
        try {
            return VALUES.plain(value);
        } catch (BindingException e) {
            throw new IllegalArgumentException("this has no form on the way to an actor: " + value, e);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Object> of(List<?> values) {
        return (List<Object>) of((Object) values);
    }

    /**
     * A plain value as somebody expects it.
     *
     * @param what names it
     * @throws ActorCallException {@code actor.invalid_result} if it does not fit
     */
    static Object bind(Object plain, Type type, String what) {
        if (type == void.class) {
            return null;
        }
        try {
            Object bound = VALUES.bind(plain, type);
            if (bound == null && type instanceof Class<?> c && c.isPrimitive()) {
                throw new BindingException("there is none, and a " + c.getName() + " is expected", null);
            }
            return bound;
        } catch (BindingException e) {
            throw exception(ActorError.invalidResult(what, e.getMessage()));
        }
    }

    static ActorCallException exception(ActorError error) {
        return new ActorCallException(error.group(), error.code(), error.message(), error.metadata());
    }

    /** Whether a client could not tell them apart: of numbers only the value counts. */
    static boolean areSame(Object one, Object other) {
        return comparable(of(one)).equals(comparable(of(other)));
    }

    private static Object comparable(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((key, value) -> copy.put(key, comparable(value)));
            return copy;
        }
        if (plain instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(value -> copy.add(comparable(value)));
            return copy;
        }
        return text(plain);
    }

    private static Object text(Object scalar) {
        if (scalar instanceof Number number) {
            return number(number);
        }
        if (scalar == null) {
            return "null";
        }
        try {
            return VALUES.json(scalar, scalar.getClass());
        } catch (BindingException e) {
            return String.valueOf(scalar);
        }
    }

    private static Object number(Number number) {
        try {
            return new BigDecimal(number.toString()).stripTrailingZeros();
        } catch (NumberFormatException e) { // it is none, or has no end
            return number.doubleValue();
        }
    }
}
