package org.thespis.runtime.declaration;

/** What an author put into a state field cannot be written. */
public final class UnwritableStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    UnwritableStateException(String field, Throwable cause) {
        super("the state field " + field + " cannot be written: " + cause.getMessage(), cause);
        this.field = field;
    }

    /** The name of the field: all that clients are told. */
    public String field() {
        return field;
    }
}
