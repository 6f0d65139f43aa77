package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types of arguments, and each limit as set by JNDI. Needs no Node. */
@ExtendWith(ArquillianExtension.class)
@Timeout(120)
class ContractIT {

    private static final Map<String, Object> SETTINGS = Map.ofEntries(
            Map.entry("action-timeout-millis", 2_000),
            Map.entry("create-timeout-millis", 2_000),
            Map.entry("connect-timeout-millis", 2_000),
            Map.entry("sleep-timeout-millis", 1_000),
            Map.entry("max-waiting-calls", 3),
            Map.entry("max-subscriptions", 2),
            Map.entry("max-incoming-bytes", 2_000),
            Map.entry("max-low-level-incoming-bytes", 1_000),
            Map.entry("max-outgoing-bytes", 100_000),
            Map.entry("max-parameter-bytes", 100),
            Map.entry("max-body-bytes", 2_500),
            Map.entry("max-name-bytes", 20),
            Map.entry("max-key-bytes", 60),
            Map.entry("max-queued-bytes", 200_000),
            Map.entry("ping-period-millis", 1_000),
            Map.entry("silence-timeout-millis", 3_000),
            Map.entry("namespace", "prod"));

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures(SETTINGS);
    }

    @ArquillianResource
    URL url;

    private final String key = UUID.randomUUID().toString();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
        order    | {"id":"a","colour":"RED","day":"2026-02-28","way":[{"x":1,"y":2}],"note":"n"} | {"colour":"RED","day":"2026-02-28","id":"a","note":"n","way":[{"x":1,"y":2}]}
        colours  | ["GREEN"]                                       | ["GREEN"]
        byColour | {"GREEN":[{"x":1,"y":2}]}                       | {"GREEN":[{"x":1,"y":2}]}
        areas    | [{"kind":"circle","radius":2},{"kind":"square","side":3}] | [12.0,9.0]
        bigger   | {"kind":"square","side":3}                      | {"kind":"square","side":6.0}
        optional |                                                 | "none"
        optional | "some"                                          | "some"
        twice    | "PT1.5S"                                        | "PT3S"
        sum      | 1,0.5                                           | 1.5
        later    | {"x":1,"y":2}                                   | {"x":2,"y":1}
        provided |                                                 | [true,true,true]
        """)
    void valuesKeepTheirTypes(String action, String arguments, String result) throws Exception {
        assertThat(post("typed", action, arguments == null ? "" : arguments)).isEqualTo("{\"output\":" + result + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
        order    | {"id":"a","colour":"PINK"} | Argument 1 (given)
        byColour | {"PINK":[]}                | Argument 1 (given)
        areas    | [{"kind":"line"}]          | Argument 1 (shapes)
        twice    | "tomorrow"                 | Argument 1 (duration)
        sum      | 1,"x"                      | Argument 2 (other)
        """)
    void whatDoesNotFitNamesTheParameter(String action, String arguments, String named) throws Exception {
        assertThat(post("typed", action, arguments))
                .contains("\"code\":\"invalid_argument\"", named)
                .doesNotContain("org.", "java.");
    }

    @Test
    void aCallWithAnIdempotencyKeyCountsOnce() throws Exception {
        HttpRequest increment = HttpRequest.newBuilder(address("http", "counter", "action/increment"))
                .header("Idempotency-Key", "k1")
                .POST(BodyPublishers.ofString("{\"args\":[5]}"))
                .build();
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < 3; i++) {
            assertThat(http.send(increment, BodyHandlers.ofString()).body()).isEqualTo("{\"output\":5}");
        }
    }

    @Test
    void anIdleActorSleepsAndWakesForWhatItHasPlanned() throws Exception {
        post("napper", "plan", "8000");
        String napper = key;
        String wanted = "[\"wake 0\",\"sleep 0\",\"wake 0\",\"fire 2\",\"sleep 2\"]";
        URI onlooker =
                URI.create(address("http", "napper", "action/story").toString().replace(napper, "onlooker"));
        String story;
        do {
            TimeUnit.MILLISECONDS.sleep(100);
            story = send("POST", onlooker, "{\"args\":[\"" + napper + "\"]}");
        } while (!story.equals("{\"output\":" + wanted + "}"));
    }

    @Test
    void actionsThatBlockHoldUpNobodyElse() throws Exception {
        for (int i = 0; i < 8; i++) {
            URI other = URI.create(socket("probe") + "-blocked-" + i);
            String blocked = other.toString().replace("ws:", "http:").replace("/connect?", "/action/block?");
            HttpRequest block = HttpRequest.newBuilder(URI.create(blocked))
                    .POST(BodyPublishers.ofString("{\"args\":[5000]}"))
                    .build();
            HttpClient.newHttpClient().sendAsync(block, BodyHandlers.ofString());
        }
        assertThat(post("typed", "later", "{\"x\":1,\"y\":2}")).isEqualTo("{\"output\":{\"x\":2,\"y\":1}}");
    }

    @Test
    void actionTimeout() throws Exception {
        assertThat(post("probe", "block", "4000")).contains("action_timed_out");
    }

    @Test
    void createTimeout() throws Exception {
        String fiveSeconds = "GROI"; // base64 of CBOR
        String body = "{\"name\":\"sluggish\",\"key\":\"" + key + "\",\"input\":\"" + fiveSeconds + "\"}";
        assertThat(send("PUT", "/actors", body)).contains("create_timed_out");
        assertThat(send("GET", "/actors?name=sluggish&key=" + key, "")).contains("\"actors\":[]");
    }

    @Test
    void connectTimeout() throws Exception {
        assertThat(post("sluggish", "hello", "")).as("the actor is there").contains("hello");
        RawClient client = RawClient.open(socket("sluggish"), "rivet_encoding.json", "rivet_conn_params.9000");
        client.await("\"Error\"", "connect_timed_out");
        client.await("close 1011 actor.connect_timed_out");
        assertThat(post("sluggish", "hello", "")).as("the actor goes on").contains("action_timed_out");
    }

    @Test
    void connectTimeoutOfAnActorThatIsCreatedForTheClient() throws Exception {
        RawClient client = RawClient.open(socket("sluggish"), "rivet_encoding.json", "rivet_conn_params.9000");
        client.await("\"Error\"", "connect_timed_out");
        client.await("close 1011 actor.connect_timed_out");
        assertThat(send("GET", "/actors?name=sluggish&key=" + key, ""))
                .as("it did not come to be")
                .contains("\"actors\":[]");
    }

    @Test
    void maxWaitingCalls() throws Exception {
        RawClient blocker = RawClient.open(socket("probe"));
        blocker.await("Init");
        RawClient client = RawClient.open(socket("probe"));
        client.await("Init");
        blocker.call(1, "block", "3000");
        int id = 1;
        while (!client.hears("overloaded", "3 calls")) {
            client.call(++id, "keyText", "");
        }
    }

    @Test
    void maxSubscriptions() throws Exception {
        RawClient client = RawClient.open(socket("probe"));
        client.await("Init"); // while the actor is being created, no more than max-waiting-calls may wait in it
        client.subscribe("a").subscribe("b").subscribe("c").await("too_many_subscriptions", "At most 2");
    }

    @Test
    void maxIncoming() throws Exception {
        RawClient client = RawClient.open(socket("limits"));
        client.call(1, "size", "\"" + "x".repeat(1_500) + "\"").await("1500");
        client.call(2, "size", "\"" + "x".repeat(2_000) + "\"").await("close 1011 message.incoming_too_long");
    }

    @Test
    void maxLowLevelIncoming() throws Exception {
        RawClient client = RawClient.open(address("ws", "rawSocket", "websocket/"));
        client.await("hello");
        client.send("x".repeat(1_000)).await("x".repeat(1_000));
        client.send("x".repeat(1_001)).await("close 1011 message.incoming_too_long");
        awaitStory("error 1011 message.incoming_too_long", "close 1011");
    }

    @Test
    void aCutLineIsAnErrorOfALowLevelSocketAndALeavingClientIsNot() throws Exception {
        RawClient polite = RawClient.open(address("ws", "rawSocket", "websocket/"));
        polite.await("hello");
        polite.close();
        awaitStory("close 1000");
        RawClient client = RawClient.open(address("ws", "rawSocket", "websocket/"));
        client.send("there").await("there"); // on Payara a cut before the end of the opening shows by silence only
        client.cut();
        awaitStory("close 1000", "error 1006", "close 1006");
    }

    private void awaitStory(String... lines) throws Exception {
        String wanted =
                Arrays.stream(lines).map(line -> "\"" + line + "[^\"]*\"").collect(Collectors.joining(","));
        while (!post("rawSocket", "story", "").matches(".*\\[" + wanted + "\\].*")) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Test
    void maxOutgoing() throws Exception {
        RawClient client = RawClient.open(socket("limits"));
        client.call(1, "make", "100001").await("outgoing_too_long");
        client.call(2, "make", "90000").await("ActionResponse");
        client.subscribe("blob").call(3, "emit", "100001").await("close 1011 message.outgoing_too_long");
    }

    @Test
    void maxParameters() throws Exception {
        String parameters = "%22" + "x".repeat(100) + "%22";
        RawClient client = RawClient.open(socket("limits"), "rivet_encoding.json", "rivet_conn_params." + parameters);
        client.await("close 1011 actor.invalid_connection_params");
    }

    @Test
    void maxBody() throws Exception {
        assertThat(post("limits", "size", "\"" + "x".repeat(2_000) + "\"")).contains("2000");
        assertThat(post("limits", "size", "\"" + "x".repeat(2_500) + "\"")).contains("incoming_too_long");
        assertThat(post("limits", "make", "2501")).contains("outgoing_too_long");
    }

    @Test
    void maxName() throws Exception {
        RawClient client = RawClient.open(socket("limits"));
        client.call(1, "x".repeat(20), "").await("action_not_found");
        client.call(2, "x".repeat(21), "").await("close 1011 message.name_too_long");
    }

    @Test
    void aKeyOfAConnectedCallIsBoundedAndAnnounced() throws Exception {
        assertThat(send("GET", "/metadata", ""))
                .contains("\"extensions\":[\"thespis_keyed_calls\",\"thespis_token_renewal\"]");
        RawClient client = RawClient.open(socket("limits"));
        client.callOnce(1, "k".repeat(20), "size", "\"x\"").await("ActionResponse", "\"1\"");
        client.callOnce(2, "k".repeat(20), "size", "\"x\"").await("ActionResponse", "\"2\"");
        client.callOnce(3, "k".repeat(21), "size", "\"x\"").await("close 1011 actor.invalid_request");
        RawClient.open(socket("limits")).callOnce(1, " ", "size", "\"x\"").await("close 1011 actor.invalid_request");
    }

    @Test
    void maxKey() throws Exception {
        assertThat(send("PUT", "/actors", "{\"name\":\"limits\",\"key\":\"" + "k".repeat(60) + "\"}"))
                .contains("actor_id");
        assertThat(send("PUT", "/actors", "{\"name\":\"limits\",\"key\":\"" + "k".repeat(61) + "\"}"))
                .contains("key_too_long");
    }

    @Test
    void namespace() throws Exception {
        RawClient.open(URI.create(socket("limits").toString().replace("=prod", "=default")))
                .await("close 1011 namespace.not_found");
    }

    @Test
    void maxQueued() throws Exception {
        RawClient deaf = RawClient.deaf(socket("limits"));
        deaf.subscribe("blob");
        RawClient other = RawClient.open(socket("limits"));
        other.await("Init");
        for (int i = 0; i < 400; i++) {
            other.call(i, "emit", "90000").await("ActionResponse");
        }
        awaitClosed("limits");
    }

    @Test
    void silenceTimeout() throws Exception {
        RawClient.deaf(socket("probe"));
        awaitClosed("probe");
    }

    /** Until only the connection of the question itself is left. */
    private void awaitClosed(String actor) throws Exception {
        String population;
        do {
            TimeUnit.MILLISECONDS.sleep(100);
            population = post(actor, "population", "");
        } while (!population.startsWith("{\"output\":[" + (actor.equals("limits") ? 2 : 1)));
    }

    private URI socket(String actor) {
        return address("ws", actor, "connect");
    }

    private URI address(String scheme, String actor, String rest) {
        return URI.create(scheme + "://" + url.getHost() + ":" + url.getPort() + "/gateway/" + actor + "/" + rest
                + "?rvt-namespace=prod&rvt-method=getOrCreate&rvt-runner=default&rvt-key="
                + URLEncoder.encode(key, StandardCharsets.UTF_8));
    }

    private String post(String actor, String action, String arguments) throws IOException, InterruptedException {
        return send("POST", address("http", actor, "action/" + action), "{\"args\":[" + arguments + "]}");
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, URI.create("http://" + url.getHost() + ":" + url.getPort() + path), body);
    }

    private static String send(String method, URI address, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .method(method, BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
