package org.thespis.runtime.instance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.api.Durability;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.call.Calls;
import org.thespis.runtime.call.RecentCalls;
import org.thespis.runtime.commit.DurableState;
import org.thespis.runtime.commit.OutputGate;
import org.thespis.runtime.connection.Connector;
import org.thespis.runtime.connection.LiveConnections;
import org.thespis.runtime.connection.LiveSockets;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.DocumentPart;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.schedule.Plans;
import org.thespis.runtime.turn.BackgroundWork;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Services;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.TurnRunner;
import org.thespis.runtime.turn.Turns;

/** One live actor: puts its parts together and hands them what comes. Commands from any thread; all else in its turns. */
public final class ActorInstance implements Calls.Actor {

    /** In place of the time since when nothing is going on. */
    private static final long BUSY = Long.MAX_VALUE;

    /** An actor with a plan this near does not fall asleep: a little more than the time before which it would be woken. */
    private static final long SOON_MILLIS = Duration.ofMillis(1_200).toMillis();

    private final ActorContainer container;
    private final ActorRecord record;
    private final Mailbox mailbox;
    private final TurnRunner runner;
    private final Author author;
    private final BackgroundWork work;
    private final LiveConnections connections;
    private final Connector connector;
    private final LiveSockets sockets;
    private final Calls calls;
    private final RecentCalls recentCalls = new RecentCalls();
    private final Plans plans;
    private final OutputGate gate;
    private final DurableState state;
    private final LifeCycle lifeCycle;
    private final TurnEnd turnEnd;

    private volatile long quietSince;
    private volatile long nextPlan = Plans.NEVER;
    private volatile boolean dueQueued;

    /** One whose tasks wait until it is woken or born. */
    ActorInstance(ActorContainer container, ActorRecord record) {
        Services services = container.services();
        this.container = container;
        this.record = record;
        this.mailbox = Mailbox.reserved(services.dispatcher());
        this.author = new Author(
                container.definition(), services.values(), services.verification(), new InstanceContext(this), this);
        this.gate = new OutputGate(services.sink());
        this.lifeCycle = new LifeCycle(this, container);
        this.state = new DurableState(lifeCycle, gate, container.commits(), durability());
        this.turnEnd = new TurnEnd(this);
        this.runner = new TurnRunner(mailbox, turnEnd);
        this.work = new BackgroundWork(runner, services.dispatcher(), this);
        this.plans = new Plans(runner, author, services.clock());
        this.connections = new LiveConnections(runner, author);
        this.connector = new Connector(author, connections, services);
        this.sockets = new LiveSockets(runner, author, connections, connector);
        this.calls = new Calls(this);
        this.quietSince = services.nanoTime().getAsLong();
    }

    public ActorRecord record() {
        return record;
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
        return connector;
    }

    @Override
    public BackgroundWork work() {
        return work;
    }

    @Override
    public RecentCalls recentCalls() {
        return recentCalls;
    }

    Plans plans() {
        return plans;
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

    /** What who comes too late is told; null while the instance lives. Any thread. */
    public ActorError tooLate() {
        Ending ending = lifeCycle.ending();
        return ending == null ? null : ending.waiting();
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
        boolean leaving = command instanceof Command.Disconnect || command instanceof Command.SocketClosed;
        Mailbox.Offer offer = mailbox.offerHere(new CommandTask(command), leaving ? Integer.MAX_VALUE : limit());
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
            connector.connect(turn, connect);
        } else if (command instanceof Command.Disconnect disconnect) {
            connector.disconnect(disconnect.clientId());
        } else if (command instanceof Command.Subscribe subscribe) {
            connector.subscribe(turn, subscribe);
        } else if (command instanceof Command.OpenSocket open) {
            sockets.open(turn, open);
        } else if (command instanceof Command.SocketMessage message) {
            sockets.message(turn, message);
        } else {
            sockets.closed(turn, (Command.SocketClosed) command);
        }
    }

