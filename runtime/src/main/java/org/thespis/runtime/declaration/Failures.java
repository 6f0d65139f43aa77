package org.thespis.runtime.declaration;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.thespis.api.ActorCallException;
import org.thespis.api.UserException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Throwables;
import org.thespis.runtime.message.UnwritableStateException;

/** Decides what a client learns of an exception, and logs the rest. */
final class Failures {

    private static final String USER_GROUP = "user";

    private Failures() {}

    /**
     * Makes an exception of author's code fit for the client.
     *
     * @param log of the type of the actor
     * @param what the actor and the action or hook, for the log
     */
    static ActorError error(Logger log, Throwable thrown, String what, Class<?> actorType, Values values) {
        try {
            return toldToClients(log, Throwables.unwrap(thrown), what, actorType, values);
        } catch (Throwable e) { // an exception of the author's that throws when it is asked
            log(log, e, what);
            return ActorError.internal();
        }
    }

    private static ActorError toldToClients(
            Logger log, Throwable cause, String what, Class<?> actorType, Values values) {
        if (cause instanceof ActorException refused) {
            return refused.error();
        }
        if (cause instanceof UnwritableStateException unwritable) {
            log(log, cause, what);
            return unwritable.error();
        }
        if (cause instanceof UserException user) {
            return userError(log, user, what, values);
        }
        if (cause instanceof ConstraintViolationException invalid && isAboutCall(invalid, actorType)) {
            return violations(invalid);
        }
        log(log, cause, what);
        return cause instanceof ActorCallException call ? ofOtherActor(call) : ActorError.internal();
    }

    /** What another actor's error means for who called this one: no code on which a client would call again. */
    private static ActorError ofOtherActor(ActorCallException call) {
        String reason = call.group() + "." + call.code();
        if (reason.equals(ActorError.timedOut().reason())) {
            return ActorError.timedOut();
        }
        return reason.equals(ActorError.callCycle("").reason()) ? ActorError.callCycleBehind() : ActorError.internal();
    }

    static void log(Logger log, Throwable thrown, String what) {
        Throwables.log(log, Level.ERROR, what + " failed", Throwables.unwrap(thrown));
    }

    private static ActorError userError(Logger log, UserException user, String what, Values values) {
        Object metadata = null;
        try {
            metadata = values.plain(user.metadata());
        } catch (Throwable e) {
            log(log, e, "writing the error metadata of " + what);
        }
        String code = Objects.requireNonNull(user.code(), "a UserException without a code");
        return new ActorError(USER_GROUP, code, String.valueOf(user.getMessage()), metadata);
    }

    /** Whether the constraints stand on the actor's own methods, not somewhere in a service behind it. */
    private static boolean isAboutCall(ConstraintViolationException invalid, Class<?> actorType) {
        return invalid.getConstraintViolations().stream()
                .allMatch(v -> v.getRootBeanClass() != null
                        && (actorType.isAssignableFrom(v.getRootBeanClass())
                                || v.getRootBeanClass().isAssignableFrom(actorType))
                        && v.getExecutableParameters() != null);
    }

    private static ActorError violations(ConstraintViolationException invalid) {
        List<Object> list = new ArrayList<>();
        for (ConstraintViolation<?> violation : invalid.getConstraintViolations()) {
            String path = violation.getPropertyPath().toString();
            list.add(Map.of("path", path.substring(path.indexOf('.') + 1), "message", violation.getMessage()));
        }
        return new ActorError(
                "actor", "validation_failed", "The arguments are not valid", Map.of("violations", List.copyOf(list)));
    }
}
