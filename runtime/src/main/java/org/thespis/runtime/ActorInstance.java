package org.thespis.runtime;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.api.Durability;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.ActorBeans.ActorBean;

/** One live actor: its bean, its mailbox and its clients. Commands from any thread; all else inside its turns. */
final class ActorInstance {

    private static final int NORMAL_CLOSURE = 1000; // RFC 6455, section 7.4.1

    /** In place of the time since when nothing is going on. */
    private static final long BUSY = Long.MAX_VALUE;

    /** The state of a new actor, and when it is to be woken. */
    record First(byte[] document, long wakeAt) {}

    /** What a turn does. */
    @FunctionalInterface
    interface Body {
        void run(Turn turn);
    }

    private final ActorContainer container;
    private final ActorRecord record;
    private final Services services;
    private final Mailbox mailbox;
    private final InstanceContext context = new InstanceContext(this);
    private final LiveConnections connections = new LiveConnections(this);
    private final Connector connector = new Connector(this);
    private final ActionCalls calls = new ActionCalls(this);
    private final LowLevel lowLevel = new LowLevel(this);
    private final Plans plans = new Plans(this);
    private final RecentCalls recentCalls = new RecentCalls();
    private final Work work = new Work(() -> submit(turn -> {})); // a turn looks anew whether all is quiet

    private final OutputGate gate;
    private final DurableState state;

    private volatile Thread turnThread;
    private Turn turn;
    private ActorBean bean;

    /** What who comes too late is told; null while the instance lives. */
    private volatile ActorError ending;

    /** Whether the store has the actor. */
    private boolean stored;

    private volatile boolean destroyed;
    private volatile boolean fallingAsleep;
    private volatile long quietSince;
    private volatile long nextPlan = Plans.NEVER;

    private ActorInstance(ActorContainer container, ActorRecord record, Services services, Mailbox mailbox) {
        this.container = container;
        this.record = record;
        this.services = services;
        this.mailbox = mailbox;
        this.gate = new OutputGate(services.sink());
        this.state = new DurableState(this, gate, services.commits());
        this.quietSince = services.nanoTime().getAsLong();
    }

    /** The instance of an actor that is about to be created, see {@link #create}. */
    static ActorInstance unborn(ActorContainer container, ActorRecord record, Services services) {
        return new ActorInstance(container, record, services, new Mailbox(services.executor()));
    }

    /** The instance of an actor that the store has. Commands wait until {@link #wake}. */
    static ActorInstance asleep(ActorContainer container, ActorRecord record, Services services) {
        return new ActorInstance(container, record, services, Mailbox.reserved(services.executor()));
    }

    ActorRecord record() {
        return record;
    }

    ActorDefinition definition() {
        return container.definition();
    }

    Services services() {
        return services;
    }

    Values values() {
        return services.values();
    }

    Mailbox mailbox() {
        return mailbox;
    }

    ActionCalls calls() {
        return calls;
    }

    InstanceContext context() {
        return context;
    }

    LiveConnections connections() {
        return connections;
    }

    Connector connector() {
        return connector;
    }

    Object bean() {
        return bean.instance();
    }

    boolean isGone() {
        return ending != null;
    }

    /** What who comes too late is told. */
    ActorError ending() {
        return ending;
    }

    /** Turns whose calls are not answered yet because their state is not durable. */
    int uncommitted() {
        return gate.waiting();
    }

    Output.Origin origin() {
        return new Output.Origin(record.id(), record.key().toString());
    }

    /** Takes a command; false if the instance has fallen asleep. Any thread. */
    boolean deliver(Command command) {
        if (command instanceof Command.Call call) {
            return calls.deliver(call);
        }
        if (command instanceof Command.CallOnce call) {
            return calls.deliver(call);
        }
        if (command instanceof Command.Subscribe subscribe) {
            return submit(t -> connector.subscribe(t, subscribe));
        }
        if (command instanceof Command.Connect connect) {
            return submit(t -> connector.connect(t, connect));
        }
        if (command instanceof Command.Disconnect disconnect) {
            return submit(t -> connector.disconnect(disconnect.clientId()));
        }
        return lowLevel.deliver(command);
    }

    /** Tells callers whose time is over, writes what is written now and then, falls asleep. Called by one timer. */
    void tick(long nowNanos, boolean save) {
        calls.expire(nowNanos);
        if (save && definition().durability() == Durability.PERIODIC) {
            state.send();
        }
        if (nextPlan <= services.clock().millis()) {
            nextPlan = Plans.NEVER; // until the turn has looked
            submit(this::callDue);
        }
        long quiet = quietSince;
        if (quiet != BUSY
                && nowNanos - quiet > services.settings().sleepTimeout().toNanos()
                && !fallingAsleep) {
            fallingAsleep = true;
            submit(this::fallAsleep);
        }
    }

