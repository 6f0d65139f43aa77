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

    /** How often a server that does not let anybody in, or has not answered yet, is looked at. */
    static final long WATCH_MILLIS = 100;

    private final Servers servers;
    private final FrontSettings settings;
    private final HttpServerExchange exchange;
    private final Set<Server> asked;
    private final Set<Server> failed;
    private final ClientCallback<ServerLine> callback;
    private final Set<Server> unreachable = new HashSet<>();
    private final long endNanos;

    /**
     * @param asked servers that had this request and did not take it; if there are any, it does not wait
     * @param failed servers that had this request and may have it again, if there is no other
     * @param callback is told once, but nothing when the client leaves while the last line is opened
     */
    LineSearch(
            Servers servers,
            FrontSettings settings,
            HttpServerExchange exchange,
            Set<Server> asked,
            Set<Server> failed,
            ClientCallback<ServerLine> callback) {
        this.servers = servers;
        this.settings = settings;
        this.exchange = exchange;
        this.asked = asked;
        this.failed = failed;
        this.callback = callback;
        this.endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.waitMillis());
    }

    void next() {
        if (exchange.isResponseStarted()) { // its time was over
            return;
        }
        Server.Place place = take(failed);
        if (place == null && !failed.isEmpty()) {
            place = take(Set.of());
        }
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

    private Server.Place take(Set<Server> also) {
        Set<Server> without = new HashSet<>(asked);
        without.addAll(unreachable);
        without.addAll(also);
        return servers.take(without);
    }

    private void connect(Server.Place place) {
        AtomicBoolean told = new AtomicBoolean();
        XnioExecutor.Key deadline = exchange.getIoThread()
                .executeAfter(
                        () -> failed(place, told, new IOException(new TimeoutException("connecting"))),
                        settings.connectMillis(),
                        TimeUnit.MILLISECONDS);
        XnioExecutor.Key watch = exchange.getIoThread()
                .executeAtInterval(
                        () -> {
                            if (servers.isLeft(place.server())) {
                                failed(place, told, new IOException("it is no longer ready"));
                            }
                        },
                        WATCH_MILLIS,
                        TimeUnit.MILLISECONDS);
        Runnable over = () -> {
            deadline.remove();
            watch.remove();
        };
        ClientCallback<ClientConnection> once = new ClientCallback<>() {
            @Override
            public void completed(ClientConnection connection) {
                over.run();
                ServerLine line = new ServerLine(place.server(), connection);
                leaveAtItsEnd(place, connection);
                boolean wanted = told.compareAndSet(false, true) && !exchange.isResponseStarted();
                if (wanted && ServerLines.follows(line, exchange.getConnection())) {
                    callback.completed(line);
                } else {
                    line.cut();
                }
            }

            @Override
            public void failed(IOException e) {
                over.run();
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
