package org.thespis.runtime.document;

import org.thespis.protocol.value.BindingException;

/** What was written is longer than it may be. */
public final class TooLongException extends BindingException {

    private static final long serialVersionUID = 1L;
    private static final int MAX_WRAPPINGS = 32; // causes may go round in a circle

    TooLongException(int maxBytes) {
        super("it is longer than " + maxBytes + " bytes", null);
    }

    /** Whether that is why something could not be written. */
    public static boolean isCauseOf(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < MAX_WRAPPINGS && cause != null; i++) {
            if (cause instanceof TooLongException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
