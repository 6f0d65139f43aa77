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

    ActionCall(Calls calls, ActionMethod action) {
        super(calls, calls.deadline(action));
        this.action = action;
    }

    /** The connection on whose behalf it runs; null if that is gone. Used in turns. */
    abstract LiveConnection connection();

    /** Whether the actor has no such action; of such a call nothing is kept. */
    boolean isUnknown() {
        return action == null;
    }

    @Override
    String name() {
        return action == null ? "an unknown action" : action.name();
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
    void invoke(Turn turn, List<Object> arguments) throws Throwable {
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
