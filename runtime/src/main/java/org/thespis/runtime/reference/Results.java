package org.thespis.runtime.reference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Throwables;

/** Copies what goes to an actor, and reads what comes from it. In the thread of who asks, or one for callbacks. */
final class Results {

    private static final Logger LOG = System.getLogger(Results.class.getName());

    private Results() {}

    /**
     * The result of an action, as its caller wants it.
     *
     * @throws org.thespis.api.ActorCallException {@code actor.invalid_result} if it does not fit
     */
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
            throw StageAnswer.exception(ActorError.invalidResult(action, e.getMessage()));
        }
    }

    /** What the caller of an action is told whose arguments have no form. */
    static ActorError unwritable(String action, Throwable thrown) {
        Throwables.log(LOG, Level.DEBUG, "the arguments of " + action + " cannot be written", thrown);
        return ActorError.unencodable("the arguments of " + action + ": " + Throwables.text(thrown));
    }

    /**
     * A copy of a value as it is now.
     *
     * @param what names it
     * @throws IllegalArgumentException if it cannot be written
     */
    static Object copied(Scope scope, Object value, String what) {
        try {
            return scope.plain(value);
        } catch (RuntimeException | StackOverflowError e) { // whatever a getter throws
            throw new IllegalArgumentException(what + " cannot be written: " + Throwables.text(e), e);
        }
    }
}
