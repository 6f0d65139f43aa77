package org.thespis.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Lines to a proxy on which anything is sent. */
abstract class LineFixture {

    static final String SOCKET = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: rivet\r\n";
    static final String OPENING = "GET /gateway/a/connect HTTP/1.1\r\nHost: x\r\n" + SOCKET;
    private static final int PATIENCE_MILLIS = 6_000;

    /** Where the proxy listens. */
    abstract int port();

    /** What is told when a condition is not met. */
    abstract String state();

    /** How long anything is waited for. */
    int patienceMillis() {
        return PATIENCE_MILLIS;
    }

    final Socket line(String sent) throws IOException {
        Socket line = new Socket("127.0.0.1", port());
        line.setSoTimeout(patienceMillis());
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

    /** What comes until there is an empty line, or the line ends. */
    static String head(Socket line) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int b = line.getInputStream().read();
                b >= 0;
                b = line.getInputStream().read()) {
            head.append((char) b);
            if (head.toString().endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    final void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis());
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(state()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
