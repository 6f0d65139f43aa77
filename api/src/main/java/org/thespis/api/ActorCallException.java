package org.thespis.api;

/**
 * A call of an actor from inside the server failed, with what a client would be told: what the actor's {@link UserException}
 * said as group {@code user}, and all else that the actor threw as {@code rivetkit.internal_error}, without detail. Thrown on
 * by the action of an actor it is such an internal error again, apart from {@code actor.action_timed_out} and {@code
 * actor.call_cycle}: catch it, and throw a {@link UserException} of your own.
 */
public class ActorCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String group;
    private final String code;
    private final transient Object metadata;

    /**
     * @param group where the error comes from: {@code user}, {@code actor}, {@code guard} and others
     * @param code a short name for programs
     * @param message a sentence for people
     * @param metadata a plain value, or null
     */
    public ActorCallException(String group, String code, String message, Object metadata) {
        super(message);
        this.group = group;
        this.code = code;
        this.metadata = metadata;
    }

    public String group() {
        return group;
    }

    public String code() {
        return code;
    }

    public Object metadata() {
        return metadata;
    }

    @Override
    public String toString() {
        return getClass().getName() + ": " + group + "." + code + ": " + getMessage();
    }
}
