package org.thespis.runtime;

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

    private Failures() {}

    /**
     * Makes an exception of author's code fit for the client.
     *
     * @param what the actor and the action or hook, for the log
     */
    static ActorError error(Throwable thrown, String what, Class<?> actorType, Values values) {
        Throwable cause = unwrap(thrown);
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

    static void log(Throwable thrown, String what) {
        LOG.log(Level.ERROR, what + " failed", unwrap(thrown));
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static ActorError userError(UserException user, String what, Values values) {
        Object metadata = null;
        try {
            metadata = values.plain(user.metadata());
        } catch (RuntimeException e) {
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
