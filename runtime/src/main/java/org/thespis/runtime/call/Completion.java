package org.thespis.runtime.call;

import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The outcome of an author's stage, of any kind: one that is there already is taken at once, one that comes later is handed
 * on. Of a stage that says so twice, the first word counts.
 */
final class Completion implements BiConsumer<Object, Throwable> {

    private final Consumer<Completion> later;
    private boolean asked; // guarded by this
    private boolean done; // guarded by this
    private Object value; // guarded by this
    private Throwable thrown; // guarded by this

    private Completion(Consumer<Completion> later) {
        this.later = later;
    }

    /**
     * Follows a stage.
     *
     * @param later called with the outcome if it is not there yet, by whoever completes the stage
     * @return the outcome if it is there already, or null
     */
    static Completion follow(CompletionStage<?> stage, Consumer<Completion> later) {
        Completion completion = new Completion(later);
        stage.whenComplete(completion);
        return completion.isThere() ? completion : null;
    }

    private synchronized boolean isThere() {
        asked = true;
        return done;
    }

    @Override
    public void accept(Object result, Throwable failure) {
        synchronized (this) {
            if (done) {
                return;
            }
            done = true;
            value = result;
            thrown = failure;
            if (!asked) {
                return;
            }
        }
        later.accept(this);
    }

    /** @throws Throwable what the stage ended with, if it failed */
    synchronized Object result() throws Throwable {
        if (thrown != null) {
            throw thrown;
        }
        return value;
    }
}
