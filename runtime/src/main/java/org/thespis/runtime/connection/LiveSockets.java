package org.thespis.runtime.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.ActorWebSocket.Close;
import org.thespis.runtime.declaration.Author;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.declaration.Invoker;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.Turns;

/** The low-level WebSockets of one actor. Used inside turns of the actor. */
public final class LiveSockets {

    private static final String INTERNAL_ERROR = "rivetkit.internal_error";
    private static final int ABNORMAL = 1006; // RFC 6455, section 7.4.1

    private final Turns turns;
    private final Author author;
    private final LiveConnections connections;
    private final Connector connector;
    private Map<String, LiveSocket> sockets = Map.of(); // another while there is one

    public LiveSockets(Turns turns, Author author, LiveConnections connections, Connector connector) {
        this.turns = turns;
        this.author = author;
        this.connections = connections;
        this.connector = connector;
    }

    Turns turns() {
        return turns;
    }

    public boolean isEmpty() {
        return sockets.isEmpty();
    }

    public void open(Turn turn, Command.OpenSocket command) {
        LiveConnection connection =
                connections.make(command.clientId(), command.parameters(), command.caller(), command.request());
        LiveSocket socket = new LiveSocket(connection, command.path(), command.query(), this);
        try {
            author.definition().access().of(Hook.WEB_SOCKET).require(command.caller());
            connector.check(turn, connection);
            Invoker hook = author.definition().hook(Hook.WEB_SOCKET);
            if (hook == null) {
                throw new ActorException(ActorError.noHandler("low-level WebSockets"));
            }
            turn.add(new Output.Opened(connection.id(), author.id()));
            end(turn, socket.id(), new Close(ABNORMAL, "")); // a former one of that id
            turn.onBehalfOf(connection);
            add(socket);
            author.callWith(hook, connection, socket);
        } catch (Throwable e) {
            ActorError error = author.failure(e, "@OnWebSocket");
            remove(socket.id());
            turn.add(new Output.Closed(socket.id(), Refusals.REFUSED, error.reason()));
        }
    }

    private void add(LiveSocket socket) {
        if (sockets.isEmpty()) {
            sockets = new HashMap<>(4);
        }
        sockets.put(socket.id(), socket);
    }

    private LiveSocket remove(String id) {
        if (sockets.isEmpty()) {
            return null;
        }
        LiveSocket removed = sockets.remove(id);
        sockets = sockets.isEmpty() ? Map.of() : sockets;
        return removed;
    }

    /** One that was not let in after all: nothing is told to its listeners. */
    public void refuse(String id) {
        remove(id);
    }

    public void message(Turn turn, Command.SocketMessage command) {
        if (command.counted() > 0) {
            turn.add(new Output.SocketTaken(command.clientId(), command.counted()));
        }
        LiveSocket socket = sockets.get(command.clientId());
        if (socket == null) {
            return;
        }
        turn.onBehalfOf(socket.connection());
        if (!socket.message(command.message())) {
            turn.add(new Output.Closed(socket.id(), Refusals.REFUSED, INTERNAL_ERROR));
        }
    }

    public void closed(Turn turn, Command.SocketClosed command) {
        end(turn, command.clientId(), command.close());
    }

    /** The one end of a socket; its listeners are told. */
    private void end(Turn turn, String id, Close close) {
        LiveSocket socket = remove(id);
        if (socket != null) {
            turn.onBehalfOf(socket.connection());
            socket.closed(close);
        }
    }

    /** Runs a listener. */
    void run(Runnable listener) throws Throwable {
        author.run(listener);
    }

    /** A listener threw. */
    void failed(Throwable thrown) {
        author.log(thrown, "a listener of a low-level WebSocket");
    }

    /** Ends all; the actor goes. What closes the clients is up to the caller. */
    public void endAll(Turn turn, Close close) {
        List.copyOf(sockets.keySet()).forEach(id -> end(turn, id, close));
    }

    /** The ids of all. */
    public List<String> ids() {
        return List.copyOf(sockets.keySet());
    }
}
