package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an application and a server say of single actor types. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(OrderAnnotation.class) // Payara runs from the first deployment on
class SettingsIT {

    private static final boolean PAYARA =
            System.getProperty("arquillian.launch").equals("payara");
    private static final String SERVER = "localhost:" + (PAYARA ? "8080" : "28080");
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final String SETTLED = "settled";
    private static final String MISSPELT = "misspelt-type";
    private static final String MISSING = "missing-setting";
    private static final String OPTION = "misspelt-option";
    private static final String VALUE = "wrong-value";
    private static final String EXECUTOR = "wrong-executor";
    private static final String SOURCE = "wrong-source";
    private static final String PAGE = "https://app.example";
    private static final Map<String, Object> WELCOME = Map.of(
            "actors/libGreeter/settings/welcome", "lib",
            "actors/ejbGreeter/settings/welcome", "ejb",
            "actors/warGreeter/settings/welcome", "war");

    @Deployment(name = SETTLED, managed = false, testable = false)
    static EnterpriseArchive settled() {
        Map<String, Object> settings = new HashMap<>(WELCOME);
        settings.put("actors/chatRoom/sleep-timeout-millis", "100ms");
        settings.put("actors/chatRoom/actions/sendMessage/roles", "speaker");
        settings.put("actors/dozer/hook-timeout-millis", "2s");
        settings.put("actors/ejbGreeter/data-source", "java:comp/DefaultDataSource");
        settings.put("actors/libGreeter/executor", "java:comp/DefaultManagedExecutorService");
        settings.put(
                "actors/warGreeter/executor",
                PAYARA ? "concurrent/__defaultManagedExecutorService" : "java:jboss/ee/concurrency/executor/default");
        settings.put("actors/libGreeter/allowed-origins", PAGE);
        settings.put("actors/libGreeter/log-level", "DEBUG");
        settings.put("actors/libGreeter/max-body-bytes", 1_000);
        settings.put("actors/libGreeter/settings/most", 7);
        settings.put("actors/ejbGreeter/settings/loud", true);
        settings.put("actors/ejbGreeter/settings/long", 9_000_000_000L);
        settings.put("actors/warGreeter/settings/patience", "PT1M");
        settings.put("actors/warGreeter/settings/mood", "SAD");
        return SettingsEar.make(SETTLED, settings);
    }

    @Deployment(name = MISSPELT, managed = false, testable = false)
    static EnterpriseArchive misspelt() {
        Map<String, Object> settings = new HashMap<>(WELCOME);
        settings.put("actors/chatRom/max-waiting-calls", 5);
        return SettingsEar.make(MISSPELT, settings);
    }

    @Deployment(name = MISSING, managed = false, testable = false)
    static EnterpriseArchive missing() {
        return SettingsEar.make(MISSING, Map.of());
    }

    @Deployment(name = OPTION, managed = false, testable = false)
    static EnterpriseArchive misspeltOption() {
        return wrong(OPTION, "actors/chatRoom/alowed-origins", PAGE);
    }

    @Deployment(name = VALUE, managed = false, testable = false)
    static EnterpriseArchive wrongValue() {
        return wrong(VALUE, "actors/chatRoom/log-level", "loud");
    }

    @Deployment(name = EXECUTOR, managed = false, testable = false)
    static EnterpriseArchive wrongExecutor() {
        return wrong(EXECUTOR, "actors/libGreeter/executor", "java:comp/NotThere");
    }

    @Deployment(name = SOURCE, managed = false, testable = false)
    static EnterpriseArchive wrongSource() {
        return wrong(SOURCE, "actors/ejbGreeter/data-source", "java:comp/NotThere");
    }

    private static EnterpriseArchive wrong(String name, String entry, Object value) {
        Map<String, Object> settings = new HashMap<>(WELCOME);
        settings.put(entry, value);
        return SettingsEar.make(name, settings);
    }

