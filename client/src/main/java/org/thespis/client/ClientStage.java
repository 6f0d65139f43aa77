package org.thespis.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stage for which no listener of its own connection may wait, as it would wait for what comes behind it. What is made of it
 * is one, too, and goes on in threads for callbacks. Any thread.
 */
final class ClientStage<T> extends CompletableFuture<T> {

    private final Executor executor;
    private final Lane lane;

    /** @param lane in which it completes; null if in none */
    ClientStage(Executor executor, Lane lane) {
        this.executor = executor;
        this.lane = lane;
    }

    private void requireNoWaiting() {
        if (lane != null && !isDone()) {
            lane.requireElsewhere();
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new ClientStage<>(executor, lane);
    }

    @Override
    public Executor defaultExecutor() {
        return executor;
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        requireNoWaiting();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        requireNoWaiting();
        return super.get(timeout, unit);
    }

    @Override
    public T join() {
        requireNoWaiting();
        return super.join();
    }
}
