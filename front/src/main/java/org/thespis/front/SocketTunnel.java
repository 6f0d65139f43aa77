package org.thespis.front;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.Protocols;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import io.undertow.util.Transfer;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/**
 * Forwards WebSockets: asks a server first, and only if it takes the upgrade lets the bytes of both sides through. If not, the
 * next is asked; if none does, the client's upgrade is accepted here and closed with a reason to come back: a refused one ends
 * it for good.
 */
final class SocketTunnel implements HttpHandler {

    private static final System.Logger LOG = System.getLogger(SocketTunnel.class.getName());
    private static final AttachmentKey<Boolean> ANSWERED = AttachmentKey.create(Boolean.class);

    /** Answers of a server whose application is away, starting or overloaded; others are the client's own fault. */
    private static final Set<Integer> AWAY = Set.of(
            StatusCodes.NOT_FOUND,
            StatusCodes.INTERNAL_SERVER_ERROR,
            StatusCodes.BAD_GATEWAY,
            StatusCodes.SERVICE_UNAVAILABLE);

    private static final Set<HttpString> NOT_FORWARDED = Set.of(Headers.CONTENT_LENGTH, Headers.TRANSFER_ENCODING);

    private final HttpHandler comeBack = new WebSocketProtocolHandshakeHandler(
            List.of(new Hybi13Handshake(Set.of("rivet"), false)),
            (WebSocketConnectionCallback) (exchange, channel) -> WebSockets.sendClose(
                    new CloseMessage(
                            CloseMessage.UNEXPECTED_ERROR, Fault.unavailable().reason()),
                    channel,
                    null));
    private final ServerLines lines;
    private final FrontSettings settings;

    /** Name in {@code Via}, by which a front that leads back to itself knows its own requests (RFC 9110, 7.6.3). */
    private final String via = "1.1 thespis-front-" + UUID.randomUUID();

