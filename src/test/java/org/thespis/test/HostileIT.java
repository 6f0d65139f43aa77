package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.HostileLine.BINARY;
import static org.thespis.test.HostileLine.TEXT;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one hostile client may try, on a server as users run it: each attempt is bounded, and beside it a client that behaves is
 * served as ever. Needs no Node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HostileIT {

    private static final int BODY_MILLIS = 3_000;
    private static final int MAX_CONNECTIONS = 300;
    private static final int MAX_CREATIONS = 200;
    private static final int MEGABYTE = 1_000_000;
    private static final int MORE_CALLS = 60;

    /** Deadlines that a test can wait for, and bounds that it can reach. */
    private static final Map<String, Object> SETTINGS = Map.of(
            "body-timeout-millis", BODY_MILLIS,
            "answer-timeout-millis", 3_000,
            "max-connections-per-address", MAX_CONNECTIONS,
            "max-creations-per-minute-per-address", MAX_CREATIONS,
            "max-messages-per-second-per-connection", 500);

    private final StringBuilder report = new StringBuilder();
    private final List<HostileLine> lines = new ArrayList<>();
    private ServerProcess server;
    private ServerVitals vitals;
    private Bystander bystander;
    private int port;

    @BeforeAll
    void start() throws Exception {
        Path ear = Report.folder("hostile").resolve("thespis.ear");
        TestEar.withFixtures(SETTINGS).as(ZipExporter.class).exportTo(ear.toFile(), true);
        server = new ServerProcess("hostile", ear);
        server.start();
        port = server.address().getPort();
        warmUp();
        vitals = ServerVitals.of(server.pid());
    }

    /** Classes, threads and buffers that stay once they are there are no leak. */
    private void warmUp() throws Exception {
        Bystander first = Bystander.at(server.address());
        for (int i = 0; i < 200; i++) {
            line().send(get("/gateway/rawHttp/request/?" + Bystander.query("warm")));
        }
        for (HostileLine line : lines) {
            line.await("\r\n\r\n", 10_000);
        }
        closeAll();
        first.requireAnswered();
    }

    @BeforeEach
    void watch() throws Exception {
        while (ask(get("/thespis.js")).contains("too_many_")) { // more than a few bytes: the heap may be full
            TimeUnit.MILLISECONDS.sleep(20);
        }
        bystander = Bystander.at(server.address());
    }

    @AfterEach
    void requireServed(TestInfo test) throws Exception {
        String served = bystander.requireServed();
        report.append(test.getDisplayName()).append(": ").append(served).append('\n');
        closeAll();
    }

    @AfterAll
    void requireNothingLeft() throws Exception {
        try (ServerProcess closing = server) {
            report.append(vitals.requireBack(ServerVitals.MORE_MEGABYTES)).append('\n');
            Report.write("hostile", report.toString());
        }
    }

    private HostileLine line() throws IOException {
        return kept(new HostileLine(port));
    }

    private HostileLine deafLine() throws IOException {
        return kept(new HostileLine(port, false));
    }

    private HostileLine webSocket(String actor, String rest, String key) throws IOException {
        return kept(HostileLine.webSocket(port, "/gateway/" + actor + "/" + rest + "?" + Bystander.query(key)));
    }

    private HostileLine kept(HostileLine line) {
        lines.add(line);
        return line;
    }

    private void closeAll() throws IOException {
        for (HostileLine line : lines) {
            line.close();
        }
        lines.clear();
    }

    private String get(String path, String... headers) {
        return request("GET", path, headers) + "\r\n";
    }

    private String post(String path, String body, String... headers) {
        return request("POST", path, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String request(String method, String path, String... headers) {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String host = more.contains("Host:") ? "" : "Host: localhost:" + port + "\r\n";
        return method + " " + path + " HTTP/1.1\r\n" + host + more;
    }

    private static String action(String actor, String name, String key) {
        return "/gateway/" + actor + "/action/" + name + "?" + Bystander.query(key);
    }

    /** An answer, with its body as it comes in one piece. */
    private String ask(String request) throws IOException {
        try (HostileLine line = new HostileLine(port)) {
            return line.send(request).await("}", 10_000);
        }
    }

    /** Again, as what one round leaves must not add up. */
    @RepeatedTest(value = 3, name = "aClientThatDoesNotReadItsAnswerHoldsUpNobody, {currentRepetition}")
    void aClientThatDoesNotReadItsAnswerHoldsUpNobody() throws Exception {
        for (int i = 0; i < 6; i++) {
            deafLine().send(post(action("limits", "make", "deaf"), "{\"args\":[5000000]}"));
        }
        for (int i = 0; i < 6; i++) {
            String one = post(action("limits", "make", "pipe"), "{\"args\":[300000]}");
            deafLine().send(one.repeat(20));
        }
        whileOthersAreServed();
    }

    private void whileOthersAreServed() throws InterruptedException {
        bystander.awaitCalls(MORE_CALLS);
    }

    @Test
    void aBodyThatComesByteByByteEndsWithItsDeadline() throws Exception {
        for (int i = 0; i < 60; i++) {
            line().send(request("POST", action("limits", "size", "slow")) + "Content-Length: 1000\r\n\r\n{");
        }
        for (int i = 0; i < 3; i++) {
            whileOthersAreServed();
            lines.forEach(line -> line.send(" "));
        }
        for (HostileLine line : lines) {
            assertThat(line.await("}", 4 * BODY_MILLIS)).contains(" 408 ", "request_timed_out");
        }
    }

    @Test
    void theBodyOfACallThatNobodyTakesIsNotDecoded() throws Exception {
        String maps = "\u00a1\u0064args\u009a\u0000\u004c\u004b\u0040" + "\u00a0".repeat(5 * MEGABYTE);
        for (int i = 0; i < 6; i++) {
            line().send(post(action("limits", "nothing", "bomb"), maps, "x-rivet-encoding: cbor"));
        }
        for (HostileLine line : lines) {
            assertThat(line.await("}", 10_000)).contains(" 404 ", "action_not_found");
        }
    }

    @Test
    void messagesToAnActorThatIsBusyAreBounded() throws Exception {
        HostileLine busy = line();
        for (int i = 0; i < 4; i++) {
            webSocket("rawSocket", "websocket/", "busy");
        }
        busy.send(post(action("rawSocket", "block", "busy"), "{\"args\":[9000]}"));
        List<HostileLine> sockets = lines.subList(1, 5);
        byte[] message = HostileLine.frame(BINARY, true, MEGABYTE, new byte[MEGABYTE]);
        for (int i = 0; i < 100; i++) {
            sockets.forEach(socket -> socket.send(message));
        }
        for (HostileLine socket : sockets) {
            assertThat(socket.await("too_many_bytes", 10_000))
                    .containsAnyOf("guard.too_many_bytes", "actor.overloaded");
        }
    }

    /** Again, as above. */
    @RepeatedTest(value = 4, name = "messagesThatDoNotEndAreBounded, {currentRepetition}")
    void messagesThatDoNotEndAreBounded() throws Exception {
        byte[] fragment = HostileLine.frame(BINARY, false, MEGABYTE, new byte[MEGABYTE]);
        byte[] half = HostileLine.frame(BINARY, true, MEGABYTE + 20_000, new byte[MEGABYTE]);
        for (int i = 0; i < 200; i++) {
            webSocket("rawSocket", "websocket/", "unfinished").send(i % 2 == 0 ? fragment : half);
        }
        whileOthersAreServed();
        long refused = 0;
        for (HostileLine line : lines) {
            refused += line.await("too_many_bytes", 20).contains("too_many_bytes") ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aConnectionThatSaysTooMuchIsClosed() throws Exception {
        String size = post(action("limits", "size", "loud"), "{\"args\":[\"x\"]}");
        while (!ask(size).contains("output")) { // a test before may have used up what this address may create
            TimeUnit.MILLISECONDS.sleep(50);
        }
        HostileLine loud = webSocket("limits", "connect", "loud");
        byte[] message = // is not answered: what this client has not read when its line ends may be lost
                "{\"body\":{\"tag\":\"SubscriptionRequest\",\"val\":{\"eventName\":\"blob\",\"subscribe\":true}}}"
                        .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 10_000; i++) {
            loud.frame(TEXT, true, message);
        }
        assertThat(loud.await("guard.too_many_requests", 20_000)).contains("guard.too_many_requests");
    }

    @Test
    void anAddressThatOpensTooManyConnectionsIsRefusedMore() throws Exception {
        for (int i = 0; i < MAX_CONNECTIONS + 20; i++) {
            webSocket("limits", "connect", "many");
        }
        assertThat(lines.get(MAX_CONNECTIONS + 10).await("guard.too_many_connections", 20_000))
                .contains("guard.too_many_connections");
        assertThat(ask(get("/metadata"))).contains(" 429 ", "too_many_connections");
    }

    @Test
    void anAddressThatCreatesTooMuchIsRefusedAndOthersGoOn() throws Exception {
        String flood = UUID.randomUUID().toString(); // the server may keep those of earlier runs
        int created = 0;
        int refused = 0;
        List<String> others = new ArrayList<>();
        for (int i = 0;
                refused < 20 && i < 10 * MAX_CREATIONS;
                i++) { // how many come through meanwhile is a matter of time
            String answer = ask(get("/gateway/rawHttp/request/?" + Bystander.query(flood + i)));
            if (answer.contains(" 200 ")) {
                created++;
            } else if (answer.contains(" 429 ") && answer.contains("too_many_creations")) {
                refused++;
            } else {
                others.add(answer);
            }
        }
        assertThat(others)
                .as(created + " were created, " + refused + " refused")
                .isEmpty();
        assertThat(refused).isPositive();
        assertThat(ask(get("/gateway/rawHttp/request/?" + Bystander.query(flood + "0"))))
                .as("what is there goes on")
                .contains(" 200 ");
        URI other = server.address().resolve("/gateway/rawHttp/request/?" + Bystander.query("another" + flood));
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(other).build(), HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aForeignPageCreatesAndRunsNothingUnseen() throws Exception {
        String image = get("/gateway/rawHttp/request/?" + Bystander.query("image"), "Sec-Fetch-Site: cross-site");
        assertThat(ask(image)).contains(" 403 ", "guard.cross_site");
        assertThat(ask(get("/actors?name=rawHttp&key=image"))).contains("\"actors\":[]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
        GET    | /x/gateway/rawHttp/request/../../../../gateway/rawHttp/request/y | 400
        GET    | /gateway/pub/../rawHttp/request/y                                | 400
        GET    | /gateway/pub/%2e%2e/rawHttp/request/y                            | 400
        GET    | /gateway//rawHttp/request/y                                      | 400
        GET    | /gateway/rawHttp;a=b/request/y                                   | 400
        GET    | /gateway/rawH%2Fttp/request/y                                    | 400
        GET    | /gateway/rawHttp/request/a%00b                                   | 400
        GET    | /nothing                                                         | 404
        GET    | /gateway                                                         | 404
        PUT    | /actors/ANYTHING                                                 | 405
        POST   | /actors/ANYTHING                                                 | 405
        PATCH  | /actors                                                          | 405
        DELETE | /actors                                                          | 405
        GET    | /actors?name=rawHttp                                             | 401
        DELETE | /actors/3f2504e0-4f89-11d3-9a0c-0305e82c3301                     | 401
        GET    | /gateway/rawHttp/action/hits                                     | 405
        """)
    void whatIsNotServedIsRefusedAndTellsNothing(String method, String path, int status) throws Exception {
        String full = path.contains("request/") ? path + "?" + Bystander.query("paths") : path;
        String answer = ask(request(method, full) + "Content-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status).doesNotContainIgnoringCase("<html");
        requireTellsNothing(answer);
    }

    private static void requireTellsNothing(String answer) {
        assertThat(answer).doesNotContainIgnoringCase("server:", "powered-by", "java.", "org.", "wildfly", "payara");
    }

    @Test
    void whatNoApplicationServesIsRefusedByTheServerItself() throws Exception {
        try (HostileLine line = new HostileLine(port)) {
            String answer =
                    line.send(get("/WEB-INF/web.xml", "Connection: close")).await("\0", 10_000);
            assertThat(answer).startsWith("HTTP/1.1 404");
            requireTellsNothing(answer);
        }
    }

    @Test
    void aFrameThatDoesNotWaitForTheHandshakeHoldsUpNobody() throws Exception {
        byte[] frame = HostileLine.frame(TEXT, true, 2, "{}".getBytes(StandardCharsets.UTF_8));
        String opening = HostileLine.upgrade(port, "/gateway/limits/connect?" + Bystander.query("early"));
        for (int i = 0; i < 80; i++) { // more than Payara has threads
            line().send(opening + new String(frame, StandardCharsets.ISO_8859_1));
        }
        whileOthersAreServed();
    }

    /** As the client of the JDK asks with each request. */
    @Test
    void aBodyBehindAnOfferOfAnotherProtocolEndsWhereItSays() throws Exception {
        String upgrade = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAAA";
        for (String offer : List.of("Connection: Upgrade\r\nUpgrade: other", upgrade)) {
            String call = post(action("limits", "size", "upgrade"), "{\"args\":[\"four\"]}", offer);
            assertThat(ask(call)).contains("{\"output\":4}");
            try (HostileLine line = new HostileLine(port)) {
                line.send(call.substring(0, call.length() - 8));
                whileOthersAreServed();
                assertThat(line.send(call.substring(call.length() - 8)).await("}", 10_000))
                        .contains("{\"output\":4}");
            }
        }
    }

    /** RFC 6455, section 4.2.1; without a Host it was an error of Payara's own, or never answered. */
    @ParameterizedTest
    @ValueSource(strings = {"", " HTTP/0.9", " HTTP/1.0", " HTTP/2.0"})
    void aWebSocketOfAnotherVersionOfHttpIsRefused(String version) throws Exception {
        String path = "/gateway/limits/connect?" + Bystander.query("version");
        for (String wanted : List.of(path, "/metadata")) {
            String opening = HostileLine.upgrade(port, wanted).replace(" HTTP/1.1", version);
            for (String sent : List.of(opening, opening.replace("Host: localhost:" + port + "\r\n", ""))) {
                assertThat(ask(sent)).as(sent).matches("(?s)HTTP/\\d\\.\\d (4\\d\\d|505) .*");
            }
        }
    }

    @Test
    void namesAndPagesOfOthersAreRefused() throws Exception {
        assertThat(ask(get("/metadata", "Host: evil.com", "Origin: http://evil.com")))
                .contains(" 421 ");
        assertThat(ask(get("/metadata", "Origin: http://evil.com"))).contains(" 403 ", "origin_not_allowed");
        assertThat(ask(get("/metadata", "Origin: https://localhost:" + port)))
                .contains(" 403 ", "origin_not_allowed")
                .doesNotContain("Access-Control-Allow-Origin");
        assertThat(ask(get("/metadata", "Origin: http://localhost:" + port))).contains(" 200 ");
        assertThat(ask(get("/gateway/rawHttp/request/?" + Bystander.query("t"), "x-rivet-token: t")))
                .contains(" 401 ", "token_not_accepted");
        for (String everybodys : List.of("/metadata", "/health", "/thespis.js")) {
            assertThat(ask(get(everybodys, "x-rivet-token: t"))).contains(" 200 ");
        }
        assertThat(ask(get("/health"))).contains("{\"status\":\"ok\"}"); // ours: Payara has one, too
    }

    @Test
    void aQuestionForThousandsOfActorsIsRefused() throws Exception {
        String ids = "3f2504e0-4f89-11d3-9a0c-0305e82c3301,".repeat(1_000);
        assertThat(ask(get("/actors?actor_ids=" + ids))).contains(" 400 ");
    }

    @Test
    @Timeout(3600)
    void whatIsBrokenAtRandomHarmsNobody() throws Exception {
        Fuzz fuzz = new Fuzz(port);
        report.append(fuzz.run()).append('\n');
    }
}
