package org.thespis.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.thespis.protocol.ErrorDetail;
import org.thespis.protocol.WireCodec;

/** A server of plain sockets that does what a test says, also what no server should. */
final class StubServer implements AutoCloseable {

    /** What is done with one WebSocket, in a thread of its own; at its end the line is cut. */
    @FunctionalInterface
    interface Script {
        void run(StubLine line) throws Exception;
    }

    /** What an HTTP request is answered; null for nothing at all. */
    @FunctionalInterface
    interface Pages {
        Page answer(Request request) throws Exception;
    }

    /** @param headers with small names */
    record Request(String method, String target, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        WireCodec codec() {
            return WireCodec.of(headers.getOrDefault("x-rivet-encoding", "json"))
                    .orElseThrow();
        }
    }

    record Page(int status, String type, byte[] body) {

        static Page json(int status, String json) {
            return new Page(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
        }

        static Page output(Request request, Object output) {
            return new Page(200, request.codec().contentType(), request.codec().encodeOutput(output));
        }

        static Page error(Request request, int status, ErrorDetail error) {
            return new Page(
                    status, request.codec().contentType(), request.codec().encodeError(error));
        }
    }

    private final ServerSocket listening;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger upgrades = new AtomicInteger();
    final List<Request> requests = new CopyOnWriteArrayList<>();
    volatile Script script = line -> line.accept().init();
    volatile Pages pages =
            request -> Page.json(404, "{\"group\":\"guard\",\"code\":\"route_not_found\",\"message\":\"\"}");

    StubServer() throws IOException {
        this(0);
    }

    StubServer(int port) throws IOException {
        listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        daemon(this::listen);
    }

    int port() {
        return listening.getLocalPort();
    }

    String endpoint() {
        return "http://localhost:" + port();
    }

    /** WebSockets that were asked for. */
    int upgrades() {
        return upgrades.get();
    }

    /** Lines that neither side has ended. */
    long openLines() {
        return sockets.stream().filter(socket -> !socket.isClosed()).count();
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "stub");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listening.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // it was closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Request request = read(socket.getInputStream());
            while (request != null) {
                if (request.headers.containsKey("upgrade")) {
                    upgrades.incrementAndGet();
                    script.run(new StubLine(socket, request));
                    return;
                }
                requests.add(request);
                answer(socket, request);
                request = read(socket.getInputStream());
            }
        } catch (SocketException e) {
            // the client has gone
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void answer(Socket socket, Request request) throws Exception {
        Page page = pages.answer(request);
        if (page == null) {
            socket.getInputStream().read(); // until the client leaves
            throw new SocketException();
        }
        String head = "HTTP/1.1 " + page.status + " X\r\ncontent-type: " + page.type + "\r\ncontent-length: "
                + page.body.length + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(page.body);
        socket.getOutputStream().flush();
    }

    private static Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (a, b) -> a + "," + b);
        }
        String[] words = first.split(" ");
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(words[0], words[1], headers, in.readNBytes(length));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /** Ends all lines, as a process that is killed does. */
    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
