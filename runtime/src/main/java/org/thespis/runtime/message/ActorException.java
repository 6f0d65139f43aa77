package org.thespis.runtime.message;

/** A request was refused; nothing was changed. */
public final class ActorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ActorError error;

    public ActorException(ActorError error) {
        super(error.reason() + ": " + error.message());
        this.error = error;
    }

    public ActorError error() {
        return error;
    }
}
