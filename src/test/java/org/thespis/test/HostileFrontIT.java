package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one hostile client may try on the front before a server: beside each attempt a client that behaves is served through
 * the same front as ever. Needs no Node.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HostileFrontIT {

    private static final int MAX_CONNECTIONS = 100;
    private static final int MAX_CREATIONS = 100;
    private static final int MAX_BODY = 50_000; // less than the server takes, which would answer first
    private static final Map<String, Object> SETTINGS =
            Map.of("max-creations-per-minute-per-address", MAX_CREATIONS, "trusted-proxies", "127.0.0.1");

    private final StringBuilder report = new StringBuilder();
    private final List<HostileLine> lines = new ArrayList<>();
    private ServerProcess server;
    private FrontProcess front;
    private ServerVitals vitals;
    private Bystander bystander;

    @BeforeAll
    void start() throws Exception {
        Path ear = Report.folder("hostile").resolve("front.ear");
        TestEar.withFixtures(SETTINGS).as(ZipExporter.class).exportTo(ear.toFile(), true);
        server = new ServerProcess("hostile-front", ear);
        server.start();
        front = FrontProcess.before(
                server.address(),
                "--max-connections-per-address=" + MAX_CONNECTIONS,
                "--max-body-bytes=" + MAX_BODY,
                "--parse-timeout-millis=2000",
                "--idle-timeout-millis=20000",
                "--request-timeout-millis=5000");
        server.await(front.address(), 200);
        Bystander.at(front.address()).requireAnswered();
        vitals = ServerVitals.of(front.pid());
    }

    @BeforeEach
    void watch() throws Exception {
        while (ask(head("GET", "/metadata", "\r\n"))
                .contains("too_many_")) { // it takes leave of the lines of a test before
            TimeUnit.MILLISECONDS.sleep(20);
        }
        bystander = Bystander.at(front.address());
    }

    @AfterEach
    void requireServed(TestInfo test) throws Exception {
        report.append(test.getDisplayName())
                .append(": ")
                .append(bystander.requireServed())
                .append('\n');
        for (HostileLine line : lines) {
            line.close();
        }
        lines.clear();
    }

    @AfterAll
    void requireNothingLeft() throws Exception {
        try (ServerProcess closing = server;
                FrontProcess alsoClosing = front) {
            report.append(vitals.requireBack(ServerVitals.MORE_MEGABYTES)).append('\n');
            Report.write("hostile-front", report.toString());
        }
    }

    private HostileLine line() throws IOException {
        HostileLine line = new HostileLine(front.port());
        lines.add(line);
        return line;
    }

    private String ask(String request) throws IOException {
        try (HostileLine line = new HostileLine(front.port())) {
            return line.send(request).await("}", 10_000);
        }
    }

    private static String head(String method, String path, String fields) {
        return method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields;
    }

    private static String size(String fields) {
        return head("POST", "/gateway/limits/action/size?" + Bystander.query("front"), fields);
    }

    @Test
    void bodiesThatComeSlowlyHoldUpNobody() throws Exception {
        for (int i = 0; i < MAX_CONNECTIONS - 10; i++) {
            line().send(size(
                    i % 2 == 0 ? "Content-Length: 1000\r\n\r\n{" : "Transfer-Encoding: chunked\r\n\r\n1\r\n{"));
        }
        bystander.awaitCalls(60);
        for (HostileLine line : lines) {
            assertThat(line.await("\0", 10_000)).doesNotContain(" 200 ");
        }
    }

    @Test
    void headsThatComeSlowlyHoldUpNobody() throws Exception {
        for (int i = 0; i < MAX_CONNECTIONS - 10; i++) {
            line().send(i % 2 == 0 ? "" : "GET /metadata HTTP/1.1\r\nHost: local");
        }
        bystander.awaitCalls(60);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, identity\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 0\r\n\r\n",
                "X: a\nX-Forwarded-For: 1.2.3.4\r\n\r\n",
                "X: a\rX-Forwarded-For: 1.2.3.4\r\n\r\n",
                "X: a\r\n b\r\n\r\n",
                "Connection: Transfer-Encoding\r\n\r\n"
            })
    void whatIsAmbiguousGoesNoFurther(String fields) throws Exception {
        assertThat(ask(size(fields))).contains(" 400 ", "invalid_request");
    }

    @Test
    void anOpeningHasNoBody() throws Exception {
        String opening = HostileLine.upgrade(front.port(), "/gateway/limits/connect?" + Bystander.query("front"));
        for (int i = 0; i < 300; i++) {
            String more = i % 2 == 0 ? "Content-Length: 1\r\n\r\n" : "Transfer-Encoding: chunked\r\n\r\n";
            assertThat(ask(opening.substring(0, opening.length() - 2) + more)).contains(" 400 ");
        }
        assertThat(ask(opening)).contains(" 101 ");
    }

    @Test
    void bodiesHaveTheirLimitHoweverTheyCome() throws Exception {
        assertThat(ask(size("Content-Length: " + (MAX_BODY + 1) + "\r\n\r\n"))).contains(" 413 ", "incoming_too_long");
        String chunk = "fa0\r\n" + "x".repeat(4_000) + "\r\n";
        assertThat(ask(size("Transfer-Encoding: chunked\r\n\r\n") + chunk.repeat(14)))
                .contains(" 413 ", "incoming_too_long");
    }

    @Test
    void anAddressThatOpensTooManyLinesIsRefusedMore() throws Exception {
        for (int i = 0; i < MAX_CONNECTIONS; i++) {
            line();
        }
        String told = ask(head("GET", "/metadata", "\r\n"));
        for (int i = 0; i < 100 && !told.contains(" 429 "); i++) { // until the front has taken the others
            told = ask(head("GET", "/metadata", "\r\n"));
        }
        assertThat(told).contains(" 429 ", "too_many_connections");
        for (int i = 0; i < 500; i++) {
            line();
        }
        bystander.awaitCalls(30);
    }

    /** Behind a front that is trusted, an address is that which the front has seen. */
    @Test
    void whoSaysToComeFromElsewhereIsWhoHeIs() throws Exception {
        String flood = UUID.randomUUID().toString(); // the server may keep those of earlier runs
        int refused = 0;
        for (int i = 0; refused < 10 && i < 10 * MAX_CREATIONS; i++) { // some come through meanwhile
            String path = "/gateway/rawHttp/request/?" + Bystander.query(flood + i);
            String forged = "X-Forwarded-For: 10.0.0." + i + "\r\nForwarded: for=10.0.0." + i + "\r\n";
            refused +=
                    ask(head("GET", path, forged + "Connection: close\r\n\r\n")).contains(" 429 ") ? 1 : 0;
        }
        assertThat(refused).isPositive();
    }
}
