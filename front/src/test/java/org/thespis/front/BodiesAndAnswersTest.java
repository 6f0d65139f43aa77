package org.thespis.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies without a length, and what of the server's answers is passed on. */
@Timeout(value = 8, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BodiesAndAnswersTest extends FrontFixture {

    private static final String CHUNKED =
            "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String TEN = "a\r\n0123456789\r\n";
    private static final String END = "0\r\n\r\n";

    @Test
    void bodiesInChunksGoThrough() throws Exception {
        start(Map.of("max-body-bytes", "1000"));
        assertThat(ask(CHUNKED + TEN.repeat(100) + END)).contains("200 OK", "0123456789".repeat(100));
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 10_000})
    void bodiesInChunksHaveTheSameLimit(int chunks) throws Exception {
        start(Map.of("max-body-bytes", "1000"));
        String answer = ask(CHUNKED + TEN.repeat(chunks) + END);
        assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"incoming_too_long\"");
        assertAnsweredAtOnce();
        await(() -> front.serverLines() == 0 && front.clientLines() == 0);
    }

    @Test
    void aLongBodyIsToldSo() throws Exception {
        start(Map.of("max-body-bytes", "1000000"));
        String chunk = "fa0\r\n" + "x".repeat(4_000) + "\r\n";
        assertThat(ask(CHUNKED + chunk.repeat(260))).startsWith("HTTP/1.1 413 ");
    }

    /** RFC 9112, section 9.6: a line that is closed at once is reset by what still comes, and its client reads nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 4200000"})
    void whoReadsOnlyAfterItsWholeBodyReadsWhyItIsTooLong(String length) throws Exception {
        start(Map.of("max-body-bytes", "1000"));
        try (Socket line = line("POST /echo HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n")) {
            for (int i = 0; i < 300; i++) {
                line.getOutputStream().write(TEN.repeat(1_000).getBytes(ISO_8859_1));
            }
            line.getOutputStream().write(END.getBytes(ISO_8859_1));
            assertThat(new String(line.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 413 ");
            await(() -> front.clientLines() == 0 && front.serverLines() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 14000000"})
    void aTooLongBodyThatNeverEndsIsToldSoAndItsLineEnds(String length) throws Exception {
        start(Map.of("max-body-bytes", "1000"));
        try (Socket line = line("POST /echo HTTP/1.1\r\nHost: x\r\n" + length + "\r\n\r\n" + TEN.repeat(101))) {
            assertThat(new String(line.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 413 ");
            await(() -> front.clientLines() == 0 && front.serverLines() == 0);
        }
    }

    @Test
    void aBodyThatEndsEarlyIsTheClientsFault() throws Exception {
        String head = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\n";
        for (int i = 0; i < 20; i++) {
            assertThat(askAndEnd(head + "bod")).startsWith("HTTP/1.1 400 ").contains("its body is not whole");
        }
        assertAnsweredAtOnce();
        await(() -> front.serverLines() == 0 && front.clientLines() == 0);
    }

    private String askAndEnd(String request) throws IOException {
        try (Socket line = line(request)) {
            line.shutdownOutput();
            return new String(line.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\n", "-1\r\nx\r\n", "fffffffffffffffffff\r\nx"})
    void whatIsNoChunkEndsTheLineAndNothingElse(String body) throws Exception {
        assertThat(ask(CHUNKED + body + END)).doesNotContain("200 OK");
        assertAnsweredAtOnce();
        await(() -> front.serverLines() == 0 && front.clientLines() == 0);
    }

    /** RFC 9110, section 7.6.1. */
    @Test
    void whatConcernsOnlyTheServersLineStaysHere() {
        server.answerFields = "Connection: X-Secret, close\r\nX-Secret: a\r\nKeep-Alive: timeout=5\r\nTE: trailers\r\n"
                + "Proxy-Connection: close\r\nProxy-Authenticate: b\r\nTrailer: X\r\nUpgrade: h2c\r\nX-Kept: c\r\n";
        String answer = get("");
        assertThat(answer.substring(0, answer.indexOf("\r\n\r\n")))
                .contains("200 OK")
                .contains("X-Kept: c")
                .doesNotContainIgnoringCase("x-secret")
                .doesNotContain("Keep-Alive", "TE:", "Proxy-", "Trailer", "Upgrade");
    }

    @Test
    void aServerThatEndsItsLineDoesNotEndTheClients() throws Exception {
        server.answerFields = "Connection: close\r\n";
        String request = "GET /echo HTTP/1.1\r\nHost: x\r\n";
        String answers = ask(request + "\r\n" + request + "Connection: close\r\n\r\n");
        assertThat(answers.split("200 OK")).hasSize(3);
    }

    @Test
    void theAnswerToAnOpeningKeepsWhatChangesTheProtocol() throws IOException {
        server.answerFields = "Connection: X-Secret\r\nX-Secret: a\r\nKeep-Alive: timeout=5\r\nX-Kept: c\r\n";
        server.endsFirst = true;
        try (Socket line = line(OPENING + "\r\n")) {
            line.shutdownOutput();
            assertThat(new String(line.getInputStream().readAllBytes(), ISO_8859_1))
                    .startsWith("HTTP/1.1 101 ")
                    .containsOnlyOnce("Upgrade: websocket\r\n")
                    .containsOnlyOnce("Connection: Upgrade\r\n")
                    .contains("X-Kept: c")
                    .doesNotContainIgnoringCase("x-secret")
                    .doesNotContain("Keep-Alive");
        }
    }
}
