package org.thespis.runtime.reference;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.contract.GuardedStage;
import org.thespis.runtime.connection.Behind;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.turn.Turn;

/** An answer as the stage that an author has. It completes on a thread for that, with the class loader of who asked. */
final class StageAnswer<T> implements Answer {

    private final References references;
    private final GuardedStage<T> stage;
    private final Caller caller;
    private final Function<Object, T> reading;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final AtomicBoolean told = new AtomicBoolean(); // of two that are told, the first counts

    /** @param reading makes of a plain value what the author wants; may run an author's code, and throw anything */
    StageAnswer(References references, Caller caller, Function<Object, T> reading) {
        this.references = references;
        this.stage = new GuardedStage<>(references.callbacks(), StageAnswer::requireNoTurn);
        this.caller = caller;
        this.reading = reading;
    }

    /**
     * For who is about to wait.
     *
     * @throws IllegalStateException inside a turn
     */
    static void requireNoTurn() {
        if (Turn.current() != null) {
            throw new IllegalStateException(
                    "a turn does not wait for another actor, it would hold up its own: return the"
                            + " CompletionStage, or go on with stage.thenApplyAsync(..., actor.executor())");
        }
    }

    GuardedStage<T> stage() {
        return stage;
    }

    /** One that failed at once, as nobody is there who could do anything later. */
    static <T> CompletionStage<T> failed(ActorError error) {
        GuardedStage<T> stage = new GuardedStage<>(Runnable::run, StageAnswer::requireNoTurn);
        stage.completeExceptionally(exception(error));
        return stage;
    }

    static ActorCallException exception(ActorError error) {
        return new ActorCallException(error.group(), error.code(), error.message(), error.metadata());
    }

    @Override
    public void result(Object plain) {
        handOver(() -> complete(plain));
    }

    @Override
    public void error(ActorError error) {
        handOver(() -> stage.completeExceptionally(exception(error)));
    }

    private void complete(Object plain) {
        try {
            stage.complete(reading.apply(plain));
        } catch (Throwable e) { // of the author's constructors and adapters
            stage.completeExceptionally(e);
        }
    }

    private void handOver(Runnable completes) {
        if (!told.compareAndSet(false, true)) {
            return;
        }
        references.callbacks().execute(() -> inContext(loader, () -> Behind.run(caller, completes)));
    }

    /** Runs something of an author's with its class loader. */
    static void inContext(ClassLoader loader, Runnable task) {
        Thread here = Thread.currentThread();
        ClassLoader outer = here.getContextClassLoader();
        here.setContextClassLoader(loader);
        try {
            task.run();
        } finally {
            here.setContextClassLoader(outer);
            Thread.interrupted(); // an author's code may have left it so, which is nobody else's
        }
    }
}
