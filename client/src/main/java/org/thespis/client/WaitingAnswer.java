package org.thespis.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.api.ActorCallException;

/** An answer that a thread waits for. */
final class WaitingAnswer implements Answer<Object> {

    private final CompletableFuture<Object> outcome =
            new CompletableFuture<>(); // nothing of the application hangs on it

    @Override
    public void result(Object plain) {
        outcome.complete(plain);
    }

    @Override
    public void error(ActorCallException error) {
        outcome.completeExceptionally(error);
    }

    @Override
    public boolean runsNothing() {
        return true;
    }

    /**
     * Waits for the result, a plain value.
     *
     * @throws ActorCallException why there is none
     */
    Object await(Duration timeout) {
        try {
            return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw again((ActorCallException) e.getCause());
        } catch (TimeoutException e) {
            throw ClientErrors.callTimedOut(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ClientErrors.interrupted();
        }
    }

    /** With the place of who waited. */
    private static ActorCallException again(ActorCallException error) {
        ActorCallException here =
                new ActorCallException(error.group(), error.code(), error.getMessage(), error.metadata());
        here.initCause(error);
        return here;
    }
}
