package org.thespis.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.websockets.WebSocketConnectionCallback;
import io.undertow.websockets.WebSocketProtocolHandshakeHandler;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.core.protocol.version13.Hybi13Handshake;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrontTest {

    private static final String UPGRADE = "GET /gateway/a/connect HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Protocol: rivet\r\n\r\n";
    private static final byte[] MASKED_A = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'};
    private static final byte[] ECHOED_A = {(byte) 0x81, 1, 'a'};
    private static final int END = -1;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Socket closed = new Socket();
    private Undertow server;
    private Front front;

    @AfterEach
    void stop() throws IOException {
        closed.close();
        if (front != null) {
            front.close();
        }
        if (server != null) {
            server.stop();
        }
    }

    @Test
    void aClosedPortIsA503ThatClientsRetry() throws Exception {
        front = Front.start(0, closedPort());
        HttpResponse<String> answer = get("/metadata");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"guard\"").contains("\"service_unavailable\"");
        assertThat(answer.headers().firstValue("x-rivet-error")).hasValue("guard.service_unavailable");
    }

    @Test
    void aWebSocketToAClosedPortIsTakenAndSentBack() throws Exception {
        front = Front.start(0, closedPort());
        assertThat(open("/gateway/a/connect").take()).isEqualTo("close 1011 guard.service_unavailable");
    }

    @Test
    void aWebSocketThatComesBackToItsFrontIsSentBack() throws Exception {
        AtomicReference<HttpHandler> another = new AtomicReference<>();
        server = server(Handlers.path(exchange -> another.get().handleRequest(exchange))
                .addExactPath("/health", HttpServerExchange::endExchange));
        front = Front.start(0, address());
        Servers itself = new Servers(uri("http", ""));
        itself.learn(itself.all().get(0), true);
        another.set(new SocketTunnel(new ServerLines(itself, FrontSettings.DEFAULT), FrontSettings.DEFAULT));
        assertThat(open("/gateway/a/connect").take()).isEqualTo("close 1011 guard.service_unavailable");
    }

    @Test
    void aWebSocketToAServerWithoutTheApplicationIsSentBack() throws Exception {
        server = server(false);
        front = Front.start(0, address());
        assertThat(open("/gateway/a/connect").take()).isEqualTo("close 1011 guard.service_unavailable");
    }

    @Test
    void httpGoesThroughWithPathQueryAndBody() throws Exception {
        server = server(true);
        front = Front.start(0, address());
        awaitReady();
        HttpRequest request = HttpRequest.newBuilder(uri("http", "/echo/a%2Fb%20c?q=%7B%22%3A1&r"))
                .POST(BodyPublishers.ofString("körper"))
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).body())
                .isEqualTo("/echo/a%2Fb%20c q=%7B%22%3A1&r körper");
    }

    @Test
    void messagesAndTheCloseGoThroughTheTunnel() throws Exception {
        server = server(true);
        front = Front.start(0, address());
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket = connect("/gateway/a/connect", heard);
        for (int size : new int[] {1, 1_000, 100_000, 0}) {
            socket.sendText("x".repeat(size), true).join();
            assertThat(heard.take()).hasSize(size);
        }
        socket.sendText("close", true).join();
        assertThat(heard.take()).isEqualTo("close 4001 user.gone");
    }

    @Test
    void aServerThatDiesCutsTheLine() throws Exception {
        server = server(true);
        front = Front.start(0, address());
        try (Socket line = new Socket("localhost", front.port())) { // the JDK's WebSocket may miss the end of a line
            OutputStream out = line.getOutputStream();
            InputStream in = line.getInputStream();
            out.write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            String head = "";
            while (!head.endsWith("\r\n\r\n")) {
                head += (char) in.read();
            }
            out.write(MASKED_A);
            assertThat(in.readNBytes(ECHOED_A.length)).isEqualTo(ECHOED_A);
            server.stop();
            assertThat(in.read()).isEqualTo(END);
        }
        server = null;
    }

    private static Undertow server(boolean deployed) {
        return server(deployed ? application() : Handlers.path());
    }

    private static Undertow server(HttpHandler handler) {
        Undertow undertow = Undertow.builder()
                .addHttpListener(0, "localhost")
                .setServerOption(UndertowOptions.ALLOW_ENCODED_SLASH, true)
                .setHandler(handler)
                .build();
        undertow.start();
        return undertow;
    }

    private static HttpHandler application() {
        WebSocketProtocolHandshakeHandler sockets = new WebSocketProtocolHandshakeHandler(
                List.of(new Hybi13Handshake(Set.of("rivet"), false)),
                (WebSocketConnectionCallback) (exchange, channel) -> {
                    channel.getReceiveSetter().set(new Echo());
                    channel.resumeReceives();
                });
        return Handlers.path()
                .addPrefixPath("/gateway", sockets)
                .addExactPath("/health", HttpServerExchange::endExchange)
                .addExactPath(
                        "/metadata", exchange -> exchange.getResponseSender().send("{}"))
                .addPrefixPath(
                        "/echo", exchange -> exchange.getRequestReceiver().receiveFullString(FrontTest::echo, UTF_8));
    }

    private static void echo(HttpServerExchange exchange, String body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain;charset=utf-8");
        exchange.getResponseSender().send(exchange.getRequestURI() + " " + exchange.getQueryString() + " " + body);
    }

    private static final class Echo extends AbstractReceiveListener {
        @Override
        protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message) {
            String text = message.getData(); // once: it empties the message
            if (text.equals("close")) {
                WebSockets.sendClose(4001, "user.gone", channel, null);
            } else {
                WebSockets.sendText(text, channel, null);
            }
        }
    }

    private URI address() {
        return URI.create("http://localhost:"
                + ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
    }

    private void awaitReady() throws Exception {
        while (get("/metadata").statusCode() != 200) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri("http", path)).build(), BodyHandlers.ofString());
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://localhost:" + front.port() + path);
    }

    private BlockingQueue<String> open(String path) {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        connect(path, heard);
        return heard;
    }

    private WebSocket connect(String path, BlockingQueue<String> heard) {
        StringBuilder text = new StringBuilder();
        return client.newWebSocketBuilder()
                .subprotocols("rivet", "rivet_encoding.json")
                .buildAsync(uri("ws", path), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                        text.append(data);
                        if (last) {
                            heard.add(text.toString());
                            text.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        heard.add("close " + code + " " + reason);
                        return null;
                    }

                    @Override
                    public void onError(WebSocket socket, Throwable error) {
                        heard.add("error");
                    }
                })
                .join();
    }

    /** Bound, so that nobody else is given the port, but not listening. */
    private URI closedPort() throws IOException {
        closed.bind(new InetSocketAddress("localhost", 0));
        return URI.create("http://localhost:" + closed.getLocalPort());
    }
}
