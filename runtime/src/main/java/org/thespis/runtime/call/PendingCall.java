package org.thespis.runtime.call;

import java.util.function.Consumer;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.CallContext;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.turn.BackgroundWork;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.Turns;

/** A call that is owed one answer, from its coming on. */
abstract class PendingCall extends Mailbox.Task implements Turns.Body, Consumer<Completion> {

    final Calls calls;
    private final long deadlineNanos;

    // guarded by the open calls
    PendingCall previous;
    PendingCall following;
    boolean listed;

    private boolean answered; // guarded by this
    private volatile boolean begun; // changed only where it is guarded by this
    private volatile BackgroundWork.Hold hold;
    private ActorError takenBack; // used in turns

    PendingCall(Calls calls, long deadlineNanos) {
        this.calls = calls;
        this.deadlineNanos = deadlineNanos;
    }

    abstract Command command();

    /** Which of the client's calls it is. */
    long requestId() {
        return 0; // it has only this one
    }

    /** Names it in the log. */
    abstract String name();

    /** Runs what was called, in the first turn of the call. */
    abstract void begin(Turn turn) throws Throwable;

    /** The author's stage has completed. Used in turns. */
    abstract void complete(Turn turn, Completion done) throws Throwable;

    /** The call with its idempotency key, if it has one. */
    RecentCalls.Key key() {
        return null;
    }

    /** Who is behind it, beyond what its connection says. */
    CallContext context() {
        return CallContext.NONE;
    }

    /** The call is over, answered or not: does what is left to do. Used in turns; maybe more than once. */
    void end() {
        // most leave nothing behind
    }

    /** Does so at the end of the turn. */
    void endWith(Turn turn) {
        // likewise
    }

    /** How long what it began may keep the actor awake, on the nano clock. */
    long mayHoldUntil() {
        return deadlineNanos + Calls.MAX_OVERTIME_NANOS;
    }

    String clientId() {
        return command().clientId();
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    boolean isOverdue(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    /** True for the first who asks: only that one may answer. Any thread. */
    synchronized boolean claim() {
        boolean first = !answered;
        answered = true;
        return first;
    }

    /** The same unless it has begun. Any thread. */
    synchronized boolean claimWaiting() {
        return !begun && claim();
    }

    /** False if it was answered while it waited. */
    private synchronized boolean begins() {
        begun = !answered;
        return begun;
    }

    synchronized boolean isAnswered() {
        return answered;
    }

    /** Whether it may have had effects. Any thread. */
    boolean hasBegun() {
        return begun;
    }

    /** What the call did is taken back; so it has failed, whatever it comes to. Used in turns. */
    void takeBack(ActorError error) {
        takenBack = error;
    }

    /** Why what it did was taken back, or null. Used in turns. */
    ActorError takenBack() {
        return takenBack;
    }

    /** Something of the author's goes on, and keeps the actor awake meanwhile. */
    void holdWith(BackgroundWork.Hold newHold) {
        hold = newHold;
    }

    void release() {
        if (hold != null) {
            hold.release();
        }
    }

    @Override
    protected void run() {
        calls.run(this);
    }

    @Override
    public void run(Turn turn) {
        turn.context(context());
        if (calls.mayBegin(turn, this) && begins()) { // OnWake may have run in between
            try {
                begin(turn);
            } catch (Throwable e) {
                calls.fail(turn, this, e);
            }
        }
    }

    /** In the thread that completes the author's stage. */
    @Override
    public void accept(Completion done) {
        calls.completeLater(this, done);
    }

    @Override
    protected void dropped() {
        calls.drop(this);
    }
}
