package org.thespis.runtime;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.thespis.api.Durability;
import org.thespis.api.spi.ActorRecord;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.ActorBeans.ActorBean;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** One live actor: its bean, its mailbox and its clients. Commands from any thread; all else inside its turns. */
final class ActorInstance {

    /** In place of the time since when nothing is going on. */
    private static final long BUSY = Long.MAX_VALUE;

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
    private final LifeCycle lifeCycle;

    private volatile Thread turnThread;
    private Turn turn;
    private ActorBean bean;

    private volatile long quietSince;
    private volatile long nextPlan = Plans.NEVER;

    private ActorInstance(ActorContainer container, ActorRecord record, Services services, Mailbox mailbox) {
        this.container = container;
        this.record = record;
        this.services = services;
        this.mailbox = mailbox;
        this.gate = new OutputGate(services.sink());
        this.state = new DurableState(this, gate, services.commits());
        this.lifeCycle = new LifeCycle(this, container, services, gate, state);
        this.quietSince = services.nanoTime().getAsLong();
    }

    /** The instance of an actor that is about to be created, see {@link LifeCycle#create}. */
    static ActorInstance unborn(ActorContainer container, ActorRecord record, Services services) {
        return new ActorInstance(container, record, services, new Mailbox(services.executor()));
    }

    /** The instance of an actor that the store has. Commands wait until {@link LifeCycle#wake}. */
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
        return lifeCycle.isGone();
    }

    /** What who comes too late is told. */
    ActorError ending() {
        return lifeCycle.ending();
    }

    LifeCycle lifeCycle() {
        return lifeCycle;
    }

    LowLevel lowLevel() {
        return lowLevel;
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
                && nowNanos - quiet > services.settings().sleepTimeout().toNanos()) {
            lifeCycle.fallAsleep();
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

    /** Destroys the bean, if it was made. Used in turns. */
    void endBean() {
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
            Refusals.deliver(current.outputs(), ending(), this);
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

    /** Whether nothing keeps the actor awake. Used in turns. */
    boolean isQuiet() {
        boolean forgetful = definition().durability() == Durability.NONE && !plans.isEmpty();
        return !forgetful && work.isEmpty() && connections.isEmpty() && lowLevel.isEmpty() && calls.isEmpty();
    }

    /** Sends a changed state to the store; returns the number of the state that the output must wait for. */
    private long settle() {
        if (!lifeCycle.isStored() || definition().durability() == Durability.NONE) {
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
            lifeCycle.lose(ActorError.internal());
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

    /** Calls a hook without arguments that cannot refuse anything. */
    void hookOrLog(Hook hook) {
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
