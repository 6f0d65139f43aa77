package org.thespis.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.front.StubServer.Health;

/** What servers and clients do in the middle of something. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeveralServersFailureTest extends FrontFixture {

    private static final String GET = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";

    private final List<Socket> lines = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private StubServer other;

    @BeforeEach
    void startBeforeTwo() throws Exception {
        other = addServer();
        start(Map.of());
    }

    @AfterEach
    void closeLines() throws IOException {
        clients.shutdownNow();
        for (Socket line : lines) {
            line.close();
        }
    }

    private Socket open(String sent) throws IOException {
        Socket line = line(sent);
        lines.add(line);
        return line;
    }

    private static String answer(Socket line, String sent) throws IOException {
        line.getOutputStream().write(sent.getBytes(ISO_8859_1));
        String answer = head(line);
        if (answer.contains("200 OK")) {
            head(line); // its body is the head that was sent
        }
        return answer;
    }

    /** The line of its requests is not needed any more. */
    @Test
    void aClientThatAsksAndThenOpensAWebSocketHasOneLine() throws Exception {
        Socket line = open("");
        assertThat(answer(line, GET)).contains("200 OK");
        assertThat(answer(line, OPENING + "\r\n")).contains("101 Switching");
        await(() -> front.serverLines() == 1);
        line.close();
        await(() -> front.serverLines() == 0);
    }

    /** One line of a client, however often it is refused. */
    @Test
    void whoAsksAndOpensByTurnsHasNoMoreLinesThanOne() throws Exception {
        servers.forEach(each -> each.answersOpenings = 401);
        Socket line = open("");
        for (int i = 0; i < 5; i++) {
            assertThat(answer(line, GET)).contains("200 OK");
            assertThat(answer(line, OPENING + "\r\n")).contains(" 401 ");
        }
        assertThat(front.serverLines()).isLessThanOrEqualTo(1);
        line.close();
        await(() -> front.serverLines() == 0);
    }

    /** It has the fewest lines, but was just asked in vain. */
    @Test
    void aRequestThatMayBeDoneTwiceIsAskedOfAnotherServer() throws Exception {
        server.cutsRequests = true;
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(get(""));
            if (i % 2 == 0) {
                open(OPENING + "\r\n"); // the other one has more lines
            }
        }
        assertThat(answers).allMatch(answer -> answer.contains("200 OK"), "is answered");
    }

    /** None is sent to another server, and its client learns that it may have been done. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT"})
    void aBodyThatIsHalfSentWhenItsServerEnds(String method) throws Exception {
        server.diesOfRequest = true;
        other.diesOfRequest = true;
        Socket line = open(method + " /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + "a".repeat(1_000));
        try {
            for (int i = 0; i < 100; i++) {
                line.getOutputStream().write("b".repeat(1_000).getBytes(ISO_8859_1));
                TimeUnit.MILLISECONDS.sleep(2);
            }
        } catch (IOException e) {
            // answered already
        }
        assertThat(head(line)).contains("HTTP/1.1 503 ").contains("actor.gone");
        assertThat(server.heads.size() + other.heads.size()).isEqualTo(1);
    }

    /** Its client was told that it took too long, and may send it again. */
    @Test
    void aRequestWhoseTimeIsOverWhileItWaitsIsSentToNobody() throws Exception {
        start(Map.of("request-timeout-millis", "1000", "wait-timeout-millis", "20000"));
        servers.forEach(each -> each.health = Health.UNREADY);
        await(() -> front.readyServers() == 0);
        Socket line = open("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        assertThat(head(line)).contains("HTTP/1.1 504 ");
        servers.forEach(each -> each.health = Health.READY);
        await(() -> front.readyServers() == 2);
        for (int i = 0; i < 4; i++) {
            assertAnsweredAtOnce();
        }
        assertThat(server.heads).noneMatch(head -> head.startsWith("POST"));
        assertThat(other.heads).noneMatch(head -> head.startsWith("POST"));
        line.close();
        await(() -> front.serverLines() == 0);
    }

    /** Who is away is left, also by who is about to reach it. */
    @Test
    void whoWaitsForALineToAServerThatIsAwayGoesToAnotherOne() throws Exception {
        start(Map.of("connect-timeout-millis", "20000"));
        server.takesNobody();
        List<Future<String>> openings = new ArrayList<>();
        for (int i = 0; i < 2; i++) { // one of them comes to the server first
            openings.add(clients.submit(() -> head(open(OPENING + "\r\n"))));
        }
        for (Future<String> each : openings) {
            assertThat(each.get()).contains("101 Switching");
        }
    }
}
