package org.thespis.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A front before a server of few words, and lines to it on which anything is sent. */
abstract class FrontFixture {

    static final String SOCKET = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: rivet\r\n";
    static final String OPENING = "GET /gateway/a/connect HTTP/1.1\r\nHost: x\r\n" + SOCKET;
    private static final int PATIENCE_MILLIS = 6_000;
    private static final long AT_ONCE_MILLIS = 3_000;

    StubServer server;
    Front front;

    @BeforeEach
    void start() throws Exception {
        server = new StubServer();
        start(Map.of());
    }

    final void start(Map<String, String> options) throws Exception {
        if (front != null) {
            front.close();
        }
        front = Front.start(0, server.address(), FrontSettings.of(options));
        await(() -> ask("GET /metadata HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .contains("200 OK"));
    }

    @AfterEach
    void stop() throws IOException {
        front.close();
        server.close();
    }

    final Socket line(String sent) throws IOException {
        Socket line = new Socket("127.0.0.1", front.port());
        line.setSoTimeout(PATIENCE_MILLIS);
        line.getOutputStream().write(sent.getBytes(ISO_8859_1));
        return line;
    }

    /** Everything that comes until the line ends. */
    final String ask(String sent) {
        try (Socket line = line(sent)) {
            return new String(line.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    final String get(String fields) {
        return ask("GET /echo HTTP/1.1\r\nHost: x:1\r\nConnection: close\r\n" + fields + "\r\n");
    }

    final void assertAnsweredAtOnce() {
        long start = System.nanoTime();
        assertThat(get("")).contains("200 OK").contains("GET /echo HTTP/1.1");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(AT_ONCE_MILLIS);
    }

    final void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(
                            "%d lines of clients, %d to the server, %d there",
                            front.clientLines(), front.serverLines(), server.openLines())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
