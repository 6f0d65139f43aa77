package org.thespis.runtime.call;

import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.turn.Turn;

/** A call over a connection. */
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
        LiveConnection connection = connection();
        if (connection == null) {
            calls.forget(this); // the client is gone, nobody waits for an answer
        } else {
            requireAccess(connection.caller());
            invoke(turn, command.arguments());
        }
    }
}
