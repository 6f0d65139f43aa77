package org.thespis.runtime.call;

import java.util.List;
import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.Access;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.turn.Turn;

/** A call of an action. */
abstract class ActionCall extends PendingCall {

    /** Null if the actor has none of that name. */
    private final ActionMethod action;

    private RecentCalls.Key key; // used in turns

    ActionCall(Calls calls, ActionMethod action) {
        super(calls, calls.deadline(action));
        this.action = action;
    }

    @Override
    protected boolean mayBlock() {
        return action == null || !action.nonBlocking();
    }

    /** The connection on whose behalf it runs; null if that is gone. Used in turns. */
    abstract LiveConnection connection();

    @Override
    RecentCalls.Key key() {
        return key;
    }

    @Override
    String name() {
        return action == null ? "an unknown action" : action.name();
    }

    /**
     * Runs the action, unless a call of that key has come before: then it is answered as that was.
     *
     * @param once the idempotency key; null for none
     */
    void invokeOnce(Turn turn, String once, Caller caller, List<Object> arguments) throws Throwable {
        if (action == null
                || once == null
                || isFirst(turn, once, caller, arguments)) { // of an unknown one nothing is kept
            invoke(turn, arguments);
        }
    }

    private boolean isFirst(Turn turn, String once, Caller caller, List<Object> arguments) {
        RecentCalls.Key mine = RecentCalls.Key.of(
                once, caller, action.name(), arguments, calls.author().values());
        if (calls.isFirst(turn, this, mine)) {
            key = mine;
            return true;
        }
        return false;
    }

    /**
     * Asks whether somebody may call it, before anything of the author's runs.
     *
     * @throws ActorException {@code auth.unauthorized} or {@code auth.forbidden}; also if there is no such action
     */
    void requireAccess(Caller caller) {
        Access access = action == null ? calls.author().definition().access().ofClass() : action.access();
        access.require(caller);
    }

    /** Runs the action, and answers, unless it completes later. */
    private void invoke(Turn turn, List<Object> arguments) throws Throwable {
        if (action == null) {
            throw new ActorException(ActorError.actionNotFound());
        }
        turn.methodsOnly();
        turn.onBehalfOf(connection());
        Object result = Actions.run(calls.author(), calls.state(), turn, connection(), action, arguments, this);
        if (result == Actions.LATER) {
            calls.hold(this);
        } else {
            calls.answer(turn, this, result);
        }
    }

    @Override
    void complete(Turn turn, Completion done) throws Throwable {
        turn.onBehalfOf(connection());
        calls.answer(turn, this, Actions.answer(calls.author(), turn, action, done.result()));
    }
}
