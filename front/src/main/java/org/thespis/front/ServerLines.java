package org.thespis.front;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.XnioExecutor;

/**
 * The lines to the server: one for each line of a client that needs it, and gone with that. So there are never more than
 * clients may have. Each is used in the I/O thread of its client.
 */
final class ServerLines implements ProxyClient {

    private static final ProxyTarget SERVER = new ProxyTarget() {};
    private static final AttachmentKey<ClientConnection> LINE = AttachmentKey.create(ClientConnection.class);
    private static final String ROOT = "/";

    private final URI server;
    private final int connectMillis;
    private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();

    /** @param connectMillis time for a new line */
    ServerLines(URI server, int connectMillis) {
        this.server = server;
        this.connectMillis = connectMillis;
    }

    URI server() {
        return server;
    }

    /** Lines that are open now. */
    int count() {
        return open.size();
    }

    @Override
    public ProxyTarget findTarget(HttpServerExchange exchange) {
        return SERVER;
    }

    @Override
    public void getConnection(
            ProxyTarget target,
            HttpServerExchange exchange,
            ProxyCallback<ProxyConnection> callback,
            long timeout,
            TimeUnit unit) {
        ServerConnection client = exchange.getConnection();
        ClientConnection existing = client.getAttachment(LINE);
        if (existing != null && existing.isOpen()) {
            callback.completed(exchange, new ProxyConnection(existing, ROOT));
            return;
        }
        connect(exchange, new ClientCallback<>() {
            @Override
            public void completed(ClientConnection line) {
                callback.completed(exchange, new ProxyConnection(line, ROOT));
            }

            @Override
            public void failed(IOException e) {
                callback.failed(exchange);
            }
        });
    }

    /** Opens a line for a client; it is closed when the client has left, even if that was before it came to be. */
    void connect(HttpServerExchange exchange, ClientCallback<ClientConnection> callback) {
        AtomicBoolean told = new AtomicBoolean();
        XnioExecutor.Key deadline = exchange.getIoThread()
                .executeAfter(
                        () -> {
                            if (told.compareAndSet(false, true)) {
                                callback.failed(new IOException(new TimeoutException("connecting to " + server)));
                            }
                        },
                        connectMillis,
                        TimeUnit.MILLISECONDS);
        ClientCallback<ClientConnection> once = new ClientCallback<>() {
            @Override
            public void completed(ClientConnection line) {
                deadline.remove();
                count(line);
                if (told.compareAndSet(false, true) && follows(line, exchange.getConnection())) {
                    callback.completed(line);
                } else {
                    cut(line);
                }
            }

            @Override
            public void failed(IOException e) {
                deadline.remove();
                if (told.compareAndSet(false, true)) {
                    callback.failed(e);
                }
            }
        };
        UndertowClient.getInstance()
                .connect(
                        once,
                        server,
                        exchange.getIoThread(),
                        exchange.getConnection().getByteBufferPool(),
                        OptionMap.EMPTY);
    }

    private void count(ClientConnection line) {
        open.add(line);
        line.addCloseListener(closed -> open.remove(line));
        if (!line.isOpen()) {
            open.remove(line);
        }
    }

    /** Ends the line with its client's; false if that has ended already. */
    private static boolean follows(ClientConnection line, ServerConnection client) {
        if (client.putAttachment(LINE, line) == null) {
            client.addCloseListener(closed -> cut(client.getAttachment(LINE)));
        }
        return client.isOpen();
    }

    /** Closes a line at once; its own way to close waits for the server. */
    static void cut(ClientConnection line) {
        try {
            IoUtils.safeClose(line.performUpgrade());
        } catch (IOException e) {
            IoUtils.safeClose(line); // closed already
        }
    }

    @Override
    public List<ProxyTarget> getAllTargets() {
        return List.of(SERVER);
    }
}
