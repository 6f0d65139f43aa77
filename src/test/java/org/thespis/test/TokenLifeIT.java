package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.client.ActorClient;
import org.thespis.client.ActorConnection;
import org.thespis.client.Encoding;
import org.thespis.test.fixture.token.Lobby;

/** Tokens while a connection is open: they run out, are renewed in place, or their users log out at the issuer. */
@ExtendWith(ArquillianExtension.class)
class TokenLifeIT {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final String OFFER = "thespis_token_renewal";
    private static final int TOKENS = 3;
    private static final long WAIT_SECONDS = 60;

    private static TestIssuer issuer;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        issuer = new TestIssuer();
        Map<String, Object> settings = new HashMap<>(issuer.settings());
        settings.put("allowed-origins", "http://app.example");
        settings.put("token-logout-audiences", "a-program");
        return TestEar.asBuiltWith(
                TestEar.entries(settings),
                ShrinkWrap.create(JavaArchive.class, "lobby.jar").addPackage(Lobby.class.getPackage()));
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @ArquillianResource
    URL url;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String key = UUID.randomUUID().toString();

    private URI address(String type) {
        return URI.create("ws://" + url.getHost() + ":" + url.getPort() + "/gateway/" + type + "/connect?"
                + Bystander.query(key));
    }

    private RawClient connected(String token) throws InterruptedException {
        RawClient client = RawClient.open(address("lobby"), "rivet_encoding.json", "rivet_token." + token, OFFER);
        client.await("Init");
        client.await("TokenEnds");
        return client;
    }

    private static void requireWho(RawClient client, int id, String who) throws InterruptedException {
        assertThat(client.call(id, "who", "").await("\"" + id + "\"")).contains(who);
    }

    /** A user of the Java client whose tokens are short. */
    private final class Member implements AutoCloseable {

        private final AtomicInteger asked = new AtomicInteger();
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final List<String> said = new CopyOnWriteArrayList<>();
        private final ActorClient client;
        private final ActorConnection lobby;

        private Member(Encoding encoding) {
            client = ActorClient.builder(path(""))
                    .encoding(encoding)
                    .token(() -> {
                        asked.incrementAndGet();
                        return issuer.token("bob", SHORT, "talk");
                    })
                    .build();
            lobby = client.type("lobby").getOrCreate(key).connect();
            lobby.onError(error -> told.add(error.group() + "." + error.code()));
            lobby.onClose(() -> told.add("closed"));
            lobby.on("said", String.class, said::add);
        }

        private void awaitOpen() throws Exception {
            lobby.opened().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
            lobby.blocking().call("who"); // behind its subscription
        }

        @Override
        public void close() {
            client.close();
        }
    }

    @Test
    void theJavaClientStaysConnectedInEachEncodingAndMissesNoEvent() throws Exception {
        List<String> expected = new ArrayList<>();
        try (Member bare = new Member(Encoding.BARE);
                Member cbor = new Member(Encoding.CBOR);
                Member json = new Member(Encoding.JSON)) {
            List<Member> all = List.of(bare, cbor, json);
            for (Member member : all) {
                member.awaitOpen();
            }
            List<String> connections =
                    all.stream().map(m -> m.lobby.connectionId().orElseThrow()).toList();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
            while (all.stream().anyMatch(m -> m.asked.get() < TOKENS) && System.nanoTime() < end) {
                String what = String.valueOf(expected.size());
                expected.add(what);
                bare.lobby.blocking().call("say", what);
                TimeUnit.MILLISECONDS.sleep(50);
            }
            for (Member member : all) {
                assertThat(member.lobby.blocking().call("who").toString()).startsWith("bob");
                assertThat(member.asked.get()).isGreaterThanOrEqualTo(TOKENS);
                assertThat(member.told).isEmpty();
                assertThat(member.said).isEqualTo(expected);
            }
            assertThat(all.stream().map(m -> m.lobby.connectionId().orElseThrow()))
                    .isEqualTo(connections);
        }
    }

