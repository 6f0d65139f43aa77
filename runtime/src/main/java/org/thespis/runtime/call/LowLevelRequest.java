package org.thespis.runtime.call;

import java.util.concurrent.CompletionStage;
import org.thespis.api.ActorResponse;
import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.declaration.Invoker;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.turn.Turn;

/** A low-level HTTP request; timed and counted like a call. */
final class LowLevelRequest extends PendingCall {

    private final Command.Request command;

    LowLevelRequest(Calls calls, Command.Request command) {
        super(calls, calls.deadline(null));
        this.command = command;
    }

    @Override
    Command command() {
        return command;
    }

    @Override
    String name() {
        return "@OnRequest";
    }

    /** What it began does not keep the actor awake when its time is over: its author may. */
    @Override
    long mayHoldUntil() {
        return deadlineNanos();
    }

    @Override
    void begin(Turn turn) throws Throwable {
        calls.author().definition().access().of(Hook.REQUEST).require(command.caller());
        LiveConnection connection =
                calls.connections().make(clientId(), command.parameters(), command.caller(), command.head());
        calls.connector().check(turn, connection);
        Invoker hook = calls.author().definition().hook(Hook.REQUEST);
        if (hook == null) {
            throw new ActorException(ActorError.noHandler("low-level HTTP requests"));
        }
        Object result = calls.author().callWith(hook, connection, command.request());
        if (result instanceof CompletionStage<?> stage) {
            Completion completion = Completion.follow(stage, this);
            if (completion == null) {
                calls.hold(this);
            } else {
                complete(turn, completion);
            }
        } else {
            respond(turn, result);
        }
    }

    @Override
    void complete(Turn turn, Completion done) throws Throwable {
        respond(turn, done.result());
    }

    private void respond(Turn turn, Object response) {
        if (response instanceof ActorResponse given) {
            calls.respond(turn, this, given);
        } else {
            calls.fail(turn, this, new IllegalStateException("no response was returned"));
        }
    }
}
