package org.thespis.runtime.call;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.thespis.api.ActorResponse;
import org.thespis.runtime.connection.Connector;
import org.thespis.runtime.connection.LiveConnections;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.CallContext;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.turn.BackgroundWork;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Services;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.Turns;

/** The calls and low-level requests of one actor: each is answered once. */
public final class Calls extends OpenCalls {

    /** What calls need of their actor. */
    public interface Actor extends Actions.State {

        Services services();

        Turns turns();

        Author author();

        LiveConnections connections();

        Connector connector();

        BackgroundWork work();

        RecentCalls recentCalls();

        /** Runs a turn. Called by a task of the mailbox. */
        void run(Turns.Body body);

        /** Puts a task that a client brought into the mailbox. Any thread. */
        Mailbox.Offer offer(Mailbox.Task task);

        /**
         * Says that something of the author's is about to run; an actor that was about to fall asleep is awake again. Used in
         * turns.
         *
         * @return what who comes too late is told instead, or null
         */
        ActorError resume();

        /** A turn that ended meanwhile has maybe seen a call that is no more: the next tick looks whether all is quiet. */
        void lookAgain();

        /** A command was not run, as the instance left memory before its turn. */
        void dropped(Command command);
    }

    private static final Logger LOG = System.getLogger(Calls.class.getName());

    /** How long what an action began may keep its actor awake beyond its time limit. */
    static final long MAX_OVERTIME_NANOS = TimeUnit.MINUTES.toNanos(10);

    /** In place of longer time limits, which the nano clock does not know. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Actor actor;
    private RecentCalls.Key begunNow; // the call with a key that this turn has begun; used in turns
    private RecentCalls.Key answeredNow; // the call with a key that this turn has answered; used in turns
    private PendingCall heldNow; // the call that this turn began, and that goes on; used in turns

    public Calls(Actor actor) {
        this.actor = actor;
    }

    Author author() {
        return actor.author();
    }

    LiveConnections connections() {
        return actor.connections();
    }

    Connector connector() {
        return actor.connector();
    }

    Actions.State state() {
        return actor;
    }

    /** Takes a call; false if the actor has left memory. Any thread. */
    public boolean deliver(Command.Call call) {
        return offer(new ConnectedCall(this, call, author().definition().action(call.action())));
    }

    /** Takes a stateless call; false if the actor has left memory. Any thread. */
    public boolean deliver(Command.CallOnce call) {
        return offer(new StatelessCall(this, call, author().definition().action(call.action())));
    }

    /** Takes a low-level request; false if the actor has left memory. Any thread. */
    public boolean deliver(Command.Request request) {
        return offer(new LowLevelRequest(this, request));
    }

    /** When a call that comes now is told that it timed out, on the nano clock. */
    long deadline(ActionMethod action) {
        Duration byDefault = actor.services().settings().actionTimeout();
        Duration timeout = action == null ? byDefault : action.timeout().orElse(byDefault);
        return now() + nanos(timeout);
    }

    /** A time limit as the nano clock knows it. */
    public static long nanos(Duration limit) {
        return (limit.compareTo(FOR_EVER) < 0 ? limit : FOR_EVER).toNanos();
    }

    private long now() {
        return actor.services().time().nanoTime();
    }

    private boolean offer(PendingCall call) {
        open(call);
        Mailbox.Offer offer = mayWait() ? actor.offer(call) : Mailbox.Offer.FULL;
        switch (offer) {
            case FULL -> {
                answerNow(
                        call, ActorError.overloaded(actor.services().settings().maxWaitingCalls()));
                actor.lookAgain();
            }
            case CLOSED -> forget(call);
            case ACCEPTED -> {}
        }
        return offer != Mailbox.Offer.CLOSED || !call.claim(); // or it was answered on its way, as the instance ended
    }

    /** Whether beside the one that runs no more wait than may, for their turn or for a stage. */
    private boolean mayWait() {
        return open() <= actor.services().settings().maxWaitingCalls() + 1;
    }

    /** The turn of a call has come. */
    void run(PendingCall call) {
        if (call.isAnswered()) { // its time was over before
            forget(call);
        } else {
            actor.run(call);
        }
    }

