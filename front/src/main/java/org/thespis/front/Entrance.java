package org.thespis.front;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;

/** The first handler of every request: refuses it, or passes it on to a server, as HTTP or as a WebSocket. */
final class Entrance implements HttpHandler {

    /** How often a request that may be done twice is, when its line fails; Undertow counts each failure as two. */
    private static final int RETRIES = 2;

    private final Connections connections;
    private final Servers servers;
    private final Fields fields;
    private final HttpHandler http;
    private final HttpHandler sockets;
    private final FrontSettings settings;
    private final LingeringClose end = new LingeringClose();

    Entrance(Connections connections, ServerLines lines, FrontSettings settings) {
        this.connections = connections;
        this.servers = lines.servers();
        this.settings = settings;
        this.fields = new Fields(settings.trustedProxies());
        this.sockets = new SocketTunnel(lines, settings);
        this.http = ProxyHandler.builder()
                .setProxyClient(lines)
                .setMaxRequestTime(settings.requestMillis())
                .setMaxConnectionRetries(RETRIES)
                .setReuseXForwarded(true) // what is left of them may be believed
                .build();
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        exchange.addExchangeCompleteListener(end);
        Fault fault = connections.fault(exchange);
        fault = fault == null ? StrictParser.fault(exchange) : fault;
        if (fault != null) {
            Answers.refuse(exchange, fault);
            return;
        }
        boolean socket = Requests.isWebSocket(exchange.getRequestHeaders());
        fields.clean(exchange);
        if (socket) { // what Undertow and the server need to change the protocol
            exchange.getRequestHeaders()
                    .put(Headers.UPGRADE, "websocket")
                    .put(Headers.CONNECTION, Headers.UPGRADE_STRING);
            sockets.handleRequest(exchange);
        } else {
            http(exchange);
        }
    }

    private void http(HttpServerExchange exchange) throws Exception {
        Answers.describeErrors(exchange);
        ClientBody.watch(exchange, settings);
        exchange.addResponseCommitListener(answer -> Fields.dropHopByHop(answer.getResponseHeaders()));
        if (Cors.isPreflight(exchange) && !servers.anyReady()) {
            Cors.answerPreflight(exchange);
        } else {
            http.handleRequest(exchange);
        }
    }
}
