package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.test.fixture.door.Door;

/** The request behind a connection, as actors on a server see it, and what hostile clients make of it. */
@ExtendWith(ArquillianExtension.class)
class RequestIT {

    private static final Duration TIME = Duration.ofSeconds(60);
    private static final int ANSWER_MILLIS = 30_000;

    /** For what may be answered, cut, or waited upon by the server. */
    private static final int MOMENT_MILLIS = 1_000;

    private static final int PLACES = 40;

    private static final String BODY = "{\"args\":[]}";

    /** Whom lines of {@link HostileLine} come from: a proxy. */
    private static final String PROXY = "127.0.0.2";

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.asBuiltWith(
                TestEar.entries(Map.of(
                        "trusted-proxies",
                        PROXY,
                        "max-bytes-per-connection",
                        6_000,
                        "max-connections-per-address",
                        PLACES)),
                ShrinkWrap.create(JavaArchive.class, "door.jar").addPackage(Door.class.getPackage()));
    }

    @ArquillianResource
    URL url;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    private String path(String rest) {
        return "/gateway/door/" + rest + "?" + Bystander.query(key) + "&room=a%20b&room=c";
    }

    private URI address(String scheme, String rest) {
        return URI.create(scheme + "://" + url.getHost() + ":" + url.getPort() + path(rest));
    }

    private HttpResponse<String> call(String rest, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address("http", rest)).timeout(TIME).POST(BodyPublishers.ofString(BODY));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String line(String headers) throws Exception {
        return line(headers, ANSWER_MILLIS);
    }

    private String line(String headers, int millis) throws Exception {
        try (HostileLine line = new HostileLine(url.getPort())) {
            line.send("POST " + path("action/seen") + " HTTP/1.1\r\nHost: localhost:" + url.getPort()
                    + "\r\nConnection: close\r\nContent-Length: " + BODY.length() + "\r\n" + headers + "\r\n" + BODY);
            return line.await("\0", millis); // never: until its end
        }
    }

    private void stillOpens() throws Exception {
        assertThat(call("action/seen", "X-Door-Key", "k").statusCode()).isEqualTo(200);
    }

    private static void showsAll(String seen) {
        assertThat(seen)
                .contains("/gateway/door/", "a b", "theme", "dark", "127.0.0.1", "de-CH", "k1")
                .doesNotContain("secret", "rvt-", "sec-websocket", "upgrade");
    }

    private static final Map<String, String> HEADERS = Map.of(
            "X-DOOR-key", "k1",
            "Cookie", "theme=dark; JSESSIONID=secret",
            "Accept-Language", "de-CH, en;q=0.5");

    @Test
    void aSingleCallShowsIt() throws Exception {
        String seen = call(
                        "action/seen",
                        HEADERS.entrySet().stream()
                                .flatMap(e -> Stream.of(e.getKey(), e.getValue()))
                                .toArray(String[]::new))
                .body();
        showsAll(seen);
        assertThat(seen)
                .contains("\"room\":[\"a b\",\"c\"]", "\"cookies\":{\"theme\":\"dark\"}", "\"x-door-key\":[\"k1\"]");
    }

    @Test
    void aConnectionShowsTheHandshakeHoweverLateItIsAsked() throws Exception {
        RawClient client = RawClient.with(HEADERS, address("ws", "connect"), "rivet_encoding.json");
        client.await("Init");
        showsAll(client.call(1, "seen", "").await("ActionResponse"));
        showsAll(client.call(2, "seen", "").await("ActionResponse"));
        client.close();
        stillOpens();
        assertThat(call("action/seen", "X-Door-Key", "other").body())
                .contains("\"x-door-key\":[\"other\"]")
                .doesNotContain("k1");
    }

    @Test
    void aLowLevelSocketShowsIt() throws Exception {
        RawClient client = RawClient.with(HEADERS, address("ws", "websocket/sub"));
        showsAll(client.await("seen"));
        client.close();
    }

    @Test
    void aLowLevelRequestShowsIt() throws Exception {
        String told = call("request/sub", "X-Door-Key", "k", "Cookie", "JSESSIONID=secret", "Authorization", "Mine x")
                .body();
        assertThat(told)
                .contains("x-door-key=[k]", "authorization=[Mine x]", "/gateway/door/request/sub")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        ",       401, user.unauthorized",
        "old,    403, user.forbidden",
        "lost,   410, user.gone",
        "odd,    400, user.odd",
        "broken, 500, rivetkit.internal_error",
    })
    void theAuthorChoosesHowItIsRefused(String doorKey, int status, String reason) throws Exception {
        HttpResponse<String> answer =
                doorKey == null ? call("action/seen") : call("action/seen", "X-Door-Key", doorKey);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"code\":\"" + reason.substring(reason.indexOf('.') + 1) + "\"");
        Map<String, String> headers = doorKey == null ? Map.of() : Map.of("X-Door-Key", doorKey);
        RawClient connection = RawClient.with(headers, address("ws", "connect"), "rivet_encoding.json");
        connection.await("\"tag\":\"Error\"", reason.substring(reason.indexOf('.') + 1));
        connection.await("close 1011 " + reason);
        RawClient.with(headers, address("ws", "websocket/")).await("close 1011 " + reason);
        assertThat(call("request/", "X-Door-Key", doorKey == null ? "" : doorKey)
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "websocket/"})
    void whoIsRefusedAfterAWhileIsToldWhyAndLeavesItsPlace(String kind) throws Exception {
        for (int batch = 0; batch < 8; batch++) { // of few: a server hears of the end of a client somewhat later
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < PLACES / 4; i++) {
                clients.add(RawClient.with(Map.of("X-Door-Key", "slow"), address("ws", kind), "rivet_encoding.json"));
            }
            for (RawClient client : clients) {
                client.await("close 1011 user.forbidden");
            }
        }
        stillOpens();
    }

    @Test
    void theAddressIsThatBehindTrustedProxiesAndNobodyElseSaysIt() throws Exception {
        assertThat(call("action/seen", "X-Door-Key", "k", "X-Forwarded-For", "203.0.113.9")
                        .body())
                .contains("\"address\":\"127.0.0.1\"");
        assertThat(line("X-Door-Key: k\r\nX-Forwarded-For: 6.6.6.6, 2001:db8::7\r\n"))
                .contains("\"address\":\"2001:db8::7\"");
        assertThat(line("X-Door-Key: k\r\nX-Forwarded-For: <script>\r\n")).contains("\"address\":\"" + PROXY + "\"");
    }

    @Test
    void whatAnAuthorKeepsIsNoRequestOfTheServer() throws Exception {
        String doorKey = "kept-" + key;
        assertThat(call("action/seen", "X-Door-Key", doorKey).statusCode()).isEqualTo(200);
        for (int i = 0; i < 50; i++) { // the server takes its requests for others
            call("action/seen", "X-Door-Key", "k" + i);
        }
        HttpRequest asked = HttpRequest.newBuilder(address("http", "action/kept"))
                .header("X-Door-Key", "k")
                .POST(BodyPublishers.ofString("{\"args\":[\"" + doorKey + "\"]}"))
                .build();
        assertThat(http.send(asked, BodyHandlers.ofString()).body()).contains("/gateway/door/action/seen");
    }

    @Test
    void bytesBeyondAsciiAreReadAsLatin1OrRefused() throws Exception {
        assertThat(line("X-Door-Key: k\r\nX-Name: J\u00f6rg\r\n"))
                .satisfiesAnyOf(
                        told -> assertThat(told).contains("J\u00c3\u00b6rg"), // UTF-8, which is read here as ISO 8859-1
                        told -> assertThat(told).startsWith("HTTP/1.1 400"));
        stillOpens();
    }

    @Test
    void aHandshakeCountsAsBytesOfItsClient() throws Exception {
        Map<String, String> large = Map.of("X-Door-Key", "k", "Cookie", "a=" + "x".repeat(6_500));
        RawClient.with(large, address("ws", "connect"), "rivet_encoding.json").await("close 1011 guard.too_many_bytes");
        RawClient.with(large, address("ws", "websocket/")).await("close 1011 guard.too_many_bytes");
        stillOpens();
    }

    @Test
    void aFieldThatComesTwiceIsThereTwice() throws Exception {
        assertThat(line("X-Door-Key: k\r\nx-door-KEY: old\r\nX_Door_Key: no\r\n"))
                .contains("\"x-door-key\":[\"k\",\"old\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Door-Key : k\r\n",
                "X-Door-Key: k\r\nX-A: b\r\n c\r\n",
                "X-Door-Key: k\r\nContent-Length: 3\r\n",
                "X-Door-Key: k\r\nTransfer-Encoding: chunked\r\n",
                "X-Door-Key: k\nX-A: \0\r\n",
                ": k\r\n",
                "X-Door-Key\r\n",
                "X-Door-Key: k\r\nCookie: ;;;=;=;\"\r\nAccept-Language: ;;;,\r\n",
            })
    void headersThatMeanTwoThingsHarmNobody(String headers) throws Exception {
        assertThat(line(headers, MOMENT_MILLIS))
                .satisfiesAnyOf(told -> assertThat(told).isEmpty(), told -> assertThat(told)
                        .matches("(?s)HTTP/1.1 (200|4\\d\\d) .*"));
        stillOpens();
    }

    @Test
    void floodsOfHeadersAndCookiesAreRefused() throws Exception {
        assertThat(line("X-Door-Key: k\r\nCookie: a=" + "x".repeat(100_000) + "\r\n"))
                .doesNotContain("HTTP/1.1 200")
                .satisfiesAnyOf(told -> assertThat(told).isEmpty(), told -> assertThat(told)
                        .matches("(?s)HTTP/1.1 4\\d\\d .*"));
        assertThat(line("X-Door-Key: k\r\n" + "X-A: b\r\n".repeat(1_000))).doesNotContain("HTTP/1.1 200");
        StringBuilder different = new StringBuilder("X-Door-Key: k\r\n");
        for (int i = 0; i < 199; i++) {
            different.append("X-").append(i).append(": b\r\n");
        }
        assertThat(line(different.toString())).doesNotContain("HTTP/1.1 200");
        HttpResponse<String> query = http.send(
                HttpRequest.newBuilder(URI.create(address("http", "action/seen") + "&a".repeat(300)))
                        .header("X-Door-Key", "k")
                        .POST(BodyPublishers.ofString(BODY))
                        .build(),
                BodyHandlers.ofString());
        assertThat(query.statusCode()).isEqualTo(431);
        assertThat(query.body()).contains("request_head_too_large");
        URI socket = URI.create(address("ws", "connect") + "&a".repeat(300));
        RawClient.with(Map.of("X-Door-Key", "k"), socket, "rivet_encoding.json")
                .await("close 1011 guard.request_head_too_large");
        stillOpens();
    }
}
