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
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
    private static final Map<String, Object> WELCOME = Map.of(
            "actors/libGreeter/settings/welcome", "lib",
            "actors/ejbGreeter/settings/welcome", "ejb",
            "actors/warGreeter/settings/welcome", "war");

    @Deployment(name = SETTLED, managed = false, testable = false)
    static EnterpriseArchive settled() {
        Map<String, Object> settings = new HashMap<>(WELCOME);
        settings.put("actors/chatRoom/sleep-timeout-millis", "100ms");
        settings.put("actors/chatRoom/actions/sendMessage/roles", "speaker");
        settings.put("actors/dozer/hook-timeout-millis", "200ms");
        settings.put("actors/ejbGreeter/data-source", "java:comp/DefaultDataSource");
        settings.put("actors/libGreeter/executor", "java:comp/DefaultManagedExecutorService");
        settings.put(
                "actors/warGreeter/executor",
                PAYARA ? "concurrent/__defaultManagedExecutorService" : "java:jboss/ee/concurrency/executor/default");
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
                awaitReloaded(settings);
                assertThat(TestEar.serverLog().substring(from))
                        .contains("java:app/env/thespis/actors/chatRoom/sleep-timeout-millis = PT0.1S")
                        .contains("thespis/actors/chatRoom/max-waiting-calls = 200")
                        .contains("thespis/actors/chatRoom/actions/sendMessage/timeout-millis = PT10S");
            } finally {
                deployer.undeploy(SETTLED);
            }
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

    private String call(String actor, String action) throws IOException, InterruptedException {
        return call(actor, action, "ann");
    }

    private String call(String actor, String action, String token) throws IOException, InterruptedException {
        return http.send(request(actor, action, token, key), BodyHandlers.ofString())
                .body();
    }

    private HttpRequest request(String actor, String action, String token, String of) {
        URI address =
                URI.create("http://" + SERVER + "/gateway/" + actor + "/action/" + action + "?" + Bystander.query(of));
        return HttpRequest.newBuilder(address)
                .timeout(TIME)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString("{\"args\":[]}"))
                .build();
    }
}
