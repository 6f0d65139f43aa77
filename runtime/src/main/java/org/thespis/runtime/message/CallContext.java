package org.thespis.runtime.message;

/**
 * Who is behind something that runs.
 *
 * @param caller who called
 * @param chain the actors that wait for it
 */
public record CallContext(Caller caller, CallChain chain) {

    public static final CallContext NONE = new CallContext(Caller.ANONYMOUS, CallChain.EMPTY);

    /** That of something nobody waits for. */
    public static CallContext of(Caller caller) {
        return caller == null || caller == Caller.ANONYMOUS ? NONE : new CallContext(caller, CallChain.EMPTY);
    }
}
