package org.thespis.runtime.call;

import org.thespis.runtime.connection.Connector;
import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.ActorDefinition.ActionMethod;
import org.thespis.runtime.message.CallContext;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.turn.Turn;

/** A call with a connection of its own, which ends with it; it may have an idempotency key. */
final class StatelessCall extends ActionCall {

    private final Command.CallOnce command;
    private LiveConnection connection; // used in turns

    StatelessCall(Calls calls, Command.CallOnce command, ActionMethod action) {
        super(calls, action);
        this.command = command;
    }

    @Override
    Command command() {
        return command;
    }

    @Override
    LiveConnection connection() {
        return connection;
    }

    @Override
    CallContext context() {
        return command.chain().links().isEmpty()
                ? CallContext.NONE
                : new CallContext(command.caller(), command.chain());
    }

    @Override
    void begin(Turn turn) throws Throwable {
        requireAccess(command.caller());
        LiveConnection mine =
                calls.connections().make(clientId(), command.parameters(), command.caller(), command.request());
        calls.connector().check(turn, mine);
        calls.connector().enter(mine);
        connection = mine;
        Connector.requireOpen(mine);
        invokeOnce(turn, command.idempotencyKey(), command.caller(), command.arguments());
    }

    @Override
    void endWith(Turn turn) {
        if (connection != null) {
            turn.atEnd(this::end);
        }
    }

    @Override
    void end() {
        if (connection != null) {
            calls.connections().end(connection);
        }
    }
}
