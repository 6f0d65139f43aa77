package org.thespis.runtime.message;

/** What an author put into a state field cannot be written. */
public final class UnwritableStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ActorError error;

    private UnwritableStateException(String field, String why, Throwable cause, ActorError error) {
        super("the state field " + field + " cannot be written: " + why, cause);
        this.error = error;
    }

    /** A value could not come back. */
    public static UnwritableStateException of(String field, Throwable cause) {
        return new UnwritableStateException(
                field,
                Throwables.text(cause),
                cause,
                ActorError.stateUnwritable("the field " + field + " cannot be written"));
    }

    /** With that field the state is longer than it may be. */
    public static UnwritableStateException tooLarge(String field, int maxBytes) {
        return new UnwritableStateException(
                field,
                "the state may have " + maxBytes + " bytes (thespis/max-state-bytes)",
                null,
                ActorError.stateTooLarge(field, maxBytes));
    }

    /** The store takes nothing, and more than this may not wait for it. */
    public static UnwritableStateException waiting(String field, long maxBytes) {
        return new UnwritableStateException(
                field,
                "entries of " + maxBytes + " bytes wait for the store already",
                null,
                ActorError.storeUnavailable());
    }

    /** An action that only reads has changed the field. */
    public static UnwritableStateException readOnly(String field) {
        return new UnwritableStateException(
                field, "it was changed by what only reads", null, ActorError.readOnly(field));
    }

    /** What clients are told: the name of the field, and no class. */
    public ActorError error() {
        return error;
    }
}