    /** Used in turns, at the beginning of each. */
    public void turnBegins() {
        answeredNow = null;
        heldNow = null;
        begunNow = null;
    }

    /** This turn has changed the state. True if that changes what is written of calls, too. Used in turns. */
    public boolean changed() {
        return begunNow != null && actor.recentCalls().changed(begunNow);
    }

    /** Whether a call may run now; else it is told why not. */
    boolean mayBegin(Turn turn, PendingCall call) {
        ActorError tooLate = actor.resume();
        if (tooLate != null) {
            fail(turn, call, tooLate);
        }
        return tooLate == null;
    }

    /** Whether a call of that key has never come before; else it is answered as it was then. */
    boolean isFirst(Turn turn, PendingCall call, RecentCalls.Key key) {
        RecentCalls.Answer earlier = actor.recentCalls().find(key);
        if (earlier != null) {
            finish(
                    turn,
                    call,
                    earlier.error() == null
                            ? new Output.Reply(call.clientId(), call.requestId(), earlier.output())
                            : failed(call, earlier.error()));
            return false;
        }
        ActorError inItsWay = actor.recentCalls().begin(key);
        begunNow = inItsWay == null ? key : null;
        if (inItsWay != null) {
            fail(turn, call, inItsWay);
        }
        return inItsWay == null;
    }

    private Output failed(PendingCall call, ActorError error) {
        return new Output.Failed(call.clientId(), call.requestId(), error, author().origin());
    }

    /** Something that a call began goes on; it keeps the actor awake, for a time. */
    void hold(PendingCall call) {
        heldNow = call;
        call.holdWith(actor.work().hold(call.mayHoldUntil()));
    }

    /** In the thread that completes an author's stage. */
    void completeLater(PendingCall call, Completion done) {
        actor.turns().submit(turn -> complete(turn, call, done));
    }

    private void complete(Turn turn, PendingCall call, Completion done) {
        turn.goesOn();
        turn.context(call.context());
        if (call.isAnswered() && call.key() == null) {
            close(turn, call);
            return;
        }
        if (call.takenBack() != null) {
            fail(turn, call, call.takenBack());
            return;
        }
        try {
            call.complete(turn, done);
        } catch (Throwable e) {
            fail(turn, call, e);
        }
    }

    /** A call has come to its result, a plain value. Used in turns. */
    void answer(Turn turn, PendingCall call, Object plain) {
        keep(call, new RecentCalls.Answer(plain, null));
        finish(turn, call, new Output.Reply(call.clientId(), call.requestId(), plain));
    }

    /** The same for a low-level request. */
    void respond(Turn turn, PendingCall call, ActorResponse given) {
        byte[] body = given.body().clone(); // it may wait for the state while its author goes on
        ActorResponse response = new ActorResponse(given.status(), Map.copyOf(given.headers()), body);
        finish(turn, call, new Output.Responded(call.clientId(), response));
    }

    /** What was called threw. Used in turns. */
    void fail(Turn turn, PendingCall call, Throwable thrown) {
        if (thrown instanceof Actions.UnwritableException unwritable) {
            author().log(unwritable, call.name());
            fail(turn, call, ActorError.unencodable("the result of " + call.name()));
        } else if (thrown instanceof Actions.NotBegunException notBegun) {
            forget(call.key());
            finish(turn, call, failed(call, notBegun.error()));
        } else {
            fail(turn, call, author().failure(thrown, call.name()));
        }
    }

    private void fail(Turn turn, PendingCall call, ActorError error) {
        keep(call, new RecentCalls.Answer(null, error));
        finish(turn, call, failed(call, error));
    }

    private void keep(PendingCall call, RecentCalls.Answer answer) {
        if (call.key() != null) {
            actor.recentCalls().end(call.key(), answer, author().values());
            answeredNow = call.key();
        }
    }

    /** Gives the answer unless one was given; one that comes too late is none, whoever looks at the clock first. */
    private void finish(Turn turn, PendingCall call, Output answer) {
        if (!call.claim()) {
            turn.refuseCommit(ActorError.timedOut());
        } else if (call.isOverdue(now())) {
            turn.add(failed(call, timedOut(call)));
            turn.refuseCommit(ActorError.timedOut());
        } else {
            turn.add(answer);
        }
        close(turn, call);
    }

