package org.thespis.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that want more than an answer; beside each a well-behaved one is answered at once. */
@Timeout(value = 8, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileClientsTest extends FrontFixture {

    private void assertRefused(String request) {
        int before = server.heads.size();
        String answer = ask(request + "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("content-type: application/json")
                .contains("\"group\":\"guard\",\"code\":\"invalid_request\"")
                .doesNotContain("200 OK");
        assertThat(server.heads).hasSize(before);
        assertAnsweredAtOnce();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: identity\r\n",
                "Transfer-Encoding: gzip, chunked\r\n",
                "Transfer-Encoding: xchunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Transfer-Encoding : chunked\r\n",
                "Content-Length: 0\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                "Content-Length: 5, 5\r\n",
                "Content-Length: +5\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 0x5\r\n",
                "Content-Length: 5 5\r\n",
                "Content-Length: \r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length : 5\r\n",
                "Host: y\r\n",
                "Host: x:1\r\n",
                "X: a\nY: b\r\n",
                "X: a\rY: b\r\n",
                "X: a\r\rY: b\r\n",
                "X: a\n\r\n",
                "X: a\0b\r\n",
                "X: a\u0001b\r\n",
                "X: a\r\n folded\r\n",
                "X\u0001: a\r\n",
                "X Y: a\r\n",
                ": a\r\n",
                "nothing\r\n",
                "Content-Length 5\r\n",
                "Connection: Transfer-Encoding\r\n",
                "Connection: close, content-length\r\n",
                "Connection: Host\r\n",
            })
    void whatIsAmbiguousIsRefused(String fields) {
        assertRefused("POST /echo HTTP/1.1\r\nHost: x:1\r\n" + fields + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /echo HTTP/1.1\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: \r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: a b\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: a@b\r\n\r\n",
                "GET http://evil/echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x.evil/echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x@evil/echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET echo HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: x\r\n\r\n",
                "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n",
                "GET\t/echo\tHTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /echo HTTP/1.1\nHost: x\n\n",
                "GET /echo HTTP/2.0\r\nHost: x\r\n\r\n",
                "GET /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
                "GET /echo HTTP/1.1 \r\nHost: x\r\n\r\n",
                "G\0T /echo HTTP/1.1\r\nHost: x\r\n\r\n",
            })
    void requestLinesAndHostsAreReadStrictly(String request) {
        assertRefused(request);
    }

    @Test
    void aFieldThatComesByteByByteIsReadAsStrictly() throws IOException {
        try (Socket line = line("")) {
            for (byte b : "GET /echo HTTP/1.1\r\nHost: x\r\nX: a\nY: b\r\n\r\n".getBytes(ISO_8859_1)) {
                line.getOutputStream().write(b);
                line.getOutputStream().flush();
            }
            assertThat(new String(line.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 400 ");
        } catch (IOException e) {
            // the answer was there before the last byte
        }
        assertThat(server.heads).isEmpty();
    }

    @Test
    void theTargetMayNameItsHost() {
        String answer = ask("GET http://x:1/echo?a=b HTTP/1.1\r\nHost: x:1\r\nConnection: close\r\n\r\n");
        assertThat(answer).contains("GET /echo?a=b HTTP/1.1");
    }

    @Test
    void whatConcernsOnlyTheLineStaysHere() {
        String answer = get("Connection: X-Secret, keep-alive\r\nX-Secret: a\r\nKeep-Alive: 5\r\nTE: trailers\r\n"
                + "Proxy-Connection: close\r\nProxy-Authorization: b\r\nTrailer: X\r\nUpgrade: h2c\r\n"
                + "HTTP2-Settings: AAMAAABkAAQAAP__\r\nX-Kept: c\r\n");
        assertThat(answer)
                .contains("200 OK")
                .contains("X-Kept: c")
                .doesNotContainIgnoringCase("x-secret")
                .doesNotContain("Keep-Alive: 5", "TE:", "Proxy-", "Trailer", "Upgrade", "HTTP2");
    }

    @Test
    void nobodySaysForWhomHeComes() {
        String answer = get("X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\n"
                + "X-Forwarded-Port: 1\r\nX-Forwarded-Prefix: /p\r\nX-Forwarded-Server: evil\r\nX_Forwarded_For: 1.2.3.4\r\n"
                + "Forwarded: for=1.2.3.4\r\nX-Real-IP: 1.2.3.4\r\n");
        assertThat(answer)
                .contains("X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-Proto: http\r\n", "X-Forwarded-Host: x:1\r\n")
                .doesNotContain("1.2.3.4", "evil", "https", "/p");
    }

    @Test
    void aTrustedProxySaysForWhomItComes() throws Exception {
        start(Map.of("trusted-proxies", "127.0.0.1"));
        String answer = get("X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-For: 5.6.7.8\r\nX-Forwarded-Proto: https\r\n"
                + "X-Forwarded-Host: example.org\r\nForwarded: for=1.2.3.4\r\n");
        assertThat(answer)
                .contains("X-Forwarded-For: 1.2.3.4, 5.6.7.8,127.0.0.1\r\n", "X-Forwarded-Proto: https\r\n")
                .contains("X-Forwarded-Host: example.org\r\n", "Forwarded: for=1.2.3.4\r\n");
    }

    @Test
    void aWebSocketIsToldOnWithTheSameCare() throws Exception {
        line(OPENING + "X-Forwarded-For: 1.2.3.4\r\nX-Kept: c\r\nTE: trailers\r\n\r\n");
        await(() -> !server.heads.isEmpty());
        assertThat(server.heads.get(0))
                .contains("X-Forwarded-For: 127.0.0.1\r\n", "X-Forwarded-Host: x\r\n", "X-Kept: c\r\n")
                .containsOnlyOnce("Upgrade: websocket\r\n")
                .doesNotContain("1.2.3.4", "TE:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 1\r\n", "Transfer-Encoding: chunked\r\n"})
    void aWebSocketHasNoBody(String fields) {
        assertRefused(OPENING + fields + "\r\n");
        assertRefused("POST /gateway/a/connect HTTP/1.1\r\nHost: x\r\n" + SOCKET + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"silent", "answered", "body", "h2c"})
    void clientsThatLeaveTakeTheirLinesWithThem(String kind) throws Exception {
        server.answersUpgrades = kind.equals("answered");
        start(Map.of("answer-timeout-millis", "500", "half-open-timeout-millis", "200", "idle-timeout-millis", "5000"));
        String request =
                switch (kind) {
                    case "body" -> OPENING + "Content-Length: 1\r\n\r\n";
                    case "h2c" -> "GET /metadata HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                            + "HTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n";
                    default -> OPENING + "\r\n";
                };
        for (int i = 0; i < 300; i++) {
            line(request).close();
        }
        assertAnsweredAtOnce();
        await(() -> front.serverLines() == 0
                && front.clientLines() == 0
                && server.openLines() <= 2); // those ask whether it is ready
    }

    @Test
    void aClientThatEndsItsSideEndsTheLine() throws Exception {
        start(Map.of("half-open-timeout-millis", "200"));
        try (Socket line = line(OPENING + "\r\n")) {
            await(() -> front.serverLines() == 1 && !server.heads.isEmpty());
            line.shutdownOutput(); // and reads on
            await(() -> front.serverLines() == 0);
            await(() -> front.clientLines() == 0);
        }
    }

    @Test
    void aServerThatEndsItsSideEndsTheLine() throws Exception {
        server.endsFirst = true;
        start(Map.of("half-open-timeout-millis", "200"));
        try (Socket line = line(OPENING + "\r\n")) {
            InputStream in = line.getInputStream();
            assertThat(new String(in.readAllBytes(), ISO_8859_1)).contains("101 Switching");
            await(() -> front.serverLines() == 0 && front.clientLines() == 0);
        }
    }

    @Test
    void aServerThatDoesNotAnswerAnOpeningIsAway() throws Exception {
        server.answersUpgrades = false;
        start(Map.of("answer-timeout-millis", "200"));
        assertThat(ask(OPENING + "\r\n")).contains("101 Switching", "guard.service_unavailable");
        await(() -> front.serverLines() == 0);
    }

    @Test
    void aServerThatDoesNotAnswerIsATimeoutInJson() throws Exception {
        server.answersRequests = false;
        start(Map.of("request-timeout-millis", "300"));
        assertThat(get("")).startsWith("HTTP/1.1 504 ").contains("\"code\":\"request_timed_out\"");
        await(() -> front.serverLines() == 0 && front.clientLines() == 0);
    }

    @Test
    void slowRequestsEnd() throws Exception {
        start(Map.of("parse-timeout-millis", "300", "idle-timeout-millis", "600", "request-timeout-millis", "900"));
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            slow.add(line(""));
            slow.add(line("GET /echo HT"));
            slow.add(line("GET /echo HTTP/1.1\r\nHost: x\r\nX-"));
            slow.add(line("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nx"));
            slow.add(line("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nx"));
        }
        assertAnsweredAtOnce();
        await(() -> front.clientLines() == 0 && front.serverLines() == 0);
        for (Socket line : slow) {
            line.close();
        }
    }

    @Test
    void anAddressHasAsManyLinesAsItMay() throws Exception {
        start(Map.of("max-connections-per-address", "5"));
        await(() -> front.clientLines() == 0);
        List<Socket> held = hold(5);
        assertThat(get("")).startsWith("HTTP/1.1 429 ").contains("\"code\":\"too_many_connections\"");
        assertThat(ask(OPENING + "\r\n")).startsWith("HTTP/1.1 429 ");
        held.get(0).close();
        await(() -> front.clientLines() == 4);
        assertAnsweredAtOnce();
        close(held);
    }

    @Test
    void theFrontHasAsManyLinesAsItMayAndClosesWhatIsFarTooMuch() throws Exception {
        start(Map.of("max-connections", "5"));
        await(() -> front.clientLines() == 0);
        List<Socket> held = hold(5);
        assertThat(get("")).startsWith("HTTP/1.1 503 ").contains("\"code\":\"too_many_connections\"");
        for (int i = 0; i < 500; i++) {
            held.add(line(""));
        }
        assertThat(front.clientLines()).isLessThan(100);
        close(held);
        await(() -> front.clientLines() == 0);
        assertAnsweredAtOnce();
    }

    private List<Socket> hold(int count) throws Exception {
        List<Socket> held = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            held.add(line(""));
            int lines = i;
            await(() -> front.clientLines() == lines);
        }
        return held;
    }

    private static void close(List<Socket> lines) throws IOException {
        for (Socket line : lines) {
            line.close();
        }
    }

    @Test
    void headsAndBodiesHaveTheirLimits() throws Exception {
        start(Map.of("max-head-bytes", "4000", "max-body-bytes", "1000"));
        assertThat(get("X: " + "x".repeat(3_800) + "\r\n")).contains("200 OK");
        assertThat(get("X: " + "x".repeat(5_000) + "\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("head_too_long");
        assertThat(get("X:x\r\n".repeat(200))).startsWith("HTTP/1.1 400 ").contains("invalid_request");
        String post = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        assertThat(ask(post + "Content-Length: 1000\r\n\r\n" + "b".repeat(1_000)))
                .contains("200 OK", "b".repeat(1_000));
        assertThat(ask(post + "Content-Length: 1001\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("incoming_too_long");
        assertAnsweredAtOnce();
    }

    @Test
    void manyRequestsOnOneLineAreAnsweredInTurn() {
        String request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab";
        String answer = ask(request.repeat(20) + "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(answer.split("200 OK")).hasSize(22);
    }

    @Test
    void optionsAreReadStrictly() {
        for (Map<String, String> wrong : List.of(
                Map.of("max-connections", "0"),
                Map.of("max-connections", "4294967297"),
                Map.of("max-connections", "x"),
                Map.of("max-conections", "5"),
                Map.of("trusted-proxies", "no such host.invalid"))) {
            assertThatThrownBy(() -> FrontSettings.of(new HashMap<>(wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