    @Test
    void theModuleOfPagesStaysConnectedAndMissesNoEvent() {
        Node.require();
        Commands.Result result = Node.inConformance()
                .env("ENDPOINT", "http://" + url.getHost() + ":" + url.getPort())
                .env("TOKENS", issuer.id() + "/token/bob/10/talk")
                .npm("run", "-s", "renew");
        String bob = "\"bob null null\"";
        assertThat(result.output())
                .contains("OUTCOME {\"alone\":" + bob + ",\"first\":" + bob + ",\"second\":" + bob)
                .contains("\"told\":[],\"whole\":true,\"renewed\":true");
    }

    @Test
    void aRoleThatWasTakenAwayIsGoneWithTheNextToken() throws Exception {
        RawClient client = connected(issuer.token("alice", LONG, "talk", "moderate"));
        client.call(1, "moderate", "").await("ActionResponse", "moderated");
        client.subscribe("secrets").subscribe("said");
        client.call(2, "tellSecret", "\"one\"").await("Event", "one");
        client.token(issuer.token("alice", LONG, "talk"));
        client.await("Error", "forbidden", "secrets");
        client.call(3, "moderate", "").await("Error", "forbidden");
        client.call(4, "tellSecret", "\"two\"").call(5, "say", "\"three\"");
        assertThat(client.await("Event")).contains("three");
        client.token(issuer.token("alice", LONG, "talk", "moderate")).await("TokenEnds");
        client.call(6, "moderate", "").await("ActionResponse", "moderated");
        client.close();
    }

    @Test
    void theTokenOfSomebodyElseClosesTheConnection() throws Exception {
        connected(issuer.token("alice", LONG, "talk"))
                .token(issuer.token("bob", LONG, "talk"))
                .await("close 1011", "auth.token_of_another_user");
    }

