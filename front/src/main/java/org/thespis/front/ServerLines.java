package org.thespis.front;

import io.undertow.client.ClientCallback;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The lines to the servers: one for each line of a client that needs it, and gone with that. So there are never more than
 * clients may have. Each is used in the I/O thread of its client.
 */
final class ServerLines implements ProxyClient {

    private static final ProxyTarget ANY = new ProxyTarget() {};
    private static final AttachmentKey<ServerLine> LINE = AttachmentKey.create(ServerLine.class);
    private static final AttachmentKey<Boolean> SENT = AttachmentKey.create(Boolean.class);
    private static final AttachmentKey<Boolean> SEARCHES = AttachmentKey.create(Boolean.class);
    private static final String ROOT = "/";

    private final Servers servers;
    private final FrontSettings settings;

    ServerLines(Servers servers, FrontSettings settings) {
        this.servers = servers;
        this.settings = settings;
    }

    Servers servers() {
        return servers;
    }

    /** Whether a request was given to a server, which may have done what it says. */
    static boolean isSent(HttpServerExchange exchange) {
        return exchange.getAttachment(SENT) != null;
    }

    @Override
    public ProxyTarget findTarget(HttpServerExchange exchange) {
        return ANY;
    }

    /** A client keeps the line that it has as long as its server is ready, and it has not just failed. */
    @Override
    public void getConnection(
            ProxyTarget target,
            HttpServerExchange exchange,
            ProxyCallback<ProxyConnection> callback,
            long timeout,
            TimeUnit unit) {
        if (exchange.putAttachment(SEARCHES, true) != null) {
            return; // Undertow tells twice that a line has failed
        }
        ServerLine existing = exchange.getConnection().getAttachment(LINE);
        if (existing != null && existing.isOpen()) {
            if (existing.server().isReady() && !isSent(exchange)) {
                send(existing, exchange, callback);
                return;
            }
            existing.cut();
        }
        Set<Server> failed = existing != null && isSent(exchange) ? Set.of(existing.server()) : Set.of();
        new LineSearch(servers, settings, exchange, Set.of(), failed, new ClientCallback<>() {
                    @Override
                    public void completed(ServerLine line) {
                        send(line, exchange, callback);
                    }

                    @Override
                    public void failed(IOException e) {
                        callback.couldNotResolveBackend(exchange);
                    }
                })
                .next();
    }

    private static void send(ServerLine line, HttpServerExchange exchange, ProxyCallback<ProxyConnection> callback) {
        exchange.removeAttachment(SEARCHES);
        exchange.putAttachment(SENT, true);
        callback.completed(exchange, new ProxyConnection(line.connection(), ROOT));
    }

    /**
     * Opens a line for a client; it is closed when the client has left, even if that was before it came to be.
     *
     * @param asked servers that have refused the request
     */
    void connect(HttpServerExchange exchange, Set<Server> asked, ClientCallback<ServerLine> callback) {
        new LineSearch(servers, settings, exchange, asked, Set.of(), callback).next();
    }

    /** Ends a line with its client's, and what that had before at once; false if the client has left already. */
    static boolean follows(ServerLine line, ServerConnection client) {
        ServerLine before = client.putAttachment(LINE, line);
        if (before == null) {
            client.addCloseListener(closed -> client.getAttachment(LINE).cut());
        } else {
            before.cut();
        }
        return client.isOpen();
    }

    @Override
    public List<ProxyTarget> getAllTargets() {
        return List.of(ANY);
    }
}
