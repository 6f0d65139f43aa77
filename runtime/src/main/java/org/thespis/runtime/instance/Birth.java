package org.thespis.runtime.instance;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.api.spi.StateStore.Creation;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/** One actor that is being created, as somebody waits for it. Any thread. */
public final class Birth {

    private final CompletableFuture<Creation> outcome = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile boolean begun;
    private volatile boolean admitting;
    private boolean givenUp; // guarded by this
    private boolean storing; // guarded by this

    /** Says that the hooks of the creation are about to run; when all is over, {@link #end} follows. */
    void begin() {
        begun = true;
    }

    /** Nothing of the creation runs any more. */
    void end() {
        over.complete(null);
    }

    /** Runs something when nothing of the creation runs any more, which may be now. */
    void whenOver(Runnable then) {
        if (begun) {
            over.thenRun(then);
        } else {
            then.run();
        }
    }

    /** Says that the actor is made, and decides whether it lets the client in that it is created for. */
    void beginAdmitting() {
        admitting = true;
    }

    /** Says that the store is about to be asked; false if nobody waits any more, then it must not be. */
    synchronized boolean beginStoring() {
        storing = !givenUp;
        return storing;
    }

    private synchronized boolean giveUp() {
        givenUp = !storing;
        return givenUp;
    }

    void stored(Creation creation) {
        outcome.complete(creation);
    }

    void refused(ActorError error) {
        outcome.completeExceptionally(new ActorException(error));
    }

    /**
     * Waits for the outcome.
     *
     * @param limit for the author's hooks
     * @param patience for the store
     * @throws ActorException why the actor was not created; or that the store does not say whether it was
     */
    public Creation await(Duration limit, Duration patience) {
        try {
            return await(limit);
        } catch (TimeoutException e) {
            if (giveUp()) {
                throw new ActorException(admitting ? ActorError.connectTimedOut() : ActorError.createTimedOut());
            }
        }
        try {
            return await(patience);
        } catch (TimeoutException e) {
            throw new ActorException(ActorError.outcomeUnknown());
        }
    }

    private Creation await(Duration time) throws TimeoutException {
        try {
            return outcome.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw (ActorException) e.getCause();
        } catch (InterruptedException e) {
            boolean nothingStored = giveUp();
            Thread.currentThread().interrupt();
            throw new ActorException(nothingStored ? ActorError.unavailable() : ActorError.outcomeUnknown());
        }
    }
}