    @Test
    void aTokenThatDoesNotCountIsToldAndTheOneBeforeCountsOn() throws Exception {
        String good = issuer.token("alice", LONG, "talk");
        Map<String, String> foreign = issuer.claims("alice", LONG);
        foreign.put("aud", "\"other\"");
        try (TestIssuer other = new TestIssuer()) {
            Map<String, String> refused = Map.of(
                    "secretgarbage",
                    "token_invalid",
                    good.substring(0, good.length() - 4),
                    "token_invalid",
                    other.token("alice", LONG, "talk"),
                    "token_wrong_issuer",
                    issuer.sign("JWT", foreign),
                    "token_wrong_audience",
                    issuer.token("alice", Duration.ofSeconds(-10), "talk"),
                    "token_expired",
                    "a".repeat(20_000),
                    "token_too_long");
            refused.forEach((token, code) -> {
                try {
                    RawClient client = connected(good);
                    client.token(token).await("\"group\":\"auth\"", "\"code\":\"" + code + "\"");
                    requireWho(client, 1, "alice");
                    client.close();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
        connected(good).token("a".repeat(100_000)).await("close", "message.incoming_too_long");
        assertThat(TestEar.serverLog())
                .doesNotContain("secretgarbage")
                .doesNotContain(good.substring(good.lastIndexOf('.')));
    }

    @Test
    void aConnectionWhoseTokenWasRenewedEndsWithTheLastOne() throws Exception {
        RawClient client = connected(issuer.token("alice", LONG, "talk"));
        client.token(issuer.token("alice", Duration.ofSeconds(8), "talk")).await("TokenEnds");
        client.await("close 1011", "auth.token_expired");
    }

    @Test
    void tokensOfWhoIsKnownByNoneOrHasNotOfferedThemAreRefused() throws Exception {
        String good = issuer.token("alice", LONG, "talk");
        String parameters = URLEncoder.encode("{\"name\":\"eve\"}", StandardCharsets.UTF_8);
        RawClient nobody =
                RawClient.open(address("chatRoom"), "rivet_encoding.json", OFFER, "rivet_conn_params." + parameters);
        nobody.await("Init");
        nobody.token(good).await("\"group\":\"auth\"", "token_not_accepted");
        nobody.close();
        RawClient plain = RawClient.open(address("lobby"), "rivet_encoding.json", "rivet_token." + good);
        plain.await("Init");
        plain.token(good).await("close 1011", "actor.invalid_request");
    }

    @Test
    void aFloodOfTokensIsRefusedAndTheConnectionStays() throws Exception {
        String good = issuer.token("alice", LONG, "talk");
        RawClient client = connected(good);
        for (int i = 0; i < 200; i++) {
            client.token(good);
        }
        client.await("guard", "too_many_requests");
        requireWho(client, 1, "alice");
        client.close();
    }

    private String logOut(String subject, String session) {
        Map<String, String> claims = issuer.claims(subject, Duration.ofMinutes(2));
        claims.put("aud", "\"a-program\"");
        claims.put("jti", TestIssuer.text(UUID.randomUUID().toString()));
        claims.put("events", "{\"http://schemas.openid.net/event/backchannel-logout\":{}}");
        if (session != null) {
            claims.put("sid", TestIssuer.text(session));
        }
        return issuer.sign("logout+jwt", claims);
    }

    private HttpResponse<String> post(String form) throws Exception {
        return send(HttpRequest.newBuilder(path("back-channel-logout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private URI path(String rest) {
        return URI.create("http://" + url.getHost() + ":" + url.getPort() + "/" + rest);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(WAIT_SECONDS)).build(), BodyHandlers.ofString());
    }

    private String of(String user, String session) {
        Map<String, String> claims = issuer.claims(user, LONG);
        claims.put("sid", TestIssuer.text(session));
        claims.put("roles", "[\"talk\"]");
        return issuer.sign("JWT", claims);
    }

    @Test
    void whoLogsOutAtTheIssuerIsLoggedOutHereAndNobodyElse() throws Exception {
        String first = of("dora", "1");
        RawClient one = connected(first);
        RawClient two = connected(of("dora", "2"));
        RawClient bob = connected(of("bob", "3"));
        RawClient low = RawClient.open(
                URI.create(address("lobby").toString().replace("/connect?", "/websocket/?")), "rivet_token." + first);
        low.await("open");
        String ofSession = logOut("dora", "1");
        HttpResponse<String> answer = post("logout_token=" + ofSession);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        one.await("close 1011", "auth.logged_out");
        low.await("close 1011", "auth.logged_out");
        RawClient.open(address("lobby"), "rivet_encoding.json", "rivet_token." + first)
                .await("close 1011", "auth.logged_out");
        requireWho(two, 1, "dora");
        two.token(first).await("auth", "logged_out");
        requireWho(two, 2, "dora");
        assertThat(post("logout_token=" + ofSession).statusCode()).as("once").isEqualTo(400);
        assertThat(post("logout_token=" + logOut("dora", null)).statusCode()).isEqualTo(200);
        two.await("close 1011", "auth.logged_out");
        requireWho(bob, 1, "bob");
        bob.close();
    }

    @Test
    void whatIsNoLogOutIsRefusedAndEndsNothing() throws Exception {
        String token = of("carl", "4");
        RawClient carl = connected(token);
        for (String form : List.of(
                "",
                "logout_token=",
                "logout_token=" + token,
                "logout_token=secretgarbage",
                "logout_token=%zz",
                "token=" + logOut("carl", "4"),
                "logout_token=" + "a".repeat(19_000))) {
            HttpResponse<String> answer = post(form);
            assertThat(answer.statusCode()).as(form).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("secretgarbage");
        }
        assertThat(post("logout_token=" + "a".repeat(100_000)).statusCode()).isBetween(400, 413);
        HttpRequest.Builder inAddress = HttpRequest.newBuilder(
                        path("back-channel-logout?logout_token=" + logOut("carl", "4")))
                .GET();
        assertThat(send(inAddress).statusCode()).isEqualTo(405);
        HttpRequest.Builder bearing = HttpRequest.newBuilder(
                        URI.create(path("gateway/lobby/action/who?") + Bystander.query(key)))
                .header("Authorization", "Bearer " + logOut("carl", null))
                .POST(BodyPublishers.ofString("{\"args\":[]}"));
        assertThat(send(bearing).statusCode()).isEqualTo(401);
        requireWho(carl, 1, "carl");
        carl.close();
        assertThat(TestEar.serverLog()).doesNotContain("secretgarbage");
    }
}
