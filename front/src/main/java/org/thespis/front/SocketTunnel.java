package org.thespis.front;

import io.undertow.client.ClientCallback;
import io.undertow.client.ClientConnection;
import io.undertow.client.ClientExchange;
import io.undertow.client.ClientRequest;
import io.undertow.client.UndertowClient;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
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
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.OptionMap;
import org.xnio.StreamConnection;
import org.xnio.channels.StreamSinkChannel;

/**
 * Forwards WebSockets: asks the server first, and only if it takes the upgrade lets the bytes of both sides through. If
 * not, the client's upgrade is accepted here and closed with a reason to come back: a refused one ends it for good.
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
                    new CloseMessage(CloseMessage.UNEXPECTED_ERROR, Unavailable.REASON), channel, null));
    private final URI server;

    /** Name in {@code Via}, by which a front that leads back to itself knows its own requests (RFC 9110, 7.6.3). */
    private final String via = "1.1 thespis-front-" + UUID.randomUUID();

    SocketTunnel(URI server) {
        this.server = server;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        HeaderValues passed = exchange.getRequestHeaders().get(Headers.VIA);
        if (passed != null && passed.stream().anyMatch(proxies -> proxies.contains(via))) { // one line may name several
            LOG.log(System.Logger.Level.WARNING, "the address of the server leads back here: {0}", server);
            comeBack(exchange);
            return;
        }
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> UndertowClient.getInstance()
                .connect(
                        orComeBack(exchange, connection -> ask(exchange, connection)),
                        server,
                        exchange.getIoThread(),
                        exchange.getConnection().getByteBufferPool(),
                        OptionMap.EMPTY));
    }

    private void ask(HttpServerExchange exchange, ClientConnection connection) {
        connection.addCloseListener(closed -> comeBack(exchange));
        ClientRequest request = new ClientRequest()
                .setMethod(Methods.GET)
                .setProtocol(Protocols.HTTP_1_1)
                .setPath(path(exchange));
        exchange.getRequestHeaders()
                .forEach(field -> request.getRequestHeaders().putAll(field.getHeaderName(), field));
        request.getRequestHeaders()
                .add(Headers.X_FORWARDED_FOR, sender(exchange))
                .add(Headers.VIA, via);
        connection.sendRequest(
                request,
                orComeBack(
                        exchange,
                        sent -> sent.setResponseListener(
                                orComeBack(exchange, answered -> answer(exchange, answered)))));
    }

    private static String path(HttpServerExchange exchange) {
        String query = exchange.getQueryString();
        return exchange.getRequestURI() + (query.isEmpty() ? "" : "?" + query);
    }

    private static String sender(HttpServerExchange exchange) {
        return exchange.getSourceAddress().getAddress().getHostAddress();
    }

    private void answer(HttpServerExchange exchange, ClientExchange answered) {
        int status = answered.getResponse().getResponseCode();
        if (AWAY.contains(status)) {
            comeBack(exchange);
            IoUtils.safeClose(answered.getConnection());
            return;
        }
        exchange.putAttachment(ANSWERED, true);
        if (status != StatusCodes.SWITCHING_PROTOCOLS) {
            exchange.setStatusCode(status).endExchange();
            IoUtils.safeClose(answered.getConnection());
            return;
        }
        answered.getResponse().getResponseHeaders().forEach(field -> {
            if (!NOT_FORWARDED.contains(field.getHeaderName())) {
                exchange.getResponseHeaders().putAll(field.getHeaderName(), field);
            }
        });
        exchange.upgradeChannel((client, upgraded) -> join(client, answered.getConnection()));
        exchange.endExchange();
    }

    private static void join(StreamConnection client, ClientConnection connection) {
        try {
            StreamConnection upstream = connection.performUpgrade();
            pump(upstream, client, connection);
            pump(client, upstream, connection);
            client.setCloseListener(closed -> IoUtils.safeClose(upstream));
            upstream.setCloseListener(closed -> IoUtils.safeClose(client));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the server took its upgrade back", e);
            IoUtils.safeClose(client, connection);
        }
    }

    /** Lets bytes through, as fast as the receiver takes them. */
    private static void pump(StreamConnection from, StreamConnection to, ClientConnection connection) {
        Transfer.initiateTransfer(
                from.getSourceChannel(),
                to.getSinkChannel(),
                ChannelListeners.closingChannelListener(),
                ChannelListeners.writeShutdownChannelListener(
                        ChannelListeners.<StreamSinkChannel>flushingChannelListener(
                                ChannelListeners.closingChannelListener(),
                                ChannelListeners.closingChannelExceptionHandler()),
                        ChannelListeners.closingChannelExceptionHandler()),
                (source, failure) -> IoUtils.safeClose(from, to),
                (sink, failure) -> IoUtils.safeClose(from, to),
                connection.getBufferPool());
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

    private <T> ClientCallback<T> orComeBack(HttpServerExchange exchange, Next<T> next) {
        return new ClientCallback<>() {
            @Override
            public void completed(T result) {
                next.accept(result);
            }

            @Override
            public void failed(IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "the server is away", e);
                comeBack(exchange);
            }
        };
    }
}
