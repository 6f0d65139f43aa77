package org.thespis.api;

/**
 * An error that the caller may see whole: code, message and metadata, as group {@code user}. Every other exception
 * reaches the caller as an internal error without detail. What the turn did before it threw stays.
 */
public class UserException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final String DEFAULT_CODE = "user_error";

    private final String code;
    private final transient Object metadata;

    /** With the code {@code user_error}. */
    public UserException(String message) {
        this(DEFAULT_CODE, message, null);
    }

    public UserException(String code, String message) {
        this(code, message, null);
    }

    /**
     * @param code a short name for programs; null means {@code user_error}. Over HTTP the status is 400, but for {@code
     *     unauthorized} (401), {@code payment_required} (402), {@code forbidden} (403), {@code not_found} (404), {@code conflict}
     *     (409), {@code gone} (410) and {@code too_many_requests} (429)
     * @param message a sentence for people
     * @param metadata anything JSON-B can write, or null
     */
    public UserException(String code, String message, Object metadata) {
        super(message);
        this.code = code == null ? DEFAULT_CODE : code;
        this.metadata = metadata;
    }

    public String code() {
        return code;
    }

    public Object metadata() {
        return metadata;
    }
}
