package org.thespis.runtime.reference;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/** An answer that a thread waits for. */
final class WaitingAnswer implements Answer {

    private final CompletableFuture<Object> outcome = new CompletableFuture<>(); // nothing of an author's hangs on it

    @Override
    public void result(Object plain) {
        outcome.complete(plain);
    }

    @Override
    public void error(ActorError error) {
        outcome.completeExceptionally(new ActorException(error));
    }

    /**
     * Waits for the result, a plain value.
     *
     * @throws ActorException why there is none
     */
    Object await(Duration timeout) {
        try {
            return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw (ActorException) e.getCause();
        } catch (TimeoutException e) {
            throw new ActorException(ActorError.callTimedOut(timeout.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ActorException(ActorError.unavailable());
        }
    }
}
