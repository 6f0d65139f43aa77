package org.thespis.runtime.reference;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.runtime.turn.Turn;

/** A stage for which no turn may wait; what is made of it is one, too, and goes on in threads of the server. Any thread. */
final class GuardedStage<T> extends CompletableFuture<T> {

    private final Executor executor;

    GuardedStage(Executor executor) {
        this.executor = executor;
    }

    /** @throws IllegalStateException inside a turn */
    static void requireNoTurn() {
        if (Turn.current() != null) {
            throw new IllegalStateException(
                    "a turn does not wait for another actor, it would hold up its own: return the"
                            + " CompletionStage, or go on with stage.thenApplyAsync(..., actor.executor())");
        }
    }

    private void requireNoWaiting() {
        if (!isDone()) {
            requireNoTurn();
        }
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new GuardedStage<>(executor);
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
