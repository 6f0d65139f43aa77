package org.thespis.api.spi;

/**
 * The store could not be reached or refused. Nothing was changed, unless {@link #isOutcomeUnknown}; the same call may succeed
 * later.
 */
public class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean outcomeUnknown;

    public StoreException(String message, Throwable cause) {
        this(message, cause, false);
    }

    /** @param outcomeUnknown whether what was asked for may have been done all the same */
    public StoreException(String message, Throwable cause, boolean outcomeUnknown) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether what was asked for may have been done: the store took it, and its answer did not come. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
