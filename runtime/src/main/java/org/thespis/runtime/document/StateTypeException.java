package org.thespis.runtime.document;

/** The declared type of a state field cannot come back from the store; the deployment is to be refused. */
public final class StateTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int number;

    StateTypeException(int number, String message) {
        super(message);
        this.number = number;
    }

    /** The number of the rule, from 130 on. */
    public int number() {
        return number;
    }
}
