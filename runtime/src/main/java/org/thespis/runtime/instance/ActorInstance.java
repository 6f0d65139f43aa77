package org.thespis.runtime.instance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.Durability;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.call.Calls;
import org.thespis.runtime.commit.DurableState;
import org.thespis.runtime.commit.EntryReads;
import org.thespis.runtime.commit.OutputGate;
import org.thespis.runtime.connection.Behind;
import org.thespis.runtime.connection.Connector;
import org.thespis.runtime.connection.LiveConnections;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.Surroundings;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.CallContext;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.schedule.Plans;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Services;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.TurnRunner;
import org.thespis.runtime.turn.Turns;

/** One live actor: puts its parts together and hands them what comes. Commands from any thread; all else in its turns. */
public final class ActorInstance extends LateParts {

    /** In place of the time since when nothing is going on. */
    private static final long BUSY = Long.MAX_VALUE;

    /** An actor with a plan this near does not fall asleep: a little more than the time before which it would be woken. */
    private static final long SOON_MILLIS = Duration.ofMillis(1_200).toMillis();

    /** Nanoseconds are counted in a {@code long}, which has room for 292 years. */
    private static final Duration LONGEST_IDLE = Duration.ofDays(36_500);

    private final ActorContainer container;
    private final String id;
    private final ActorKey key;
    private final Mailbox mailbox;
    private final TurnRunner runner;
    private final Author author;
    private final LiveConnections connections;
    private final Calls calls;
    private final OutputGate gate;
    private final DurableState state;
    private final LifeCycle lifeCycle;
    private final TurnEnd turnEnd;

    private volatile long quietSince;
    private volatile boolean dueQueued;
    private volatile boolean lookAgain;
    private volatile boolean sleepy; // it is not to wait for its idle time

    /**
     * One whose tasks wait until it is woken or born.
     *
     * @throws org.thespis.runtime.message.ActorException if its module has not started
     */
    ActorInstance(ActorContainer container, String id, ActorKey key) {
        Services services = container.services();
        container.surroundings();
        this.container = container;
        this.id = id;
        this.key = key;
        this.mailbox = Mailbox.reserved(services.dispatcher());
        this.author = new Author(container.definition(), services, this, new InstanceContext(this));
        this.gate = new OutputGate(services.sink());
        this.lifeCycle = new LifeCycle(this, container);
        this.state = new DurableState(lifeCycle, gate, container.commits(), durability());
        this.turnEnd = new TurnEnd(this);
        this.runner = new TurnRunner(mailbox, turnEnd);
        this.connections = new LiveConnections(runner, author);
        this.calls = new Calls(this);
        this.quietSince = services.time().nanoTime();
    }

    @Override
    ActorInstance actor() {
        return this;
    }

    public String id() {
        return id;
    }

    String name() {
        return container.definition().name();
    }

    ActorKey key() {
        return key;
    }

    @Override
    public Services services() {
        return container.services();
    }

    @Override
    public Turns turns() {
        return runner;
    }

    @Override
    public Author author() {
        return author;
    }

    @Override
    public LiveConnections connections() {
        return connections;
    }

    @Override
    public Connector connector() {
        return new Connector(author, connections, services());
    }

    Surroundings surroundings() {
        return container.surroundings();
    }

    StateStore store() {
        return container.store();
    }

    EntryReads reads() {
        return container.reads();
    }

    Calls calls() {
        return calls;
    }

    OutputGate gate() {
        return gate;
    }

