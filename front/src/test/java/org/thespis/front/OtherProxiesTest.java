package org.thespis.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.front.ProxyProcess.Kind;
import org.thespis.front.StubServer.Health;

/** What {@code server-config} shows for HAProxy and nginx, before two servers. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OtherProxiesTest extends LineFixture {

    private static final int LONG_MILLIS = 60_000; // a slow machine is no failure

    private static final int CLOSE_MILLIS = 3_000;
    private static final int CLOSE_BYTES = 29;

    @TempDir
    Path folder;

    private final List<Socket> lines = new ArrayList<>();
    private StubServer server;
    private StubServer other;
    private Front front; // the last resort
    private ProxyProcess proxy;

    private void start(Kind kind) throws Exception {
        server = new StubServer();
        other = new StubServer();
        front = Front.start(
                0, FrontSettings.of(Map.of("wait-timeout-millis", "200")), server.address(), other.address());
        proxy = ProxyProcess.start(kind, folder, server, other, front.port());
        await(() -> ask("GET /metadata HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                .contains("200 OK"));
    }

    @AfterEach
    void stop() throws Exception {
        for (Socket line : lines) {
            line.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        front.close();
        server.close();
        other.close();
    }

    @Override
    int patienceMillis() {
        return LONG_MILLIS;
    }

    @Override
    int port() {
        return proxy.port();
    }

    @Override
    String state() {
        return "%d and %d sockets, %s".formatted(server.sockets.get(), other.sockets.get(), proxy.log());
    }

    /** A WebSocket that some server has taken; the first byte behind its head is there, too. */
    private String open() {
        try {
            Socket line = line(OPENING + "X-Forwarded-For: 1.2.3.4\r\n\r\n");
            lines.add(line);
            String head = head(line);
            assertThat(head).startsWith("HTTP/1.1 101 ");
            return head;
        } catch (IOException e) {
            throw new AssertionError(state(), e);
        }
    }

    /** Less fast than a proxy can be drowned. */
    private void openAfterAWhile() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
        open();
    }

    /** Opens WebSockets until one server has as many more than the other, as no fair proxy gives it if it need not. */
    private void openUntilTheOtherHasMore() throws InterruptedException {
        await(() -> {
            openAfterAWhile();
            return other.sockets.get() > server.sockets.get() + 2;
        });
    }

    private void openUntilBothHaveAsMany() throws InterruptedException {
        await(() -> {
            openAfterAWhile();
            return other.sockets.get() == server.sockets.get();
        });
    }

    @ParameterizedTest
    @EnumSource
    void webSocketsAreSpreadAndToldOn(Kind kind) throws Exception {
        start(kind);
        server.answerFields = "Sec-WebSocket-Protocol: rivet\r\n";
        other.answerFields = server.answerFields;
        for (int i = 0; i < 10; i++) {
            assertThat(open()).containsIgnoringCase("sec-websocket-protocol: rivet");
        }
        await(() -> server.sockets.get() == 5 && other.sockets.get() == 5);
        assertThat(server.heads.get(0).toLowerCase())
                .contains("sec-websocket-protocol: rivet", "upgrade: websocket", "connection: upgrade")
                .contains("x-forwarded-for: 127.0.0.1", "x-forwarded-proto: http\r\n")
                .doesNotContain("1.2.3.4");
    }

    @ParameterizedTest
    @EnumSource
    void aDrainedServerGetsNoNewWebSocketsAndKeepsItsOpenOnes(Kind kind) throws Exception {
        start(kind);
        open();
        open();
        await(() -> server.sockets.get() == 1 && other.sockets.get() == 1);
        server.health = Health.UNREADY;
        server.refusesUpgrades = true;
        openUntilTheOtherHasMore();
        assertThat(server.sockets.get()).isEqualTo(1);
        server.health = Health.READY;
        server.refusesUpgrades = false;
        openUntilBothHaveAsMany();
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDiesIsMissedByNobodyWhoOpensOrAsks(Kind kind) throws Exception {
        start(kind);
        open();
        open();
        server.diesOfRequest = true;
        openUntilTheOtherHasMore();
        for (int i = 0; i < 4; i++) {
            assertThat(get("")).contains("200 OK");
        }
        server.diesOfRequest = false;
        server.comeBack();
        openUntilBothHaveAsMany();
    }

    @ParameterizedTest
    @EnumSource
    void whatMayHaveBeenDoneIsNotDoneAgain(Kind kind) throws Exception {
        start(kind);
        server.diesOfRequest = true;
        other.diesOfRequest = true;
        String answer = ask("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab");
        assertThat(answer).startsWith("HTTP/1.1 502 ");
        assertThat(server.heads.size() + other.heads.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theFrontTakesOverWhenNoServerIsThere(Kind kind) throws Exception {
        start(kind);
        server.die();
        other.die();
        await(this::isSentBack);
        other.comeBack();
        await(() -> {
            openAfterAWhile();
            return other.sockets.get() > 0;
        });
    }

    /** Whether the front has taken a WebSocket and closes it. */
    private boolean isSentBack() {
        try (Socket line = line(OPENING + "\r\n")) {
            line.setSoTimeout(CLOSE_MILLIS);
            head(line);
            return new String(line.getInputStream().readNBytes(CLOSE_BYTES), StandardCharsets.US_ASCII)
                    .contains("guard.service_unavailable");
        } catch (IOException e) {
            return false;
        }
    }
}
