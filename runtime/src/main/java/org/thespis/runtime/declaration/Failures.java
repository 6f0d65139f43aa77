package org.thespis.runtime.declaration;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.thespis.api.UserException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/** Decides what a client learns of an exception, and logs the rest. */
final class Failures {

    private static final Logger LOG = System.getLogger(Failures.class.getName());
    private static final String USER_GROUP = "user";
    private static final int MAX_WRAPPINGS = 32; // causes may go round in a circle

    private Failures() {}

    /**
     * Makes an exception of author's code fit for the client.
     *
     * @param what the actor and the action or hook, for the log
     */
    static ActorError error(Throwable thrown, String what, Class<?> actorType, Values values) {
        try {
            return toldToClients(unwrap(thrown), what, actorType, values);
        } catch (Throwable e) { // an exception of the author's that throws when it is asked
            log(e, what);
            return ActorError.internal();
        }
    }

    private static ActorError toldToClients(Throwable cause, String what, Class<?> actorType, Values values) {
        if (cause instanceof ActorException refused) {
            return refused.error();
        }
        if (cause instanceof UserException user) {
            return userError(user, what, values);
        }
        if (cause instanceof ConstraintViolationException invalid && isAboutCall(invalid, actorType)) {
            return violations(invalid);
        }
        log(cause, what);
        return ActorError.internal();
    }

    /** Whatever the exception does when it is asked for its text. */
    static void log(Throwable thrown, String what) {
        Throwable cause = unwrap(thrown);
        try {
            LOG.log(Level.ERROR, what + " failed", cause);
        } catch (Throwable e) {
            LOG.log(Level.ERROR, what + " failed with a " + cause.getClass().getName() + " that cannot be logged");
        }
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < MAX_WRAPPINGS && cause.getCause() != null; i++) {
            if (!(cause instanceof CompletionException || cause instanceof ExecutionException)) {
                break;
            }
            cause = cause.getCause();
        }
        return cause;
    }

    private static ActorError userError(UserException user, String what, Values values) {
        Object metadata = null;
        try {
            metadata = values.plain(user.metadata());
        } catch (Throwable e) {
            log(e, "writing the error metadata of " + what);
        }
        return new ActorError(USER_GROUP, user.code(), String.valueOf(user.getMessage()), metadata);
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