    DurableState state() {
        return state;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    public LifeCycle lifeCycle() {
        return lifeCycle;
    }

    Durability durability() {
        return container.definition().durability();
    }

    public ActorContext context() {
        return author.context();
    }

    /** What who comes too late is told; null while the instance takes something. Any thread. */
    public ActorError tooLate() {
        return lifeCycle.tooLate();
    }

    @Override
    public ActorError resume() {
        ActorError tooLate = tooLate();
        if (tooLate == null) {
            lifeCycle.resume();
        }
        return tooLate;
    }

    public boolean isGone() {
        return lifeCycle.ending() != null;
    }

    /** Takes a command; false if the instance has left memory. Any thread. */
    public boolean deliver(Command command) {
        if (command instanceof Command.Call call) {
            return calls.deliver(call);
        }
        if (command instanceof Command.CallOnce call) {
            return calls.deliver(call);
        }
        if (command instanceof Command.Request request) {
            return calls.deliver(request);
        }
        boolean leaving = command instanceof Command.Disconnect
                || command instanceof Command.SocketClosed
                || command instanceof Command.End;
        CommandTask task = new CommandTask(command);
        Mailbox.Offer offer = leaving ? mailbox.offerHere(task, Integer.MAX_VALUE) : offer(task);
        if (offer == Mailbox.Offer.FULL) {
            tell(Refusals.of(command, ActorError.overloaded(limit()), author.origin()));
        }
        return offer != Mailbox.Offer.CLOSED;
    }

    private int limit() {
        return services().settings().maxWaitingCalls();
    }

    private final class CommandTask extends Mailbox.Task {

        private final Command command;

        private CommandTask(Command command) {
            this.command = command;
        }

        @Override
        protected void run() {
            runner.run(turn -> handle(turn, command));
        }

        @Override
        protected void dropped() {
            ActorInstance.this.dropped(command);
        }
    }

    private void handle(Turn turn, Command command) {
        ActorError tooLate = resume();
        if (tooLate != null) {
            Refusals.of(command, tooLate, author.origin()).forEach(turn::add);
        } else if (command instanceof Command.Connect connect) {
            turn.methodsOnly();
            connector().connect(turn, connect);
        } else if (command instanceof Command.Disconnect disconnect) {
            turn.methodsOnly();
            connector().disconnect(disconnect.clientId());
        } else if (command instanceof Command.Subscribe subscribe) {
            turn.methodsOnly();
            connector().subscribe(turn, subscribe);
        } else if (command instanceof Command.OpenSocket open) {
            sockets().open(turn, open);
        } else if (command instanceof Command.SocketMessage message) {
            sockets().message(turn, message);
        } else if (command instanceof Command.End end) {
            end(turn, end);
        } else {
            sockets().closed(turn, (Command.SocketClosed) command);
        }
    }

    private void end(Turn turn, Command.End end) {
        String reason = end.why().reason();
        turn.add(new Output.Closed(end.clientId(), Refusals.REFUSED, reason));
        connector().disconnect(end.clientId());
        sockets().closed(turn, new Command.SocketClosed(end.clientId(), new Close(Refusals.REFUSED, reason)));
    }

    @Override
    public Mailbox.Offer offer(Mailbox.Task task) {
        return gate.waiting() >= limit() ? Mailbox.Offer.FULL : mailbox.offerHere(task, limit());
    }

    @Override
    public void lookAgain() {
        lookAgain = true;
    }

    @Override
    public void dropped(Command command) {
        if (!lifeCycle.keepForSuccessor(command)) {
            tell(Refusals.of(command, tooLate(), author.origin()));
        }
    }

    @Override
    public void run(Turns.Body body) {
        runner.run(body);
    }

    /** Runs a turn that must not be lost; false if the instance has left memory. Any thread. */
    public boolean submit(Turns.Body body) {
        return runner.trySubmit(body);
    }

    /** The same for a turn that what waits may have been held up for. Any thread. */
    void submitAndGoOn(Turns.Body body) {
        runner.submitAndGoOn(body);
    }

    /** Runs an author's task as a turn. Any thread. */
    public void execute(Runnable task) {
        if (tooLate() != null) {
            throw new RejectedExecutionException(this + " is gone");
        }
        boolean ofOnSleep = runner.isInside() && lifeCycle.isInOnSleep();
        Mailbox.Offer offer = mailbox.offer(new AuthorTask(task, ofOnSleep), limit());
        if (offer != Mailbox.Offer.ACCEPTED) {
            throw new RejectedExecutionException(
                    this + (offer == Mailbox.Offer.FULL ? " has too many turns waiting" : " is gone"));
        }
    }

    private final class AuthorTask extends Mailbox.Task {

        private final Runnable task;
        private final boolean ofOnSleep; // a part of falling asleep, which does not wake the actor
        private final Caller caller = Behind.caller();

        private AuthorTask(Runnable task, boolean ofOnSleep) {
            this.task = task;
            this.ofOnSleep = ofOnSleep;
        }

        @Override
        protected void run() {
            runner.run(turn -> {
                turn.context(CallContext.of(caller));
                if ((ofOnSleep ? tooLate() : resume()) == null) {
                    task.run();
                }
            });
        }
    }

    /** Tells clients outside of a turn: nothing of the state. Any thread. */
    void tell(List<Output> outputs) {
        outputs.forEach(services().sink()::deliver);
    }

    /** Tells callers whose time is over, writes what is written now and then, falls asleep. Called by the timer. */
    public void tick(long nowNanos, boolean save) {
        calls.expire(nowNanos);
        tellBehindHook(nowNanos);
        releaseLateWork(nowNanos);
        if (lookAgain) {
            lookAgain = false;
            submit(turn -> {}); // whose end looks
        }
        if (save && durability() == Durability.PERIODIC) {
            state.send();
        }
        long quiet = quietSince;
        if (quiet != BUSY && (sleepy || nowNanos - quiet > sleepNanos())) {
            lifeCycle.fallAsleep();
        }
    }

    private long sleepNanos() {
        return services().settings().sleepTimeout().toNanos();
    }

    /** See {@code ActorContext.sleep}. Used in turns. */
    void beSleepy() {
        sleepy = true;
    }

    /** A hook that takes too long holds up only itself: who waits behind it is told so. */
    private void tellBehindHook(long nowNanos) {
        if (author.isHeldUp(nowNanos)) {
            calls.failWaiting(ActorError.hookTimedOut());
        }
    }

    /** How long the timer has nothing to do for this one; see {@code ActorSystem}. Any thread. */
    public long idleNanos(long nowNanos) {
        long idle = Math.min(calls.idleNanos(nowNanos), workIdleNanos(nowNanos));
        idle = Math.min(idle, author.hookIdleNanos(nowNanos));
        long quiet = quietSince;
        if (quiet != BUSY && lifeCycle.isLive()) {
            idle = sleepy ? 0 : Math.min(idle, quiet + sleepNanos() + 1 - nowNanos);
        }
        long plan = announcedPlan();
        if (plan != Plans.NEVER && !dueQueued) {
            idle = Math.min(idle, idleNanosBefore(plan));
        }
        return idle;
    }

    private long idleNanosBefore(long plan) {
        Duration left = Duration.between(services().time().clock().instant(), Instant.ofEpochMilli(plan));
        return left.compareTo(LONGEST_IDLE) < 0 ? left.toNanos() : LONGEST_IDLE.toNanos();
    }

    /** Calls what is planned for now. Called by the timer, more often than {@link #tick}. */
    public void tickPlans() {
        if (announcedPlan() <= services().time().clock().millis() && !dueQueued) {
            dueQueued = true;
            runner.submit(this::callDue);
        }
    }

    /** Whether it has planned something. Any thread. */
    public boolean hasPlans() {
        return announcedPlan() != Plans.NEVER;
    }

    /** One plan a turn, so that each is durable with what it did. */
    private void callDue(Turn turn) {
        dueQueued = false;
        Plans.Plan due = resume() != null
                ? null
                : plans().takeDue(services().time().clock().instant());
        if (due != null) {
            calls.callPlanned(turn, due.planner(), due.action(), due.arguments());
        }
    }

    /** Looks at the end of a turn what is to come. Used in turns. */
    void look() {
        boolean hadPlans = hasPlans();
        planTurnOver(tooLate() == null);
        if (hadPlans != hasPlans()) {
            container.hasPlans(this, !hadPlans);
        }
        if (hasPlans()) {
            tickPlans();
        }
        quietSince = isQuiet() ? services().time().nanoTime() : BUSY;
    }

    /** Whether nothing keeps the actor awake. Used in turns. */
    boolean isQuiet() {
        return areQuiet() && connections.isEmpty() && calls.isEmpty() && !isPlanNear();
    }

    private boolean isPlanNear() {
        long next = nextPlan();
        return next != Plans.NEVER
                && (durability() == Durability.NONE
                        || next - services().time().clock().millis() < SOON_MILLIS);
    }

    /** The state as it is now. Used in turns. */
    byte[] document() {
        return author.write(parts());
    }

    /** The same where methods of the actor are all that may have changed it. Used in turns. */
    byte[] documentAfterMethods() {
        return author.writeParts(parts());
    }

    /** What is kept of an actor that keeps nothing: how its fields were when it was created. */
    byte[] documentWithoutPlans() {
        return author.write(List.of());
    }

    /** Sets all from the store. */
    void read(byte[] document) {
        author.read(document, partsToRead());
    }

    @Override
    public byte[] beforeAction() {
        entries().mark();
        return documentAfterMethods();
    }

    @Override
    public void restore(byte[] document) {
        entries().backToMark();
        setBack(document);
    }

    @Override
    public void beginTransaction(Turn turn, ActionMethod action) {
        turnEnd.transactions()
                .begin(turn, action.timeout().orElse(services().settings().actionTimeout()));
    }

    /** Sets the state back to what it was before the turn, all but what callers were answered. Used in turns. */
    void restoreTurn(byte[] document) {
        entries().back();
        setBack(document);
    }

    private void setBack(byte[] document) {
        try {
            author.read(document, partsToSetBack());
        } catch (RuntimeException | Error e) {
            author.log(e, "setting back the state");
            lifeCycle.lost(ActorError.internal());
            throw e;
        }
    }

    /** See {@code ActorContext.saveState}. Used in turns. */
    void saveState() {
        state.ask();
    }

    /** Closes the clients and ends them, with their hooks, as the actor goes. Used in turns. */
    void closeClients(Turn turn, Ending ending) {
        List<String> ids = new ArrayList<>(connections.ids());
        if (hasSockets()) {
            ids.addAll(sockets().ids());
        }
        ids.forEach(id -> turn.add(new Output.Closed(id, ending.closeCode(), ending.closeReason())));
        endClients(turn, ending);
    }

    /** Ends the clients, with their hooks; who closes them is somebody else. Used in turns. */
    void endClients(Turn turn, Ending ending) {
        if (lifeCycle.isSilent()) {
            return;
        }
        connections.endAll();
        String reason = ending.closeReason() == null ? "" : ending.closeReason();
        if (hasSockets()) {
            sockets().endAll(turn, new Close(ending.closeCode(), reason));
        }
    }

    @Override
    public String toString() {
        return name() + "/" + key + " (" + id + ")";
    }
}