    @Override
    public Mailbox.Offer offer(Mailbox.Task task) {
        return gate.waiting() >= limit() ? Mailbox.Offer.FULL : mailbox.offerHere(task, limit());
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
        if (isGone()) {
            throw new RejectedExecutionException(this + " is gone");
        }
        Mailbox.Offer offer = mailbox.offer(new AuthorTask(task), limit());
        if (offer != Mailbox.Offer.ACCEPTED) {
            throw new RejectedExecutionException(
                    this + (offer == Mailbox.Offer.FULL ? " has too many turns waiting" : " is gone"));
        }
    }

    private final class AuthorTask extends Mailbox.Task {

        private final Runnable task;

        private AuthorTask(Runnable task) {
            this.task = task;
        }

        @Override
        protected void run() {
            runner.run(turn -> {
                if (resume() == null) {
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
        work.releaseLate(nowNanos);
        if (save && durability() == Durability.PERIODIC) {
            state.send();
        }
        long quiet = quietSince;
        if (quiet != BUSY
                && nowNanos - quiet > services().settings().sleepTimeout().toNanos()) {
            lifeCycle.fallAsleep();
        }
    }

    /** Calls what is planned for now. Called by the timer, more often than {@link #tick}. */
    public void tickPlans() {
        if (nextPlan <= services().clock().millis() && !dueQueued) {
            dueQueued = true;
            runner.submit(this::callDue);
        }
    }

    /** Whether it has planned something. Any thread. */
    public boolean hasPlans() {
        return nextPlan != Plans.NEVER;
    }

    /** One plan a turn, so that each is durable with what it did. */
    private void callDue(Turn turn) {
        dueQueued = false;
        Plans.Plan due =
                resume() != null ? null : plans.takeDue(services().clock().instant());
        if (due != null) {
            calls.callPlanned(turn, due.action(), due.arguments());
        }
    }

    /** Looks at the end of a turn what is to come. Used in turns. */
    void look() {
        plans.turnOver();
        boolean hadPlans = hasPlans();
        nextPlan = isGone() ? Plans.NEVER : plans.next();
        if (hadPlans != hasPlans()) {
            container.hasPlans(this, !hadPlans);
        }
        if (hasPlans()) {
            tickPlans();
        }
        quietSince = isQuiet() ? services().nanoTime().getAsLong() : BUSY;
    }

    /** Whether nothing keeps the actor awake. Used in turns. */
    boolean isQuiet() {
        return work.isQuiet() && connections.isEmpty() && sockets.isEmpty() && calls.isEmpty() && !isPlanNear();
    }

    private boolean isPlanNear() {
        return !plans.isEmpty()
                && (durability() == Durability.NONE
                        || plans.next() - services().clock().millis() < SOON_MILLIS);
    }

    /** The state as it is now. Used in turns. */
    @Override
    public byte[] document() {
        return author.write(List.of(plans, recentCalls));
    }

    /** What is kept of an actor that keeps nothing: how its fields were when it was created. */
    byte[] documentWithoutPlans() {
        return author.write(List.of());
    }

    /** Sets all from the store. */
    void read(byte[] document) {
        author.read(document, List.of(plans, recentCalls));
    }

    /** Sets the state back, all but what callers were answered. Used in turns. */
    @Override
    public void restore(byte[] document) {
        try {
            author.read(document, List.<DocumentPart>of(plans));
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
        ids.addAll(sockets.ids());
        ids.forEach(id -> turn.add(new Output.Closed(id, ending.closeCode(), ending.closeReason())));
        endClients(turn, ending);
    }

    /** Ends the clients, with their hooks; who closes them is somebody else. Used in turns. */
    void endClients(Turn turn, Ending ending) {
        connections.endAll();
        String reason = ending.closeReason() == null ? "" : ending.closeReason();
        sockets.endAll(turn, new Close(ending.closeCode(), reason));
    }

    @Override
    public String toString() {
        return record.name() + "/" + record.key() + " (" + record.id() + ")";
    }
}
