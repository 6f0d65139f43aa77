package org.thespis.runtime.connection;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.ConnectionRequest;
import org.thespis.runtime.message.Output;

/** A low-level WebSocket as its actor sees it. Used inside turns of the actor. */
final class LiveSocket implements ActorWebSocket {

    private static final int PROTOCOL_ERROR = 1002;
    private static final int NO_STATUS = 1005;
    private static final int INTERNAL_ERROR = 1011;

    private final LiveConnection connection;
    private final String path;
    private final Map<String, List<String>> query;
    private final LiveSockets all;
    private final List<Consumer<Message>> messageListeners = new ArrayList<>(1);
    private final List<Consumer<Failure>> errorListeners = new ArrayList<>(1);
    private final List<Consumer<Close>> closeListeners = new ArrayList<>(0);

    LiveSocket(LiveConnection connection, String path, Map<String, List<String>> query, LiveSockets all) {
        this.connection = connection;
        this.path = path;
        this.query = query;
        this.all = all;
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
    public Optional<ConnectionRequest> request() {
        return connection.request();
    }

    @Override
    public Optional<Principal> principal() {
        return connection.principal();
    }

    @Override
    public boolean isUserInRole(String role) {
        return connection.isUserInRole(role);
    }

    @Override
    public void send(String text) {
        all.turns().require().add(new Output.SocketSent(id(), new Message.Text(text)));
    }

    @Override
    public void send(byte[] bytes) {
        all.turns().require().add(new Output.SocketSent(id(), new Message.Binary(bytes)));
    }

    @Override
    public void close(int code, String reason) {
        if (code != 1000 && (code < 3000 || code > 4999)) {
            throw new IllegalArgumentException("close code must be 1000 or 3000 to 4999 (RFC 6455), was " + code);
        }
        all.turns().require().add(new Output.Closed(id(), code, reason));
    }

    @Override
    public void onMessage(Consumer<Message> listener) {
        all.turns().require();
        messageListeners.add(Objects.requireNonNull(listener));
    }

    @Override
    public void onClose(Consumer<Close> listener) {
        all.turns().require();
        closeListeners.add(Objects.requireNonNull(listener));
    }

    @Override
    public void onError(Consumer<Failure> listener) {
        all.turns().require();
        errorListeners.add(Objects.requireNonNull(listener));
    }

    /** False if a listener threw. */
    boolean message(Message message) {
        return tell(messageListeners, message);
    }

    void closed(Close close) {
        if (isFailure(close.code())) {
            tell(errorListeners, new Failure(close.code(), close.reason()));
        }
        tell(closeListeners, close);
    }

    /** One listener that throws, whatever it is, does not keep the others from hearing. */
    private <T> boolean tell(List<Consumer<T>> listeners, T event) {
        boolean well = true;
        for (Consumer<T> listener : List.copyOf(listeners)) {
            try {
                all.run(() -> listener.accept(event));
            } catch (Throwable e) {
                well = false;
                all.failed(e);
            }
        }
        return well;
    }

    /** RFC 6455, section 7.4.1: what neither an application nor a browser that goes away says. */
    private static boolean isFailure(int code) {
        return code >= PROTOCOL_ERROR && code <= INTERNAL_ERROR && code != NO_STATUS;
    }
}
