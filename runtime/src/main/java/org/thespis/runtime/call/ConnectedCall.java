package org.thespis.runtime.call;

import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.turn.Turn;

/** A call over a connection; it may have an idempotency key. */
final class ConnectedCall extends ActionCall {

    private final Command.Call command;

    ConnectedCall(Calls calls, Command.Call command, ActionMethod action) {
        super(calls, action);
        this.command = command;
    }

    @Override
    Command command() {
        return command;
    }

    @Override
    long requestId() {
        return command.requestId();
    }

    @Override
    LiveConnection connection() {
        return calls.connections().live(clientId());
    }

    @Override
    void begin(Turn turn) throws Throwable {
        LiveConnection mine = connection();
        if (mine == null) {
            calls.forget(this); // the client is gone, nobody waits for an answer
        } else {
            requireAccess(mine.caller());
            invokeOnce(turn, command.idempotencyKey(), mine.caller(), command.arguments());
        }
    }
}