    @ArquillianResource
    Deployer deployer;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    @Test
    @Order(3)
    void theApplicationComesBeforeTheServerAndBothBeforeTheAnnotation() throws Exception {
        try (ServerSettings settings = ServerSettings.ofExample()) {
            assertThat(Files.readString(Node.ROOT.resolve("docs/settings.md")))
                    .contains(settings.commands().get(0));
            int from = TestEar.serverLog().length();
            deployer.deploy(SETTLED);
            try {
                awaitWokenAgain();
                awaitDozed();
                aHookThatHangsHoldsUpOnlyItself();
                assertThat(call("chatRoom", "sendMessage", "ann.reader")).contains("\"forbidden\"");
                assertThat(call("chatRoom", "sendMessage", "ann.speaker"))
                        .as("a role that no class names")
                        .isEqualTo("{\"output\":\"sent\"}");
                assertThat(call("libGreeter", "greet")).isEqualTo("{\"output\":\"lib 7 2 false PT30S GLAD\"}");
                assertThat(call("ejbGreeter", "greet")).isEqualTo("{\"output\":\"ejb 1 9000000000 true PT30S GLAD\"}");
                assertThat(call("warGreeter", "greet")).isEqualTo("{\"output\":\"war 1 2 false PT1M SAD\"}");
                assertThat(call("ejbGreeter", "kept"))
                        .isNotEqualTo("{\"output\":0}")
                        .startsWith("{\"output\":");
                assertThat(call("libGreeter", "where")).contains("ManagedExecutorService");
                assertThat(call("warGreeter", "where")).contains("ManagedExecutorService");
                assertThat(call("ejbGreeter", "where")).doesNotContain("ManagedExecutorService");
                pagesCallWhatTheirTypeLetsThem();
                assertThat(http.send(request("libGreeter", "greet", "x".repeat(1_000)), BodyHandlers.ofString())
                                .body())
                        .contains("incoming_too_long");
                awaitReloaded(settings);
                assertThat(TestEar.serverLog().substring(from))
                        .containsPattern("libGreeter/" + key + " \\(.*\\) was created")
                        .doesNotContain("warGreeter/" + key + " (")
                        .contains("java:app/env/thespis/actors/chatRoom/sleep-timeout-millis = PT0.1S")
                        .contains("thespis/actors/chatRoom/max-waiting-calls = 200")
                        .contains("thespis/actors/chatRoom/actions/sendMessage/timeout-millis = PT10S");
            } finally {
                deployer.undeploy(SETTLED);
            }
        }
    }

    private void pagesCallWhatTheirTypeLetsThem() throws Exception {
        for (String method : List.of("POST", "OPTIONS")) {
            HttpResponse<String> own = fromPage(method, "libGreeter", PAGE);
            assertThat(own.statusCode()).as(own.body()).isLessThan(300);
            assertThat(own.headers().allValues("Access-Control-Allow-Origin")).containsExactly(PAGE);
            for (HttpResponse<String> foreign : List.of(
                    fromPage(method, "warGreeter", PAGE), fromPage(method, "libGreeter", "https://other.example"))) {
                assertThat(foreign.statusCode()).isEqualTo(403);
                assertThat(foreign.body()).contains("origin_not_allowed");
                assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin"))
                        .isEmpty();
            }
        }
        assertThat(closeOf("warGreeter", PAGE)).isEqualTo("1011 guard.origin_not_allowed");
        assertThat(closeOf("libGreeter", "https://other.example")).isEqualTo("1011 guard.origin_not_allowed");
        assertThat(closeOf("libGreeter", PAGE)).as("our own close").isEqualTo("open");
    }

