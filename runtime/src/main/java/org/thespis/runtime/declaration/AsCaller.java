package org.thespis.runtime.declaration;

/** Makes the server take who is behind a turn for the user of its thread. Any thread. */
@FunctionalInterface
public interface AsCaller {

    /** Whoever the server knows. */
    AsCaller NOBODY_ASKS = Body::run;

    /** Something of an author's. */
    @FunctionalInterface
    interface Body {
        Object run() throws Throwable;
    }

    /**
     * Runs something in this thread, once; behind it the thread is as it was before.
     *
     * @throws Throwable what the body throws, and nothing else
     */
    Object call(Body body) throws Throwable;
}
