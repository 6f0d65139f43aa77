package org.thespis.front;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.ConnectException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.OptionMap;
import org.xnio.XnioExecutor;

/**
 * The search of one request for a line: from server to server until one takes it, and while none does, it waits a while for the
 * first that is ready. Used in the I/O thread of the client.
 */
final class LineSearch {

    private final Servers servers;
    private final FrontSettings settings;
    private final HttpServerExchange exchange;
    private final Set<Server> asked;
    private final ClientCallback<ServerLine> callback;
    private final Set<Server> unreachable = new HashSet<>();
    private final long endNanos;

    /**
     * @param asked servers that had this request and did not take it; if there are any, it does not wait
     * @param callback is told once, but nothing when the client leaves while the last line is opened
     */
    LineSearch(
            Servers servers,
            FrontSettings settings,
            HttpServerExchange exchange,
            Set<Server> asked,
            ClientCallback<ServerLine> callback) {
        this.servers = servers;
        this.settings = settings;
        this.exchange = exchange;
        this.asked = asked;
        this.callback = callback;
        this.endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.waitMillis());
    }

    void next() {
        Set<Server> without = new HashSet<>(asked);
        without.addAll(unreachable);
        Server.Place place = servers.take(without);
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        if (place != null) {
            connect(place);
        } else if (asked.isEmpty() && leftMillis > 0 && exchange.getConnection().isOpen()) {
            unreachable.clear();
            servers.await(exchange.getIoThread(), leftMillis, this::next);
        } else {
            callback.failed(new ConnectException("no server is ready"));
        }
    }

    private void connect(Server.Place place) {
        AtomicBoolean told = new AtomicBoolean();
        XnioExecutor.Key deadline = exchange.getIoThread()
                .executeAfter(
                        () -> failed(place, told, new IOException(new TimeoutException("connecting"))),
                        settings.connectMillis(),
                        TimeUnit.MILLISECONDS);
        ClientCallback<ClientConnection> once = new ClientCallback<>() {
            @Override
            public void completed(ClientConnection connection) {
                deadline.remove();
                ServerLine line = new ServerLine(place.server(), connection);
                leaveAtItsEnd(place, connection);
                if (told.compareAndSet(false, true) && ServerLines.follows(line, exchange.getConnection())) {
                    callback.completed(line);
                } else {
                    line.cut();
                }
            }

            @Override
            public void failed(IOException e) {
                deadline.remove();
                LineSearch.this.failed(place, told, e);
            }
        };
        UndertowClient.getInstance()
                .connect(
                        once,
                        place.server().authority(),
                        exchange.getIoThread(),
                        exchange.getConnection().getByteBufferPool(),
                        OptionMap.EMPTY);
    }

    private void failed(Server.Place place, AtomicBoolean told, IOException cause) {
        place.leave();
        if (told.compareAndSet(false, true)) {
            System.getLogger(LineSearch.class.getName())
                    .log(System.Logger.Level.DEBUG, "no line to " + place.server(), cause);
            unreachable.add(place.server());
            next();
        }
    }

    private static void leaveAtItsEnd(Server.Place place, ClientConnection connection) {
        connection.addCloseListener(closed -> place.leave());
        if (!connection.isOpen()) {
            place.leave();
        }
    }
}
