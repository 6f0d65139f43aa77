package org.thespis.runtime;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.thespis.api.ActorWebSocket;
import org.thespis.runtime.message.Output;

/** A low-level WebSocket as its actor sees it. Used inside turns of the actor. */
final class LiveSocket implements ActorWebSocket {

    private static final int PROTOCOL_ERROR = 1002;
    private static final int NO_STATUS = 1005;
    private static final int INTERNAL_ERROR = 1011;

    private final LiveConnection connection;
    private final String path;
    private final Map<String, List<String>> query;
    private final ActorInstance actor;
    private final List<Consumer<Message>> messageListeners = new ArrayList<>(1);
    private final List<Consumer<Failure>> errorListeners = new ArrayList<>(1);
    private final List<Consumer<Close>> closeListeners = new ArrayList<>(0);

    LiveSocket(LiveConnection connection, String path, Map<String, List<String>> query, ActorInstance actor) {
        this.connection = connection;
        this.path = path;
        this.query = query;
        this.actor = actor;
    }

    LiveConnection connection() {
        return connection;
    }

    @Override
    public String id() {
        return connection.id();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Optional<String> query(String name) {
        List<String> values = query.get(name);
        return values == null ? Optional.empty() : values.stream().findFirst();
    }

    @Override
    public Optional<Principal> principal() {
        return connection.principal();
    }

    @Override
    public void send(String text) {
        actor.requireTurn().add(new Output.SocketSent(id(), new Message.Text(text)));
    }

    @Override
    public void send(byte[] bytes) {
        actor.requireTurn().add(new Output.SocketSent(id(), new Message.Binary(bytes)));
    }

    @Override
    public void close(int code, String reason) {
        if (code != 1000 && (code < 3000 || code > 4999)) {
            throw new IllegalArgumentException("close code must be 1000 or 3000 to 4999 (RFC 6455), was " + code);
        }
        actor.requireTurn().add(new Output.Closed(id(), code, reason));
    }

    @Override
    public void onMessage(Consumer<Message> listener) {
        actor.requireTurn();
        messageListeners.add(listener);
    }

    @Override
    public void onClose(Consumer<Close> listener) {
        actor.requireTurn();
        closeListeners.add(listener);
    }

    @Override
    public void onError(Consumer<Failure> listener) {
        actor.requireTurn();
        errorListeners.add(listener);
    }

    void message(Message message) {
        List.copyOf(messageListeners).forEach(listener -> listener.accept(message));
    }

    void closed(Close close) {
        if (isFailure(close.code())) {
            Failure failure = new Failure(close.code(), close.reason());
            List.copyOf(errorListeners).forEach(listener -> listener.accept(failure));
        }
        List.copyOf(closeListeners).forEach(listener -> listener.accept(close));
    }

    /** RFC 6455, section 7.4.1: what neither an application nor a browser that goes away says. */
    private static boolean isFailure(int code) {
        return code >= PROTOCOL_ERROR && code <= INTERNAL_ERROR && code != NO_STATUS;
    }
}