    private ActorError timedOut(PendingCall call) {
        LOG.log(Level.WARNING, "{0} of {1} took longer than its time limit", call.name(), author());
        return ActorError.timedOut();
    }

    private void close(Turn turn, PendingCall call) {
        forget(call);
        call.release();
        call.endWith(turn);
    }

    /**
     * What this turn left cannot be written: a retry of the call that it answered is told so, too, and who waits for one that
     * it began. Used in turns.
     */
    public void takenBack(ActorError error) {
        if (answeredNow != null) {
            actor.recentCalls().replace(answeredNow, error, author().values());
        }
        failHeld(error);
    }

    /** The same where the transaction of this turn was rolled back: a retry of the call may do better. Used in turns. */
    public void rolledBack(ActorError error) {
        forget(answeredNow);
        failHeld(error);
    }

    private void forget(RecentCalls.Key key) {
        if (key != null) {
            actor.recentCalls().forget(key);
        }
    }

    private void failHeld(ActorError error) {
        PendingCall held = heldNow;
        if (held != null) {
            held.takeBack(error);
            actor.turns().submit(turn -> fail(turn, held, error)); // the end of this turn is past its hooks
        }
    }

    /** Calls what was planned as who planned it; nobody waits for an answer. Used in turns. */
    public void callPlanned(Turn turn, Caller planner, String name, List<Object> arguments) {
        ActionMethod action = author().definition().action(name);
        if (action == null) {
            logPlanned(new IllegalStateException("the action is gone"), name);
            return;
        }
        BackgroundWork.Hold[] hold = new BackgroundWork.Hold[1];
        turn.context(CallContext.of(planner));
        try {
            action.access().require(planner);
            Object result = Actions.run(author(), actor, turn, null, action, arguments, done -> actor.turns()
                    .submit(later -> endPlanned(hold[0], done, name)));
            if (result == Actions.LATER) {
                hold[0] = actor.work().hold(deadline(action) + MAX_OVERTIME_NANOS);
            }
        } catch (Throwable e) {
            logPlanned(e, name);
        }
    }

    private void endPlanned(BackgroundWork.Hold hold, Completion done, String action) {
        hold.release();
        try {
            done.result();
        } catch (Throwable e) {
            logPlanned(e, action);
        }
    }

    private void logPlanned(Throwable thrown, String action) {
        author().log(thrown, action + ", planned,");
    }

    /** Tells callers whose time is over; what they called runs on. Called by the timer. */
    public void expire(long nowNanos) {
        if (isEmpty()) {
            return; // as it is for most actors most of the time
        }
        for (PendingCall call : find(c -> c.isOverdue(nowNanos))) {
            answerNow(call, timedOut(call));
            actor.turns().submit(turn -> call.end()); // whose end looks whether all is quiet now
        }
    }

    /** Tells callers who still wait for their turn that it does not come; nothing of theirs is run. Called by the timer. */
    public void failWaiting(ActorError error) {
        for (PendingCall call : find(PendingCall::claimWaiting)) {
            forget(call);
            actor.services().sink().deliver(failed(call, error));
            actor.turns().submit(turn -> call.end());
        }
    }

    /** How long {@link #expire} has nothing to do; {@code Long.MAX_VALUE} if no call is open. Any thread. */
    public long idleNanos(long nowNanos) {
        return find(call -> true).stream()
                .mapToLong(call -> call.deadlineNanos() - nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Answers outside of a turn: no state of the actor is told. */
    private void answerNow(PendingCall call, ActorError error) {
        forget(call);
        if (call.claim()) {
            actor.services().sink().deliver(failed(call, error));
        }
    }

    /** The mailbox was closed before the turn of a call came. */
    void drop(PendingCall call) {
        forget(call);
        if (call.claim()) {
            actor.dropped(call.command());
        }
    }

    /**
     * Answers all calls, as the actor goes. Used in turns.
     *
     * @param begun for those that may have had effects
     * @param waiting for the others
     */
    public void abandon(Turn turn, ActorError begun, ActorError waiting) {
        for (PendingCall call : find(c -> true)) {
            forget(call);
            call.release();
            if (call.claim()) {
                turn.add(failed(call, call.hasBegun() ? begun : waiting));
            }
        }
    }
}