    SocketTunnel(ServerLines lines, FrontSettings settings) {
        this.lines = lines;
        this.settings = settings;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        HeaderValues passed = exchange.getRequestHeaders().get(Headers.VIA);
        if (passed != null && passed.stream().anyMatch(proxies -> proxies.contains(via))) { // one line may name several
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the address of a server leads back here: {0}",
                    lines.servers().all());
            comeBack(exchange);
            return;
        }
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> open(exchange, new HashSet<>()));
    }

    /** @param asked servers that have not taken it */
    private void open(HttpServerExchange exchange, Set<Server> asked) {
        if (!exchange.getConnection().isOpen()) {
            comeBack(exchange);
            return;
        }
        lines.connect(exchange, asked, orElse(() -> comeBack(exchange), line -> ask(exchange, line, asked)));
    }

    private void ask(HttpServerExchange exchange, ServerLine line, Set<Server> asked) {
        asked.add(line.server());
        AtomicBoolean over = new AtomicBoolean();
        Runnable elsewhere = () -> {
            if (over.compareAndSet(false, true)) {
                line.cut();
                open(exchange, asked);
            }
        };
        XnioExecutor.Key deadline =
                exchange.getIoThread().executeAfter(elsewhere, settings.answerMillis(), TimeUnit.MILLISECONDS);
        XnioExecutor.Key watch = exchange.getIoThread()
                .executeAtInterval(
                        () -> leave(line.server(), elsewhere), LineSearch.WATCH_MILLIS, TimeUnit.MILLISECONDS);
        ClientConnection connection = line.connection();
        connection.addCloseListener(closed -> {
            deadline.remove();
            watch.remove();
            elsewhere.run();
        });
        connection.sendRequest(
                request(exchange),
                orElse(
                        elsewhere,
                        sent -> sent.setResponseListener(orElse(elsewhere, answered -> {
                            if (isAway(answered)) {
                                elsewhere.run();
                            } else if (over.compareAndSet(false, true)) {
                                deadline.remove();
                                watch.remove();
                                answer(exchange, answered, line);
                            }
                        }))));
    }

    /** Who is no longer ready may not answer for long. */
    private void leave(Server server, Runnable elsewhere) {
        if (lines.servers().isLeft(server)) {
            elsewhere.run();
        }
    }

    private static boolean isAway(ClientExchange answered) {
        return AWAY.contains(answered.getResponse().getResponseCode());
    }

    private ClientRequest request(HttpServerExchange exchange) {
        ClientRequest request = new ClientRequest()
                .setMethod(Methods.GET)
                .setProtocol(Protocols.HTTP_1_1)
                .setPath(path(exchange));
        HeaderMap fields = request.getRequestHeaders();
        exchange.getRequestHeaders().forEach(field -> fields.putAll(field.getHeaderName(), field));
        fields.remove(Headers.CONTENT_LENGTH);
        String before = fields.getFirst(Headers.X_FORWARDED_FOR);
        String sender = Fields.sender(exchange).getHostAddress();
        fields.put(Headers.X_FORWARDED_FOR, before == null ? sender : before + "," + sender)
                .add(Headers.VIA, via);
        return request;
    }

    private static String path(HttpServerExchange exchange) {
        String query = exchange.getQueryString();
        return Requests.path(exchange) + (query.isEmpty() ? "" : "?" + query);
    }

    private void answer(HttpServerExchange exchange, ClientExchange answered, ServerLine line) {
        int status = answered.getResponse().getResponseCode();
        exchange.putAttachment(ANSWERED, true);
        if (status != StatusCodes.SWITCHING_PROTOCOLS) {
            exchange.setStatusCode(status).endExchange();
            line.cut();
            return;
        }
        HeaderMap fields = answered.getResponse().getResponseHeaders();
        Fields.dropHopByHop(fields);
        fields.forEach(field -> {
            if (!NOT_FORWARDED.contains(field.getHeaderName())) {
                exchange.getResponseHeaders().putAll(field.getHeaderName(), field);
            }
        });
        exchange.getResponseHeaders().put(Headers.UPGRADE, "websocket");
        exchange.upgradeChannel((client, upgraded) -> join(client, answered.getConnection()));
        exchange.endExchange();
    }

    private void join(StreamConnection client, ClientConnection connection) {
        try {
            StreamConnection upstream = connection.performUpgrade();
            endTogether(client, upstream);
            pump(upstream, client, connection);
            pump(client, upstream, connection);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the server took its upgrade back", e);
            IoUtils.safeClose(client, connection);
        }
    }

    /** What listened to the ends of the lines goes on to hear of them. */
    private static void endTogether(StreamConnection client, StreamConnection upstream) {
        ChannelListener<? super StreamConnection> ofClient = client.getCloseListener();
        ChannelListener<? super StreamConnection> ofUpstream = upstream.getCloseListener();
        client.setCloseListener(closed -> {
            IoUtils.safeClose(upstream);
            ChannelListeners.invokeChannelListener(client, ofClient);
        });
        upstream.setCloseListener(closed -> {
            IoUtils.safeClose(client);
            ChannelListeners.invokeChannelListener(upstream, ofUpstream);
        });
        if (!client.isOpen() || !upstream.isOpen()) {
            IoUtils.safeClose(client, upstream);
        }
    }

    /** Lets bytes through, as fast as the receiver takes them. When they end, the other direction has some time to end, too. */
    private void pump(StreamConnection from, StreamConnection to, ClientConnection connection) {
        Transfer.initiateTransfer(
                from.getSourceChannel(),
                to.getSinkChannel(),
                source -> {
                    IoUtils.safeClose(source);
                    closeSoon(from, to);
                },
                ChannelListeners.writeShutdownChannelListener(
                        ChannelListeners.<StreamSinkChannel>flushingChannelListener(
                                ChannelListeners.closingChannelListener(),
                                ChannelListeners.closingChannelExceptionHandler()),
                        ChannelListeners.closingChannelExceptionHandler()),
                (source, failure) -> IoUtils.safeClose(from, to),
                (sink, failure) -> IoUtils.safeClose(from, to),
                connection.getBufferPool());
    }

    private void closeSoon(StreamConnection from, StreamConnection to) {
        try {
            from.getIoThread()
                    .executeAfter(() -> IoUtils.safeClose(from, to), settings.halfOpenMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) { // the front itself ends
            IoUtils.safeClose(from, to);
        }
    }

    private void comeBack(HttpServerExchange exchange) {
        if (exchange.putAttachment(ANSWERED, true) != null) {
            return;
        }
        try {
            comeBack.handleRequest(exchange);
        } catch (Exception e) {
            LOG.log(System.Logger.Level.DEBUG, "a client could not be told to come back", e);
            exchange.endExchange();
        }
    }

    private interface Next<T> {
        void accept(T value);
    }

    private static <T> ClientCallback<T> orElse(Runnable otherwise, Next<T> next) {
        return new ClientCallback<>() {
            @Override
            public void completed(T result) {
                next.accept(result);
            }

            @Override
            public void failed(IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "a server is away", e);
                otherwise.run();
            }
        };
    }
}
