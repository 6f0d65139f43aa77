package org.thespis.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.front.StubServer.Health;

/** A front before servers that come and go. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SeveralServersTest extends FrontFixture {

    private static final int LONG_MILLIS = 20_000; // a slow machine is no failure
    private static final String GET = "GET /echo HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String SWITCHING = "HTTP/1.1 101 ";
    private static final String PATIENT = "20000";

    private final List<Socket> lines = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private StubServer other;

    @Override
    int patienceMillis() {
        return LONG_MILLIS;
    }

    @BeforeEach
    void startBeforeTwo() throws Exception {
        other = addServer();
        startPatiently(Map.of());
    }

    /** A server that is only slow is not away. */
    private void startPatiently(Map<String, String> options) throws Exception {
        Map<String, String> all = new HashMap<>(options);
        all.put("health-timeout-millis", PATIENT);
        start(all);
    }

    @AfterEach
    void closeLines() throws IOException {
        clients.shutdownNow();
        for (Socket line : lines) {
            line.close();
        }
    }

    /** A WebSocket that some server has taken. */
    private Socket open() throws IOException {
        Socket line = line(OPENING + "\r\n");
        lines.add(line);
        assertThat(head(line)).startsWith(SWITCHING);
        return line;
    }

    /** Asks on a line that stays; the answer's body is what the server was sent. */
    private static void askOn(Socket line) throws IOException {
        line.getOutputStream().write(GET.getBytes(ISO_8859_1));
        assertThat(head(line)).startsWith("HTTP/1.1 200 ");
        head(line);
    }

    private void awaitSockets(int ofServer, int ofOther) throws InterruptedException {
        await(() -> server.sockets.get() == ofServer && other.sockets.get() == ofOther);
    }

    @Test
    void eachNewLineGoesToTheServerWithTheFewest() throws Exception {
        for (int i = 0; i < 20; i++) {
            open();
        }
        awaitSockets(10, 10);
    }

    @Test
    void manyClientsAtOnceAreSpreadEvenly() throws Exception {
        addServer();
        startPatiently(Map.of());
        List<Callable<Socket>> openings = Collections.nCopies(90, this::open);
        for (Future<Socket> opened : clients.invokeAll(openings)) {
            opened.get();
        }
        assertThat(servers).extracting(each -> each.sockets.get()).containsOnly(30);
    }

    @Test
    void aDrainedServerGetsNoNewLinesAndKeepsItsOpenOnes() throws Exception {
        for (int i = 0; i < 4; i++) {
            open();
        }
        awaitSockets(2, 2);
        server.health = Health.UNREADY;
        await(() -> front.readyServers() == 1);
        for (int i = 0; i < 6; i++) {
            open();
        }
        awaitSockets(2, 8);
        await(() -> front.serverLines() == 10);
        server.health = Health.READY;
        await(() -> front.readyServers() == 2);
        for (int i = 0; i < 6; i++) {
            open();
        }
        awaitSockets(8, 8);
    }

    @Test
    void aClientThatAsksOnLeavesADrainedServer() throws Exception {
        Socket line = line("");
        lines.add(line);
        askOn(line);
        StubServer first = server.heads.isEmpty() ? other : server;
        StubServer second = first == server ? other : server;
        askOn(line);
        assertThat(first.heads).hasSize(2);
        first.health = Health.UNREADY;
        await(() -> front.readyServers() == 1);
        askOn(line);
        assertThat(second.heads).hasSize(1);
        await(() -> front.serverLines() == 1);
    }

    @ParameterizedTest
    @EnumSource(value = Health.class, mode = EnumSource.Mode.EXCLUDE, names = "READY")
    void aServerThatDoesNotSayThatItIsReadyIsAwayUntilItDoes(Health health) throws Exception {
        start(Map.of("health-timeout-millis", "500", "wait-timeout-millis", PATIENT));
        server.health = health;
        await(() -> front.readyServers() == 1);
        for (int i = 0; i < 4; i++) {
            open();
        }
        awaitSockets(0, 4);
        server.health = Health.READY;
        await(() -> front.readyServers() == 2);
        while (server.sockets.get() == 0) {
            open();
        }
    }

    @Test
    void aServerThatRefusesIsPassedOverBeforeItIsMissed() throws Exception {
        server.die();
        for (int i = 0; i < 10; i++) {
            open();
            assertThat(get("")).contains("200 OK");
        }
        awaitSockets(0, 10);
        await(() -> front.readyServers() == 1);
        server.comeBack();
        await(() -> front.readyServers() == 2);
        open();
        awaitSockets(1, 10);
    }

    @Test
    void anOpeningWhoseServerDiesOfItIsTakenByTheNext() throws Exception {
        server.diesOfRequest = true;
        other.diesOfRequest = false;
        for (int i = 0; i < 2; i++) { // one of them comes to the server first
            open();
        }
        assertThat(server.heads).hasSize(1);
        awaitSockets(0, 2);
    }

    @Test
    void anOpeningAtAServerThatHangsIsTakenByTheNext() throws Exception {
        start(Map.of("health-timeout-millis", "500", "answer-timeout-millis", PATIENT, "wait-timeout-millis", PATIENT));
        server.answersUpgrades = false;
        server.health = Health.NEVER_ANSWERED;
        List<Future<Socket>> opened = List.of(clients.submit(this::open), clients.submit(this::open));
        for (Future<Socket> each : opened) {
            each.get();
        }
        awaitSockets(0, 2);
    }

    @Test
    void aServerThatAnswersThatItIsAwayIsPassedOver() throws Exception {
        server.refusesUpgrades = true;
        for (int i = 0; i < 4; i++) {
            open();
        }
        assertThat(server.heads).isNotEmpty();
        awaitSockets(0, 4);
        other.refusesUpgrades = true;
        assertThat(ask(OPENING + "\r\n")).contains("101 Switching", "guard.service_unavailable");
    }

    /** What may be done twice is asked again; of anything else its client is told that it may have been done. */
    @Test
    void aServerThatDiesInTheMiddleOfARequest() throws Exception {
        String post = "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab";
        server.diesOfRequest = true;
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            answers.add(ask(post));
        }
        assertThat(answers).filteredOn(answer -> answer.contains("200 OK")).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.startsWith("HTTP/1.1 503 "))
                .singleElement()
                .asString()
                .contains("\"group\":\"actor\",\"code\":\"gone\"");
        server.comeBack();
        await(() -> front.readyServers() == 2);
        for (int i = 0; i < 2; i++) {
            assertThat(get("")).contains("200 OK");
        }
        assertThat(server.heads).hasSize(2);
        await(() -> front.serverLines() == 0);
    }

    @Test
    void clientsAreToldToComeBackWhenAllAreGone() throws Exception {
        startPatiently(Map.of("wait-timeout-millis", "300"));
        open();
        for (StubServer each : servers) {
            each.die();
        }
        assertThat(get("")).startsWith("HTTP/1.1 503 ").contains("guard", "service_unavailable");
        assertThat(ask(OPENING + "\r\n")).contains("101 Switching", "guard.service_unavailable");
        await(() -> front.readyServers() == 0 && front.serverLines() == 0);
        assertThat(get("")).startsWith("HTTP/1.1 503 ").contains("guard", "service_unavailable");
        other.comeBack();
        await(() -> get("").contains("200 OK"));
    }

    @Test
    void whatWaitsIsHandedToTheFirstThatIsReady() throws Exception {
        startPatiently(Map.of("wait-timeout-millis", PATIENT));
        for (StubServer each : servers) {
            each.die();
        }
        await(() -> front.readyServers() == 0 && front.clientLines() == 0);
        Future<Socket> socket = clients.submit(this::open);
        Future<String> answer = clients.submit(() -> get(""));
        await(() -> front.clientLines() == 2);
        other.comeBack();
        socket.get();
        assertThat(answer.get()).contains("200 OK");
        awaitSockets(0, 1);
    }

    @Test
    void whoWaitsIsALineLikeAnyOther() throws Exception {
        startPatiently(Map.of("wait-timeout-millis", PATIENT, "max-connections", "5"));
        for (StubServer each : servers) {
            each.health = Health.UNREADY;
        }
        await(() -> front.readyServers() == 0 && front.clientLines() == 0);
        List<Future<Socket>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(clients.submit(this::open));
        }
        await(() -> front.clientLines() == 5);
        assertThat(get("")).startsWith("HTTP/1.1 503 ").contains("too_many_connections");
        server.health = Health.READY;
        for (Future<Socket> each : waiting) {
            each.get();
        }
        awaitSockets(5, 0);
    }

    @Test
    void whoLeavesWhileItWaitsIsForgotten() throws Exception {
        startPatiently(Map.of("wait-timeout-millis", "500"));
        for (StubServer each : servers) {
            each.health = Health.UNREADY;
        }
        await(() -> front.readyServers() == 0);
        for (int i = 0; i < 50; i++) {
            line(OPENING + "\r\n").close();
            line(GET).close();
        }
        await(() -> front.clientLines() == 0 && front.serverLines() == 0);
        server.health = Health.READY;
        await(() -> front.readyServers() == 1);
        assertThat(get("")).contains("200 OK");
    }

    @Test
    void whileServersFlapEachRequestIsAnswered() throws Exception {
        start(Map.of("health-timeout-millis", "500", "wait-timeout-millis", PATIENT));
        for (int i = 0; i < 6; i++) {
            boolean even = i % 2 == 0;
            server.health = even ? Health.READY : Health.UNREADY;
            other.health = even ? Health.NEVER_ANSWERED : Health.READY;
            for (int j = 0; j < 3; j++) {
                assertThat(get("")).contains("200 OK");
                open();
            }
        }
        await(() -> server.sockets.get() + other.sockets.get() == 18);
    }
}
