package org.thespis.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.thespis.api.ActorResponse;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** The low-level WebSockets and HTTP requests of one actor. */
final class LowLevel {

    private static final String INTERNAL_ERROR = "rivetkit.internal_error";

    private final ActorInstance actor;
    private Map<String, LiveSocket> sockets = Map.of(); // another from the first WebSocket on

    LowLevel(ActorInstance actor) {
        this.actor = actor;
    }

    boolean isEmpty() {
        return sockets.isEmpty();
    }

    /** False if the instance has fallen asleep. Any thread. */
    boolean deliver(Command command) {
        if (command instanceof Command.OpenSocket open) {
            return actor.submit(turn -> open(turn, open));
        }
        if (command instanceof Command.SocketMessage message) {
            return actor.submit(turn -> tell(turn, message.clientId(), socket -> socket.message(message.message())));
        }
        if (command instanceof Command.SocketClosed closed) {
            return actor.submit(turn -> {
                tell(turn, closed.clientId(), socket -> socket.closed(closed.close()));
                remove(closed.clientId());
            });
        }
        Command.Request request = (Command.Request) command;
        return actor.calls().offer(request.clientId(), (turn, pending) -> answer(turn, pending, request));
    }

    private void open(Turn turn, Command.OpenSocket command) {
        LiveConnection connection =
                new LiveConnection(command.clientId(), command.parameters(), command.caller(), actor);
        LiveSocket socket = new LiveSocket(connection, command.path(), command.query(), actor);
        try {
            actor.connector().check(turn, connection);
            Invoker hook = actor.definition().hook(Hook.WEB_SOCKET);
            if (hook == null) {
                throw new ActorException(ActorError.noHandler("low-level WebSockets"));
            }
            turn.add(new Output.Opened(connection.id(), actor.record().id()));
            add(socket);
            hook.invokeWith(actor.bean(), actor.context(), connection, socket);
        } catch (Throwable e) {
            ActorError error = actor.failure(e, "@OnWebSocket");
            remove(socket.id());
            turn.add(new Output.Closed(socket.id(), Connector.REFUSED, error.reason()));
        }
    }

    private void add(LiveSocket socket) {
        if (sockets.isEmpty()) {
            sockets = new HashMap<>(4);
        }
        sockets.put(socket.id(), socket);
    }

    private void remove(String id) {
        if (sockets.containsKey(id)) {
            sockets.remove(id);
        }
    }

    private void tell(Turn turn, String id, Consumer<LiveSocket> event) {
        LiveSocket socket = sockets.get(id);
        if (socket == null) {
            return;
        }
        turn.onBehalfOf(socket.connection());
        try {
            event.accept(socket);
        } catch (RuntimeException e) {
            Failures.log(e, "a listener of a low-level WebSocket of " + actor);
            turn.add(new Output.Closed(id, Connector.REFUSED, INTERNAL_ERROR));
        }
    }

    private void answer(Turn turn, PendingCall pending, Command.Request command) {
        LiveConnection connection =
                new LiveConnection(command.clientId(), command.parameters(), command.caller(), actor);
        try {
            actor.connector().check(turn, connection);
            Invoker hook = actor.definition().hook(Hook.REQUEST);
            if (hook == null) {
                throw new ActorException(ActorError.noHandler("low-level HTTP requests"));
            }
            Object result = hook.invokeWith(actor.bean(), actor.context(), connection, command.request());
            if (result instanceof CompletionStage<?> stage) {
                stage.whenComplete(
                        (response, thrown) -> actor.submit(later -> complete(later, pending, response, thrown)));
            } else {
                complete(turn, pending, result, null);
            }
        } catch (Throwable e) {
            actor.calls().fail(turn, pending, actor.failure(e, "@OnRequest"));
        }
    }

    private void complete(Turn turn, PendingCall pending, Object response, Throwable thrown) {
        if (thrown != null) {
            actor.calls().fail(turn, pending, actor.failure(thrown, "@OnRequest"));
        } else if (response instanceof ActorResponse given) {
            actor.calls().finish(turn, pending, new Output.Responded(pending.clientId(), given));
        } else {
            Failures.log(new IllegalStateException("no response was returned"), "@OnRequest of " + actor);
            actor.calls().fail(turn, pending, ActorError.internal());
        }
    }

    void closeAll(Turn turn, int code, String reason) {
        for (String id : List.copyOf(sockets.keySet())) {
            turn.add(new Output.Closed(id, code, reason));
        }
        sockets = Map.of();
    }
}
