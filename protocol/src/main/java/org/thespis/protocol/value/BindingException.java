package org.thespis.protocol.value;

/** A plain value does not fit a Java type, or a Java value cannot be written. Its message may be shown to clients. */
public class BindingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BindingException(String message, Throwable cause) {
        super(message, cause);
    }
}
