package org.thespis.api.spi;

/** The store could not be reached or refused. Nothing was changed; the same call may succeed later. */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
