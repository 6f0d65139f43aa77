package org.thespis.protocol.contract;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stage for which not every thread may wait, as one that holds up what completes it. What is made of it is one, too, and goes
 * on in threads for callbacks. Any thread.
 */
public final class GuardedStage<T> extends CompletableFuture<T> {

    private final Executor executor;
    private final Runnable guard;

    /** @param guard throws an {@link IllegalStateException} in a thread that may not wait; asked by who is about to */
    public GuardedStage(Executor executor, Runnable guard) {
        this.executor = executor;
        this.guard = guard;
    }

    private void requireNoWaiting() {
        if (!isDone()) {
            guard.run();
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new GuardedStage<>(executor, guard);
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
