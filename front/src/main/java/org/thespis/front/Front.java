package org.thespis.front;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.server.handlers.proxy.SimpleProxyClientProvider;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Stands in front of one application server and forwards what comes: {@code java -jar thespis-front.jar PORT SERVER}, for
 * example {@code 8000 http://localhost:8080}. The client of RivetKit gives up for good when a reconnect is refused with a
 * closed port or a 404; while the server, or the application on it, is away, this process takes WebSockets and closes them
 * with a reason that makes clients come back, and answers HTTP with 503.
 */
public final class Front implements AutoCloseable {

    /** Time that the server may take for one HTTP request; above the time limit of actions. */
    private static final int MAX_REQUEST_MILLIS = 120_000;

    private final Undertow undertow;
    private final Readiness readiness;

    private Front(Undertow undertow, Readiness readiness) {
        this.undertow = undertow;
        this.readiness = readiness;
    }

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: java -jar thespis-front.jar PORT SERVER, as in 8000 http://localhost:8080");
            System.exit(2);
        }
        Front front = start(Integer.parseInt(arguments[0]), URI.create(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(front::close));
        System.out.println("Thespis front at port " + front.port() + ", for " + arguments[1]);
    }

    /**
     * Starts a front.
     *
     * @param port 0 for any free one
     * @param server address of the application server, with the context path of the gateway if it has one
     */
    static Front start(int port, URI server) {
        Readiness readiness = new Readiness(server);
        Undertow undertow = Undertow.builder()
                .addHttpListener(port, "0.0.0.0")
                .setServerOption(UndertowOptions.ALLOW_ENCODED_SLASH, true) // keys of actors may have one
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .setHandler(handler(server, readiness))
                .build();
        undertow.start();
        readiness.start();
        return new Front(undertow, readiness);
    }

    private static HttpHandler handler(URI server, Readiness readiness) {
        URI origin = URI.create(server.getScheme() + "://" + server.getAuthority());
        HttpHandler proxy = ProxyHandler.builder()
                .setProxyClient(new SimpleProxyClientProvider(origin))
                .setMaxRequestTime(MAX_REQUEST_MILLIS)
                .setReuseXForwarded(true)
                .build();
        HttpHandler http = exchange -> {
            Unavailable.describe(exchange);
            if (readiness.isReady()) {
                proxy.handleRequest(exchange);
            } else if (Cors.isPreflight(exchange)) {
                Cors.answerPreflight(exchange);
            } else {
                exchange.setStatusCode(Unavailable.STATUS).endExchange();
            }
        };
        HttpHandler sockets = new SocketTunnel(origin);
        return exchange -> {
            boolean upgrade =
                    "websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst(Headers.UPGRADE));
            (upgrade ? sockets : http).handleRequest(exchange);
        };
    }

    int port() {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        readiness.close();
        undertow.stop();
    }
}