    private HttpResponse<String> fromPage(String method, String actor, String origin) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(actor, "greet", key))
                .timeout(TIME)
                .header("Origin", origin)
                .method(method, BodyPublishers.ofString(method.equals("POST") ? "{\"args\":[]}" : ""));
        if (method.equals("OPTIONS")) {
            request.header("Access-Control-Request-Method", "POST");
        } else {
            request.header("Authorization", "Bearer ann");
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** How a WebSocket that a page opens ends, or that it was let in. */
    private String closeOf(String actor, String origin) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        URI address = URI.create("ws://" + SERVER + "/gateway/" + actor + "/connect?" + Bystander.query(key));
        WebSocket socket = http.newWebSocketBuilder()
                .header("Origin", origin)
                .subprotocols("rivet", "rivet_encoding.json", "rivet_token.ann")
                .buildAsync(address, new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        told.complete("open");
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        told.complete(code + " " + reason);
                        return null;
                    }
                })
                .get(TIME.toSeconds(), TimeUnit.SECONDS);
        try {
            return told.get(TIME.toSeconds(), TimeUnit.SECONDS);
        } finally {
            socket.abort();
        }
    }

    /** Which an actor with the time-out of the annotation, or of the server, does not within the time. */
    private void awaitWokenAgain() throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        String wakes = call("chatRoom", "wakes");
        while (wakes.equals("{\"output\":1}")) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(400);
            wakes = call("chatRoom", "wakes");
        }
        assertThat(wakes).startsWith("{\"output\":");
    }

    /** Which it does not by its time-out. */
    private void awaitDozed() throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        String wakes = call("dozer", "doze");
        assertThat(wakes).isEqualTo("{\"output\":1}");
        while (wakes.equals("{\"output\":1}")) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
            wakes = call("dozer", "doze");
        }
        assertThat(wakes).startsWith("{\"output\":");
    }

    private void awaitReloaded(ServerSettings settings) throws Exception {
        assertThat(call("dozer", "reload")).isEqualTo("{\"output\":[]}");
        List<String> commands = settings.change("max-waiting-calls", "200", "100");
        assertThat(Files.readString(Node.ROOT.resolve("docs/settings.md"))).contains(commands);
        String told = call("dozer", "reload");
        assertThat(told).contains("chatRoom/max-waiting-calls: 200 -> 100");
        settings.change("max-waiting-calls", "200", "0");
        assertThat(call("dozer", "reload")).contains("internal_error");
        settings.change("max-waiting-calls", "200", "100");
        assertThat(call("dozer", "reload")).as("what counted still does").isEqualTo("{\"output\":[]}");
    }

    private void aHookThatHangsHoldsUpOnlyItself() throws Exception {
        CompletableFuture<HttpResponse<String>> hangs =
                http.sendAsync(request("dozer", "hang", "ann", "hanging"), BodyHandlers.ofString());
        HttpResponse<String> told = http.send(request("dozer", "doze", "ann", "hanging"), BodyHandlers.ofString());
        while (told.statusCode() == 200) { // it came before the hook
            assertThat(hangs).isNotDone();
            told = http.send(request("dozer", "doze", "ann", "hanging"), BodyHandlers.ofString());
        }
        assertThat(told.statusCode()).isEqualTo(504);
        assertThat(told.body()).contains("hook_timed_out");
        assertThat(call("dozer", "release")).isEqualTo("{\"output\":false}");
        assertThat(hangs.get(TIME.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void aTypeThatIsMisspeltRefusesTheDeployment() {
        int from = TestEar.serverLog().length();
        assertThatThrownBy(() -> deployer.deploy(MISSPELT)).satisfies(e -> assertThat(
                        TestEar.wholeText(e) + TestEar.serverLog().substring(from))
                .contains("THESPIS-211: java:app/env/thespis/actors/chatRom/max-waiting-calls is for actors named"
                        + " \"chatRom\", and the application has none; is chatRoom meant?"));
    }

    @Test
    @Order(2)
    void anAuthorWhoIsToldNothingRefusesTheDeployment() {
        int from = TestEar.serverLog().length();
        assertThatThrownBy(() -> deployer.deploy(MISSING)).satisfies(e -> assertThat(
                        TestEar.wholeText(e) + TestEar.serverLog().substring(from))
                .containsPattern("THESPIS-215: there is no thespis/actors/(lib|ejb|war)Greeter/settings/welcome, and"
                        + " @ActorSetting on "));
    }

    @Test
    @Order(2)
    void whatIsWrongRefusesTheDeploymentWithEntryRuleAndValue() {
        isRefused(
                OPTION,
                "THESPIS-212: java:app/env/thespis/actors/chatRoom/alowed-origins is no option of actors; is"
                        + " allowed-origins meant?");
        isRefused(
                VALUE,
                "THESPIS-213: java:app/env/thespis/actors/chatRoom/log-level must be SERVER, OFF, ERROR, WARNING, INFO,"
                        + " DEBUG or TRACE, was \"loud\"");
        isRefused(
                EXECUTOR,
                "THESPIS-213: java:app/env/thespis/actors/libGreeter/executor must be the JNDI name of an executor, was"
                        + " \"java:comp/NotThere\"");
        isRefused(
                SOURCE,
                "THESPIS-213: java:app/env/thespis/actors/ejbGreeter/data-source must be the JNDI name of a data source,"
                        + " was \"java:comp/NotThere\"");
    }

    private void isRefused(String deployment, String message) {
        int from = TestEar.serverLog().length();
        assertThatThrownBy(() -> deployer.deploy(deployment)).satisfies(e -> assertThat(
                        TestEar.wholeText(e) + TestEar.serverLog().substring(from))
                .contains(message));
    }

    private String call(String actor, String action) throws IOException, InterruptedException {
        return call(actor, action, "ann");
    }

    private String call(String actor, String action, String token) throws IOException, InterruptedException {
        return http.send(request(actor, action, token, key), BodyHandlers.ofString())
                .body();
    }

    private HttpRequest request(String actor, String action, String token, String of) {
        return post(address(actor, action, of), token, "{\"args\":[]}");
    }

    /** With an argument. */
    private HttpRequest request(String actor, String action, String argument) {
        return post(address(actor, action, key), "ann", "{\"args\":[\"" + argument + "\"]}");
    }

    private static HttpRequest post(URI address, String token, String body) {
        return HttpRequest.newBuilder(address)
                .timeout(TIME)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static URI address(String actor, String action, String of) {
        return URI.create("http://" + SERVER + "/gateway/" + actor + "/action/" + action + "?" + Bystander.query(of));
    }
}
