package org.thespis.runtime;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.protocol.value.BindingException;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Output;

/** How one instance of an actor begins and ends: created or woken, asleep, lost, stopped or destroyed. */
final class LifeCycle {

    private static final int NORMAL_CLOSURE = 1000; // RFC 6455, section 7.4.1

    /** The state of a new actor, and when it is to be woken. */
    record First(byte[] document, long wakeAt) {}

    private final ActorInstance actor;
    private final ActorContainer container;
    private final Services services;
    private final OutputGate gate;
    private final DurableState state;

    /** What who comes too late is told; null while the instance lives. */
    private volatile ActorError ending;

    /** Whether the store has the actor. Used in turns. */
    private boolean stored;

    private volatile boolean destroyed;
    private volatile boolean fallingAsleep;

    LifeCycle(ActorInstance actor, ActorContainer container, Services services, OutputGate gate, DurableState state) {
        this.actor = actor;
        this.container = container;
        this.services = services;
        this.gate = gate;
        this.state = state;
    }

    boolean isGone() {
        return ending != null;
    }

    /** What who comes too late is told. */
    ActorError ending() {
        return ending;
    }

    /** Whether a changed state is to be written. Used in turns. */
    boolean isStored() {
        return stored && !isGone();
    }

    /**
     * Runs the first turn of an unborn actor, {@code OnCreate} in it.
     *
     * @return the first state
     * @throws ActorException if that failed or took too long; then the instance is discarded
     */
    First create(Object input) {
        CompletableFuture<First> created = new CompletableFuture<>();
        Runnable first = () -> {
            try {
                actor.run(t -> created.complete(createNow(input)));
            } catch (Throwable e) {
                created.completeExceptionally(e);
            }
        };
        if (actor.definition().hook(Hook.CREATE) == null) {
            actor.mailbox().submit(first);
        } else {
            inAnotherThread(() -> actor.mailbox().submit(first)); // as it may take too long
        }
        try {
            return created.get(services.settings().createTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            discard();
            throw new ActorException(actor.failure(e, "@OnCreate"));
        } catch (TimeoutException e) {
            discard();
            throw new ActorException(ActorError.createTimedOut());
        } catch (InterruptedException e) {
            discard();
            Thread.currentThread().interrupt();
            throw new ActorException(ActorError.unavailable());
        }
    }

    private First createNow(Object input) {
        try {
            actor.hook(Hook.CREATE, null, Collections.singletonList(input instanceof Undefined ? null : input));
            actor.hook(Hook.WAKE, null, List.of());
            return new First(actor.document(), actor.plans().next());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new CompletionException(e);
        }
    }

    private void inAnotherThread(Runnable task) {
        try {
            services.executor().execute(task);
        } catch (RuntimeException e) { // all threads are busy, or this one may start none
            task.run();
        }
    }

    /** The store has taken the new actor. */
    void born(byte[] first) {
        actor.submit(t -> {
            stored = true;
            state.stored(first, 1);
        });
    }

    /** Runs the first turn of an actor that the store has, then what waits. */
    void wake(StoredActor from) {
        actor.mailbox().begin(() -> {
            try {
                actor.run(t -> load(from));
            } catch (RuntimeException | Error e) { // the bean could not be made
                end(actor.failure(e, "waking"));
            }
        });
    }

    private void load(StoredActor from) {
        try {
            actor.definition()
                    .state()
                    .read(from.state(), actor.bean(), actor.plans(), actor.recentCalls(), actor.values());
            stored = true;
            state.stored(from.state(), from.version());
            actor.hook(Hook.WAKE, null, List.of());
        } catch (BindingException e) {
            Failures.log(e, "reading the state of " + actor);
            end(ActorError.stateUnreadable(e.getMessage()));
        } catch (Throwable e) {
            end(actor.failure(e, "@OnWake"));
        }
    }

    private void end(ActorError error) {
        ending = error;
        actor.work().end();
        container.remove(actor);
        actor.endBean();
    }

    /** Forgets the instance, as if it had never been. */
    void discard() {
        actor.submit(t -> {
            ending = ActorError.actorNotFound();
            actor.endBean();
        });
    }

    /** Lets the actor fall asleep if it is still idle when its turn comes. Called by one timer. */
    void fallAsleep() {
        if (fallingAsleep) {
            return;
        }
        fallingAsleep = true;
        CompletableFuture<Void> worked = actor.work().end(services.settings().sleepGrace());
        if (worked.isDone()) {
            actor.submit(this::fallAsleep);
        } else {
            worked.thenRun(() ->
                    inAnotherThread(() -> actor.submit(this::fallAsleep))); // the timer of the JVM must run no turns
        }
    }

    private void fallAsleep(Turn current) {
        if (isGone()) {
            return;
        }
        if (!actor.isQuiet() || !stored) {
            stayAwake();
            return;
        }
        actor.hookOrLog(Hook.SLEEP);
        state.ask();
        current.afterwards(() -> actor.mailbox().submit(this::closeOrGoOn));
    }

    /** What was brought since {@code OnSleep} wakes the same instance. */
    private void closeOrGoOn() {
        if (isGone()) {
            return;
        }
        if (actor.isQuiet() && state.isSettled() && actor.mailbox().closeIfIdle()) {
            end(ActorError.restarting());
        } else {
            stayAwake();
            actor.run(t -> actor.hookOrLog(Hook.WAKE));
        }
    }

    private void stayAwake() {
        fallingAsleep = false;
        actor.work().goOn();
    }

    /**
     * Gives the instance up without its last turns: another one wrote the state, or the state cannot be written. What the
     * turns sent is not delivered. Any thread.
     */
    void lose(ActorError error) {
        if (destroyed) {
            gate.durable(Long.MAX_VALUE);
            return;
        }
        ending = error;
        actor.work().end();
        container.remove(actor);
        Refusals.deliver(gate.breakDown(), error, actor);
        actor.submit(t -> {
            actor.calls().abandon(t);
            closeAll(t, Connector.REFUSED, error.reason());
            actor.endBean();
        });
    }

    /**
     * Ends the instance, but not the actor, behind the turns that wait; done when its state is durable. Any thread.
     *
     * @param grace how long its work outside of turns is waited for
     */
    CompletableFuture<Void> stop(Duration grace) {
        return actor.work().end(grace).thenCompose(worked -> stopNow());
    }

    private CompletableFuture<Void> stopNow() {
        actor.work().end();
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean awake = actor.submit(t -> {
            if (isGone()) {
                done.complete(null);
                return;
            }
            actor.hookOrLog(Hook.SLEEP);
            state.ask();
            actor.calls().abandon(t);
            t.afterwards(() -> {
                ending = ActorError.unavailable();
                actor.mailbox().submit(actor::endBean);
                done.complete(null);
            });
        });
        if (!awake) {
            done.complete(null);
        }
        return done;
    }

    /** Ends the actor in a turn of its own; null if the instance has fallen asleep. Any thread. */
    CompletionStage<Void> destroy() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean awake = actor.submit(t -> {
            try {
                destroyNow();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        return awake ? done : null;
    }

    /** Ends the actor as part of the present turn. */
    void destroyNow() {
        if (isGone()) {
            return;
        }
        actor.work().end();
        actor.hookOrLog(Hook.DESTROY);
        try {
            services.store().delete(actor.record().id());
        } catch (StoreException e) {
            Failures.log(e, "deleting " + actor);
            lose(ActorError.storeUnavailable());
            throw new ActorException(ActorError.storeUnavailable());
        }
        destroyed = true;
        ending = ActorError.actorNotFound();
        container.remove(actor);
        actor.calls().abandon(actor.requireTurn());
        closeAll(actor.requireTurn(), NORMAL_CLOSURE, null);
        actor.endBean();
    }

    private void closeAll(Turn current, int code, String reason) {
        for (LiveConnection connection : actor.connections().snapshot()) {
            current.add(new Output.Closed(connection.id(), code, reason));
            connection.leave();
        }
        actor.lowLevel().closeAll(current, code, reason);
    }
}
