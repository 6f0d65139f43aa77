package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.api.ActorCallException;
import org.thespis.client.ActorClient;
import org.thespis.client.ActorConnection;
import org.thespis.client.ConnectionStatus;
import org.thespis.client.Encoding;

/** Tokens of a real Keycloak, which is started beside the server, and users who log in there. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(OrderAnnotation.class)
class KeycloakIT {

    private static final Duration TIME = Duration.ofSeconds(60);
    private static final String PROGRAM = "thespis-program";
    private static final String OWN_CLIENT = "own client";
    private static final int SHORT_SECONDS = 10;
    private static final int LONG_SECONDS = 300;

    private static KeycloakProcess keycloak;

    @Deployment(testable = false)
    static EnterpriseArchive ear() throws InterruptedException {
        return SsoEar.behind(keycloak());
    }

    @Deployment(name = OWN_CLIENT, managed = false, testable = false)
    static EnterpriseArchive withTheServersOwnClient() throws InterruptedException {
        return OidcEar.of(SsoEar.tokenSettings(keycloak()));
    }

    private static KeycloakProcess keycloak() throws InterruptedException {
        if (keycloak == null) {
            keycloak = KeycloakProcess.started(); // this and a deployment at once are too much for a small machine
        }
        return keycloak;
    }

    private static RawClient inAShortSession;

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @ArquillianResource
    URL url;

    @ArquillianResource
    Deployer deployer;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String key = UUID.randomUUID().toString();

    private String address() {
        return url.getHost() + ":" + url.getPort();
    }

    private URI path(String scheme, String rest) {
        return URI.create(scheme + "://" + address() + "/gateway/lobby/" + rest + "?" + Bystander.query(key));
    }

    private HttpResponse<String> call(String action, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(path("http", "action/" + action))
                .timeout(TIME)
                .POST(BodyPublishers.ofString("{\"args\":[]}"));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> bearing(String token, String action) throws IOException, InterruptedException {
        return call(action, "Authorization", "Bearer " + token);
    }

    /** Of a token that the server itself may take for too much, and then ends the line. */
    private int statusOf(String token) throws InterruptedException {
        try {
            return bearing(token, "who").statusCode();
        } catch (IOException e) {
            return 400;
        }
    }

    private void refused(String token, String code) throws IOException, InterruptedException {
        HttpResponse<String> answer = bearing(token, "who");
        assertThat(answer.body()).contains("\"group\":\"auth\"", "\"code\":\"" + code + "\"");
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private LoginScript browsers() {
        return new LoginScript(address(), key);
    }

    @Test
    @Order(1)
    void whoLogsInWithABrowserHasTheRolesOfTheRealmInCallsAndWebSockets() throws Exception {
        browsers().rolesOfTheRealm();
        inAShortSession = browsers().inAShortSession();
    }

    @Test
    @Order(1)
    void callsOverHttpHaveNameRolesAndClaimsOfTheToken() throws Exception {
        String bob = keycloak.token(PROGRAM, "bob");
        String alice = keycloak.token(PROGRAM, "alice");
        assertThat(bearing(bob, "who").body()).contains("bob bob@example.org null");
        assertThat(call("who", "x-rivet-token", alice).body()).contains("alice alice@example.org null");
        assertThat(bearing(bob, "moderate").statusCode()).isEqualTo(403);
        assertThat(bearing(alice, "moderate").body()).contains("moderated");
        assertThat(bearing(keycloak.serviceToken(), "who").body()).contains("service-account-thespis-service");
        assertThat(call("who").body()).contains("\"code\":\"unauthorized\"");
        assertThat(call("who", "x-rivet-conn-params", "{\"authToken\":\"" + bob + "\",\"room\":\"x\"}")
                        .body())
                .contains("bob bob@example.org {room=x}");
    }

    @Test
    @Order(2)
    void whatDoesNotCountIsRefusedAndNotInTheLog() throws Exception {
        String bob = keycloak.token(PROGRAM, "bob");
        refused(keycloak.token("other-application", "bob"), "token_wrong_audience");
        refused(bob.substring(0, bob.length() - 4), "token_invalid");
        refused("secretgarbage", "token_invalid");
        refused("a.".repeat(3_000), "token_invalid");
        assertThat(statusOf("a".repeat(100_000))).isBetween(400, 499);
        for (String inAddress : List.of("&rvt-token=" + bob, "&rvt-token=secretgarbage")) {
            URI address = URI.create(path("http", "action/who") + inAddress);
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(address)
                            .POST(BodyPublishers.ofString("{\"args\":[]}"))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.body()).contains("token_not_accepted");
        }
        assertThat(TestEar.serverLog())
                .contains("a token was refused")
                .doesNotContain("secretgarbage")
                .doesNotContain(bob.substring(bob.lastIndexOf('.')));
    }

    @Test
    @Order(3)
    void connectionsTakeTheirTokenFromProtocolOrParameters() throws Exception {
        String bob = keycloak.token(PROGRAM, "bob");
        String parameters = URLEncoder.encode("{\"authToken\":\"" + bob + "\"}", StandardCharsets.UTF_8);
        for (String offer : List.of("rivet_token." + bob, "rivet_conn_params." + parameters)) {
            RawClient client = RawClient.open(path("ws", "connect"), "rivet_encoding.json", offer);
            client.await("Init");
            assertThat(client.call(1, "who", "").await("\"tag\":\"ActionResponse\""))
                    .contains("bob bob@example.org");
            assertThat(client.call(2, "moderate", "").await("\"tag\":\"Error\""))
                    .contains("forbidden");
            client.close();
        }
        RawClient forged = RawClient.open(path("ws", "connect"), "rivet_encoding.json", "rivet_token." + bob + "x");
        forged.await("close 1011", "auth.token_invalid");
        RawClient.open(path("ws", "connect"), "rivet_encoding.json").await("close 1011", "auth.unauthorized");
        RawClient low = RawClient.open(path("ws", "websocket/"), "rivet_token." + bob);
        low.await("open");
        low.close();
    }

    @Test
    @Order(4)
    void theJavaClientSuppliesTokensInEachEncoding() throws Exception {
        for (Encoding encoding : Encoding.values()) {
            try (ActorClient client = ActorClient.builder(URI.create("http://" + address()))
                    .encoding(encoding)
                    .token(() -> token("alice"))
                    .build()) {
                assertThat(client.type("lobby").getOrCreate(key).blocking().call("moderate"))
                        .isEqualTo("moderated");
                ActorConnection lobby = client.type("lobby").getOrCreate(key).connect();
                assertThat(lobby.blocking().call("moderate")).isEqualTo("moderated");
            }
        }
    }

    private static String token(String user) {
        try {
            return keycloak.token(PROGRAM, user);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Test
    @Order(5)
    void aRotationOfKeysIsFollowed() throws Exception {
        String before = keycloak.token(PROGRAM, "bob");
        keycloak.rotate();
        String after = keycloak.token(PROGRAM, "bob");
        assertThat(after.substring(0, after.indexOf('.'))).isNotEqualTo(before.substring(0, before.indexOf('.')));
        long end = System.nanoTime() + TIME.toNanos();
        while (bearing(after, "who").statusCode() != 200 && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(200); // keys may have been fetched just before
        }
        assertThat(bearing(after, "who").body()).contains("bob");
        assertThat(bearing(before, "who").body())
                .as("the old key is there still")
                .contains("bob");
    }

    @Test
    @Order(6)
    void aConnectionWhoseTokenRunsOutIsClosedAndThatOfWhoHasFreshOnesStays() throws Exception {
        keycloak.lifespan(SHORT_SECONDS);
        String once = keycloak.token(PROGRAM, "bob");
        RawClient raw = RawClient.open(path("ws", "connect"), "rivet_encoding.json", "rivet_token." + once);
        raw.await("Init");
        RawClient low = RawClient.open(path("ws", "websocket/"), "rivet_token." + once);
        low.await("open");
        AtomicInteger asked = new AtomicInteger();
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        List<String> said = new CopyOnWriteArrayList<>();
        try (ActorClient client = ActorClient.builder(URI.create("http://" + address()))
                .token(() -> {
                    asked.incrementAndGet();
                    return token("bob");
                })
                .build()) {
            ActorConnection lobby = client.type("lobby").getOrCreate(key).connect();
            lobby.onError(error -> told.add(error.group() + "." + error.code()));
            lobby.on("said", String.class, said::add);
            lobby.opened().toCompletableFuture().get(60, TimeUnit.SECONDS);
            raw.await("close 1011", "auth.token_expired");
            low.await("close 1011", "auth.token_expired");
            refused(once, "token_expired");
            RawClient.open(path("ws", "connect"), "rivet_encoding.json", "rivet_token." + once)
                    .await("close 1011", "auth.token_expired");
            assertThat(lobby.blocking().call("who").toString()).startsWith("bob");
            assertThat(asked.get()).isGreaterThan(1);
            assertThat(told).isEmpty();
            lobby.blocking().call("say", "again");
            assertThat(said).contains("again");
            assertThat(lobby.status()).isEqualTo(ConnectionStatus.CONNECTED);
        }
    }

    @Test
    @Order(7)
    void whoHasNoFreshTokenIsRefused() throws Exception {
        keycloak.lifespan(SHORT_SECONDS);
        String once = keycloak.token(PROGRAM, "bob");
        try (ActorClient client = ActorClient.builder(URI.create("http://" + address()))
                .token(() -> once)
                .build()) {
            ActorConnection lobby = client.type("lobby").getOrCreate(key).connect();
            lobby.opened().toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThatThrownBy(() -> lobby.ended().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOfSatisfying(
                            ActorCallException.class, e -> assertThat(e.code()).isEqualTo("token_expired"));
        }
    }

    @Test
    @Order(8)
    void theNpmClientAsksForFreshParametersWhenItsTokenRanOut() throws Exception {
        Node.require();
        keycloak.lifespan(SHORT_SECONDS);
        Commands.Result result = Node.inConformance()
                .env("ENDPOINT", "http://" + address())
                .env("TOKENS", keycloak.issuer() + "/protocol/openid-connect/token")
                .npm("run", "-s", "tokens");
        String bob = "\"bob bob@example.org {}\"";
        assertThat(result.output())
                .contains("OUTCOME {\"alone\":" + bob + ",\"first\":" + bob + ",\"second\":" + bob)
                .contains("\"told\":[\"auth.token_expired\"],\"said\":[\"again\"],\"fresh\":true");
    }

    @Test
    @Order(8)
    @EnabledIfSystemProperty(named = "arquillian.launch", matches = "wildfly")
    void whomWildFlysOwnClientLogsInIsKnownInCallsAndWebSocketsUntilALogOut() throws Exception {
        keycloak.lifespan(LONG_SECONDS);
        try (ServerSettings settings = OidcScript.configure(keycloak.issuer())) {
            deployer.deploy(OWN_CLIENT);
            new OidcScript(address(), key).play(keycloak);
            deployer.undeploy(OWN_CLIENT);
        }
    }

    @Test
    @Order(9)
    void aLogoutClosesTheWebSocketsOfItsSessionAndNotThoseOfAnotherSessionOfTheUser() throws Exception {
        browsers().logout();
    }

    @Test
    @Order(9)
    void aSessionThatEndsWhileAWebSocketIsOpenClosesIt() throws Exception {
        browsers().endOfSession();
    }

    @Test
    @Order(9)
    void theBodyOfAFormIsTheActors() throws Exception {
        browsers().formOfNobody();
    }

    @Test
    @Order(9)
    void whoForgesTheStateOrHasTheCodeOfSomebodyElseIsNotLoggedIn() throws Exception {
        browsers().forgedState();
    }

    @Test
    @Order(9)
    void twoTabsThatLogInAtOnceEndUpLoggedIn() throws Exception {
        browsers().twoTabs();
    }

    @Test
    @Order(9)
    void neitherCookieNorCodeNorTheSecretOfTheClientIsInTheLog() throws Exception {
        browsers().nothingSecretIsInTheLog();
    }

    @Test
    @Order(9)
    void whoIsLoggedOutAtKeycloakIsLoggedOutHere() throws Exception {
        keycloak.lifespan(LONG_SECONDS);
        keycloak.tellsLogOutsTo("http://" + address() + "/back-channel-logout");
        String bob = keycloak.token(PROGRAM, "bob");
        RawClient byToken = RawClient.open(path("ws", "connect"), "rivet_encoding.json", "rivet_token." + bob);
        byToken.await("Init");
        String alice = keycloak.token(PROGRAM, "alice");
        RawClient other = RawClient.open(path("ws", "connect"), "rivet_encoding.json", "rivet_token." + alice);
        other.await("Init");
        browsers().loggedOutElsewhere("bob", () -> keycloak.logOut("bob"));
        byToken.await("close 1011", "auth.logged_out");
        refused(bob, "logged_out");
        assertThat(other.call(1, "who", "").await("ActionResponse")).contains("alice");
        assertThat(bearing(keycloak.token(PROGRAM, "bob"), "who").body()).contains("bob");
    }

    @Test
    @Order(10)
    void aliceAndBobLogInInABrowserTalkAndLogOut() {
        Node.require();
        Commands.Result result = Node.inBrowserTests()
                .env("ENDPOINT", "http://" + address())
                .env("SCREENSHOTS", Report.folder("screenshots").toString())
                .npm("run", "-s", "login");
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    @Test
    @Order(11)
    void aSessionThatRunsOutClosesItsWebSockets() throws Exception {
        browsers().awaitEndOfSession(inAShortSession);
    }

    @Test
    @Order(12)
    void whileKeycloakIsAwayWhoIsLoggedInStaysAndNobodyElseComesIn() throws Exception {
        browsers().withoutKeycloak(keycloak);
    }
}