    /** One plan a turn, so that each is durable with what it did. */
    private void callDue(Turn current) {
        Plans.Plan due = isGone() ? null : plans.takeDue(services.clock().instant());
        if (due != null) {
            calls.callPlanned(due);
        }
    }

    /** Runs a turn that must not be lost; false if the instance has fallen asleep. Any thread. */
    boolean submit(Body body) {
        return mailbox.submit(() -> run(body));
    }

    /** Runs an author's task as a turn. Any thread. */
    void execute(Runnable task) {
        Mailbox.Offer offer = mailbox.offer(
                () -> run(t -> {
                    if (!isGone()) {
                        task.run();
                    }
                }),
                services.settings().maxWaitingCalls());
        if (offer == Mailbox.Offer.CLOSED) {
            throw new RejectedExecutionException(this + " is asleep");
        }
        if (offer == Mailbox.Offer.FULL) {
            throw new RejectedExecutionException(this + " has too many turns waiting");
        }
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
                run(t -> created.complete(createNow(input)));
            } catch (Throwable e) {
                created.completeExceptionally(e);
            }
        };
        if (definition().hook(Hook.CREATE) == null) {
            mailbox.submit(first);
        } else {
            inAnotherThread(() -> mailbox.submit(first)); // as it may take too long
        }
        try {
            return created.get(services.settings().createTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            discard();
            throw new ActorException(failure(e, "@OnCreate"));
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
            hook(Hook.CREATE, null, Collections.singletonList(input instanceof Undefined ? null : input));
            hook(Hook.WAKE, null, List.of());
            return new First(document(), plans.next());
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
        submit(t -> {
            stored = true;
            state.stored(first, 1);
        });
    }

    /** Runs the first turn of an actor that the store has, then what waits. */
    void wake(StoredActor from) {
        mailbox.begin(() -> {
            try {
                run(t -> load(from));
            } catch (RuntimeException | Error e) { // the bean could not be made
                end(failure(e, "waking"));
            }
        });
    }

    private void load(StoredActor from) {
        try {
            definition().state().read(from.state(), bean(), plans, recentCalls, values());
            stored = true;
            state.stored(from.state(), from.version());
            hook(Hook.WAKE, null, List.of());
        } catch (BindingException e) {
            Failures.log(e, "reading the state of " + this);
            end(ActorError.stateUnreadable(e.getMessage()));
        } catch (Throwable e) {
            end(failure(e, "@OnWake"));
        }
    }

    private void end(ActorError error) {
        ending = error;
        work.end();
        container.remove(this);
        endBean();
    }

    /** Forgets the instance, as if it had never been. */
    void discard() {
        submit(t -> {
            ending = ActorError.actorNotFound();
            endBean();
        });
    }

    private void fallAsleep(Turn current) {
        if (isGone() || !isQuiet() || !stored) {
            fallingAsleep = false;
            return;
        }
        hookOrLog(Hook.SLEEP);
        state.ask();
        current.afterwards(() -> mailbox.submit(this::closeOrGoOn));
    }

    /** What was brought since {@code OnSleep} wakes the same instance. */
    private void closeOrGoOn() {
        if (isGone()) {
            return;
        }
        if (isQuiet() && state.isSettled() && mailbox.closeIfIdle()) {
            end(ActorError.restarting());
        } else {
            fallingAsleep = false;
            run(t -> hookOrLog(Hook.WAKE));
        }
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
        work.end();
        container.remove(this);
        Refusals.deliver(gate.breakDown(), error, this);
        submit(t -> {
            calls.abandon(t);
            closeAll(t, Connector.REFUSED, error.reason());
            endBean();
        });
    }

    /**
     * Ends the instance, but not the actor, behind the turns that wait; done when its state is durable. Any thread.
     *
     * @param grace how long its work outside of turns is waited for
     */
    CompletableFuture<Void> stop(Duration grace) {
        return work.isEmpty() ? stopNow() : work.end(grace).thenCompose(worked -> stopNow());
    }

    private CompletableFuture<Void> stopNow() {
        work.end();
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean awake = submit(t -> {
            if (isGone()) {
                done.complete(null);
                return;
            }
            hookOrLog(Hook.SLEEP);
            state.ask();
            calls.abandon(t);
            t.afterwards(() -> {
                ending = ActorError.unavailable();
                mailbox.submit(this::endBean);
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
        boolean awake = submit(t -> {
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
        work.end();
        hookOrLog(Hook.DESTROY);
        try {
            services.store().delete(record.id());
        } catch (StoreException e) {
            Failures.log(e, "deleting " + this);
            lose(ActorError.storeUnavailable());
            throw new ActorException(ActorError.storeUnavailable());
        }
        destroyed = true;
        ending = ActorError.actorNotFound();
        container.remove(this);
        calls.abandon(turn);
        closeAll(turn, NORMAL_CLOSURE, null);
        endBean();
    }

    private void closeAll(Turn current, int code, String reason) {
        for (LiveConnection connection : connections.snapshot()) {
            current.add(new Output.Closed(connection.id(), code, reason));
            connection.leave();
        }
        lowLevel.closeAll(current, code, reason);
    }

    private void endBean() {
        if (bean == null) {
            return;
        }
        Object outer = bean.enter();
        try {
            bean.destroy();
        } catch (RuntimeException e) {
            Failures.log(e, "ending the bean of " + this);
        } finally {
            bean.leave(outer);
        }
    }

    /** Runs a turn. Called by the mailbox only. */
    void run(Body body) {
        Turn current = new Turn();
        long needs;
        Thread thread = Thread.currentThread();
        ClassLoader outer = thread.getContextClassLoader();
        thread.setContextClassLoader(definition().type().getClassLoader());
        turn = current;
        turnThread = thread;
        quietSince = BUSY;
        try {
            if (bean == null && !isGone()) {
                bean = services.beans().create(definition(), context);
            }
            needs = runEntered(body, current);
        } finally {
            turnThread = null;
            turn = null;
            thread.setContextClassLoader(outer);
        }
        nextPlan = isGone() ? Plans.NEVER : plans.next();
        quietSince = isQuiet() ? services.nanoTime().getAsLong() : BUSY;
        if (!gate.hold(needs, current.outputs(), current.afterwards())) {
            Refusals.deliver(current.outputs(), ending, this);
        }
    }

    /** Without a bean if it could not be made: then the turn only refuses. */
    private long runEntered(Body body, Turn current) {
        Object entered = bean == null ? null : bean.enter();
        try {
            body.run(current);
            current.runEpilogue();
            return settle();
        } finally {
            if (bean != null) {
                bean.leave(entered);
            }
        }
    }

    private boolean isQuiet() {
        boolean forgetful = definition().durability() == Durability.NONE && !plans.isEmpty();
        return !forgetful && work.isEmpty() && connections.isEmpty() && lowLevel.isEmpty() && calls.isEmpty();
    }

    /** Sends a changed state to the store; returns the number of the state that the output must wait for. */
    private long settle() {
        if (isGone() || !stored || definition().durability() == Durability.NONE) {
            return 0;
        }
        try {
            if (state.update(document(), plans.next()) && definition().hook(Hook.STATE_CHANGE) != null) {
                hookOrLog(Hook.STATE_CHANGE);
                state.update(document(), plans.next());
            }
            return state.endTurn();
        } catch (BindingException e) {
            Failures.log(e, "writing the state of " + this);
            lose(ActorError.internal());
            return 0;
        }
    }

    /** The state as it is now. Used in turns. */
    byte[] document() {
        return definition().state().write(bean(), plans, recentCalls, values());
    }

    /** Sets the state back. Used in turns. */
    void restore(byte[] document) {
        definition().state().readState(document, bean(), plans, values());
    }

    Work work() {
        return work;
    }

    RecentCalls recentCalls() {
        return recentCalls;
    }

    Plans plans() {
        return plans;
    }

    /** See {@code ActorContext.saveState}. Used in turns. */
    void saveState() {
        state.ask();
    }

    /** The present turn. */
    Turn requireTurn() {
        if (turnThread != Thread.currentThread()) {
            throw new IllegalStateException("use this only inside a turn of " + this
                    + "; from other threads go through ActorContext.executor()");
        }
        return turn;
    }

    /** Calls a hook with plain arguments; null if the actor has none of that kind. */
    Object hook(Hook hook, LiveConnection connection, List<Object> plainArguments) throws Throwable {
        Invoker invoker = definition().hook(hook);
        return invoker == null ? null : invoker.invokePlain(bean(), context, connection, plainArguments, values());
    }

    private void hookOrLog(Hook hook) {
        try {
            hook(hook, null, List.of());
        } catch (Throwable e) {
            Failures.log(e, hook + " of " + this);
        }
    }

    ActorError failure(Throwable thrown, String what) {
        return Failures.error(thrown, what + " of " + this, definition().type(), values());
    }

    /** A copy of an author's arguments as they are now. */
    @SuppressWarnings("unchecked")
    List<Object> plainList(Object... arguments) {
        return arguments == null
                ? Collections.singletonList(null)
                : (List<Object>) values().plain(Arrays.asList(arguments));
    }

    @Override
    public String toString() {
        return record.name() + "/" + record.key() + " (" + record.id() + ")";
    }
}
