package org.thespis.client;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;

/** Copies what goes to an actor, and reads what comes from it. */
final class Results {

    private Results() {}

    /** @throws ActorCallException {@code actor.invalid_result} if it does not fit */
    static Object read(Values values, String action, Type type, Object plain) {
        if (type == void.class) {
            return null; // nobody looks at it
        }
        try {
            Object bound = values.bind(plain, type);
            if (bound == null && type instanceof Class<?> c && c.isPrimitive()) {
                throw new BindingException("there is none, and a " + c.getName() + " is expected", null);
            }
            return bound;
        } catch (BindingException e) {
            throw ClientErrors.invalidResult(action, e.getMessage());
        }
    }

    /**
     * The arguments of a call as they are now.
     *
     * @throws ActorCallException {@code message.outgoing_unencodable}
     */
    @SuppressWarnings("unchecked")
    static List<Object> arguments(Values values, String action, Object... arguments) {
        Object[] given = arguments == null ? new Object[] {null} : arguments;
        try {
            return (List<Object>) values.plain(Arrays.asList(given));
        } catch (RuntimeException | StackOverflowError e) { // whatever a getter throws
            throw unwritable(action, e);
        }
    }

    static ActorCallException unwritable(String action, Throwable thrown) {
        return ClientErrors.unencodable("the arguments of " + action, thrown);
    }

    /** @throws IllegalArgumentException if it cannot be written */
    static Object copied(Values values, Object value, String what) {
        try {
            return values.plain(value);
        } catch (RuntimeException | StackOverflowError e) { // whatever a getter throws
            throw new IllegalArgumentException(what + " cannot be written", e);
        }
    }
}
