package org.thespis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thespis.api.spi.ResolvedCaller;
import org.thespis.gateway.token.TokenSettings.Issuer;
import org.thespis.runtime.message.ActorException;

/** Tokens that count and tokens that do not. */
@Timeout(60)
class TokenCheckerTest {

    private static final PublicJsonWebKey KEY = Signer.rsa("one");
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KeyServer server = new KeyServer(KEY);
    private final TokenChecker checker = checker(issuer(server));

    @AfterEach
    void close() {
        server.close();
        threads.shutdownNow();
    }

    private static Issuer issuer(KeyServer keys) {
        return new Issuer(Signer.ISSUER, "", keys.address());
    }

    private static TokenSettings settings(Duration timeout, Issuer... issuers) {
        return new TokenSettings(
                List.of(issuers),
                Set.of(Signer.AUDIENCE),
                Set.of("RS256", "ES256"),
                Duration.ofSeconds(30),
                16_384,
                3,
                "",
                "preferred_username",
                List.of("realm_access.roles", "https://id.example/roles", "scope"),
                List.of("department", "iss"),
                "/back-channel-logout",
                Set.of(Signer.AUDIENCE, "a program"),
                Duration.ofDays(1),
                timeout,
                Duration.ofMinutes(5));
    }

    private TokenChecker checker(Issuer... issuers) {
        return new TokenChecker(settings(TIMEOUT, issuers), threads);
    }

    private TokenChecker checkerAt(Instant time) {
        return new TokenChecker(settings(TIMEOUT, issuer(server)), threads, Clock.fixed(time, ZoneOffset.UTC));
    }

    private static void refused(String reason, TokenChecker by, String token) {
        assertThatThrownBy(() -> by.check(token)).isInstanceOfSatisfying(ActorException.class, e -> assertThat(
                        e.error().reason())
                .isEqualTo(reason));
    }

    private static String token(JwtClaims claims) {
        return Signer.token(KEY, claims);
    }

    private static JwtClaims ann(String claim, Object value) {
        JwtClaims claims = Signer.ann();
        claims.setClaim(claim, value);
        return claims;
    }

    @Test
    void aGoodTokenSaysWhoItIs() {
        JwtClaims claims = ann("department", Map.of("name", "x", "floors", List.of(1, 2)));
        claims.setClaim("https://id.example/roles", "staff");
        claims.setClaim("scope", "openid email");
        ResolvedCaller ann = checker.check(token(claims)).caller();
        assertThat(ann.name()).isEqualTo("ann");
        assertThat(ann.roles()).containsExactlyInAnyOrder("talk", "moderate", "staff", "openid", "email");
        assertThat(ann.claims()).containsOnlyKeys("department", "iss");
        assertThat(ann.claims().get("department")).isEqualTo(Map.of("name", "x", "floors", List.of(1L, 2L)));
        assertThat(ann.expires().orElseThrow())
                .isBetween(Instant.now().plusSeconds(600), Instant.now().plusSeconds(631));
    }

    @Test
    void theKeyMayBeOfAnEllipticCurveAndTheOnlyOneNeedsNoId() {
        PublicJsonWebKey curve = Signer.ec("two");
        server.has(curve);
        assertThat(checker.check(Signer.token(curve, Signer.ann())).caller().name())
                .isEqualTo("ann");
        assertThat(checker.check(Signer.sign("ES256", null, curve.getPrivateKey(), Signer.ann()))
                        .caller()
                        .name())
                .isEqualTo("ann");
    }

    @Test
    void timesCountWithTheSkewOfClocks() throws Exception {
        JwtClaims claims = Signer.ann();
        Instant end = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
        assertThat(checkerAt(end.plusSeconds(29)).check(token(claims)).caller().name())
                .isEqualTo("ann");
        refused("auth.token_expired", checkerAt(end.plusSeconds(31)), token(claims));
        claims.setNotBefore(claims.getExpirationTime());
        assertThat(checkerAt(end.minusSeconds(29)).check(token(claims)).caller().name())
                .isEqualTo("ann");
        refused("auth.token_not_yet_valid", checkerAt(end.minusSeconds(31)), token(claims));
    }

    @Test
    void oneThatWasGoodRunsOut() throws Exception {
        JwtClaims claims = Signer.ann();
        Instant end = Instant.ofEpochSecond(claims.getExpirationTime().getValue());
        MovingClock clock = new MovingClock(end);
        TokenChecker moving = new TokenChecker(settings(TIMEOUT, issuer(server)), threads, clock);
        assertThat(moving.check(token(claims)).caller().name()).isEqualTo("ann");
        clock.now = end.plusSeconds(31);
        refused("auth.token_expired", moving, token(claims));
        assertThat(moving.kept()).isZero();
    }

    private static final class MovingClock extends Clock {
        private Instant now;

        private MovingClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }

    @Test
    void claimsThatDoNotFitAreRefused() {
        refused("auth.token_wrong_audience", checker, token(ann("aud", "other")));
        refused("auth.token_wrong_audience", checker, token(ann("aud", null)));
        refused("auth.token_wrong_issuer", checker, token(ann("iss", "https://evil.example")));
        refused("auth.token_wrong_issuer", checker, token(ann("iss", null)));
        refused("auth.token_invalid", checker, token(ann("exp", null)));
        refused("auth.token_invalid", checker, token(ann("exp", "soon")));
        refused("auth.token_invalid", checker, token(ann("preferred_username", null)));
        refused("auth.token_invalid", checker, token(ann("preferred_username", 7)));
        refused("auth.token_invalid", checker, token(ann("preferred_username", " ")));
        refused("auth.token_invalid", checker, token(ann("preferred_username", "a\nb")));
        refused("auth.token_invalid", checker, token(ann("preferred_username", "a".repeat(300))));
        Object deep = "x";
        for (int i = 0; i < 100; i++) {
            deep = List.of(deep);
        }
        refused("auth.token_invalid", checker, token(ann("department", deep)));
    }

    @Test
    void whatIsNotSignedByTheIssuerIsRefused() {
        String good = token(Signer.ann());
        String[] parts = good.split("\\.");
        String none = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());
        String forged = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ann("preferred_username", "root").toJson().getBytes());
        refused(
                "auth.token_invalid",
                checker,
                Signer.sign("RS256", "one", Signer.rsa("one").getPrivateKey(), Signer.ann()));
        refused("auth.token_invalid", checker, parts[0] + "." + forged + "." + parts[2]);
        refused("auth.token_invalid", checker, parts[0] + "." + parts[1] + ".");
        refused("auth.token_invalid", checker, none + "." + parts[1] + ".");
        refused("auth.token_invalid", checker, Signer.sign("none", null, null, Signer.ann()));
        refused("auth.token_invalid", checker, Signer.sign("RS512", "one", KEY.getPrivateKey(), Signer.ann()));
        assertThat(server.asked()).isEqualTo(1);
    }

    @Test
    void thePublicKeyIsNoSecretToSignWith() {
        for (byte[] secret :
                List.of(KEY.getPublicKey().getEncoded(), KEY.toJson().getBytes(StandardCharsets.UTF_8))) {
            refused("auth.token_invalid", checker, Signer.sign("HS256", "one", new HmacKey(secret), Signer.ann()));
        }
        assertThat(server.asked()).isZero();
    }

    @Test
    void whatIsNoTokenIsRefused() {
        String good = token(Signer.ann());
        for (String bad : List.of(
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "\u0000",
                "\ud800..",
                good.substring(0, good.length() / 2),
                good + "x",
                good + "." + good,
                good + ".",
                "ey" + good,
                "e30.e30.e30",
                "[".repeat(9_000),
                "W1tbW1s.W1tbW1s.x")) {
            refused("auth.token_invalid", checker, bad);
        }
        String nested = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("[".repeat(8_000).getBytes());
        refused("auth.token_invalid", checker, good.substring(0, good.indexOf('.')) + "." + nested + ".x");
        refused("auth.token_too_long", checker, "a".repeat(100_000));
        refused("auth.token_too_long", checker, token(ann("x", "y".repeat(100_000))));
    }

    @Test
    void tokensOfEachTenantAreCheckedWithItsOwnKeys() {
        PublicJsonWebKey other = Signer.rsa("one"); // of the same id
        try (KeyServer others = new KeyServer(other)) {
            TokenChecker both = checker(
                    new Issuer(Signer.ISSUER, "acme", server.address()),
                    new Issuer("https://other.example", "globex", others.address()));
            JwtClaims theirs = ann("iss", "https://other.example");
            assertThat(both.check(token(Signer.ann())).caller().name()).isEqualTo("acme/ann");
            assertThat(both.check(Signer.token(other, theirs)).caller().name()).isEqualTo("globex/ann");
            refused("auth.token_invalid", both, Signer.token(other, Signer.ann()));
            refused("auth.token_invalid", both, token(theirs));
        }
    }

    @Test
    void rotationIsFollowedAndKeysThatWereTakenBackCountNoMore() throws Exception {
        String old = token(Signer.ann());
        checker.check(old);
        PublicJsonWebKey next = Signer.rsa("two");
        server.has(next);
        String fresh = Signer.token(next, Signer.ann());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!counts(fresh) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(checker.check(fresh).caller().name()).isEqualTo("ann");
        refused("auth.token_invalid", checker, old);
    }

    private boolean counts(String token) {
        try {
            checker.check(token);
            return true;
        } catch (ActorException e) {
            return false;
        }
    }

    @Test
    void aFloodOfUnknownKeysAsksTheIssuerOnceAndHoldsUpNobody() throws Exception {
        String good = token(Signer.ann());
        checker.check(good);
        long begin = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            refused("auth.token_invalid", checker, Signer.sign("RS256", "k" + i, KEY.getPrivateKey(), Signer.ann()));
        }
        long pauses = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) / IssuerKeys.PAUSE_SECONDS;
        assertThat(server.asked()).isLessThanOrEqualTo((int) (2 + pauses));
        assertThat(checker.check(good).caller().name()).isEqualTo("ann");
    }

    @Test
    void fewRequestsWaitForAnIssuerThatIsSlow() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        server.answers(exchange -> {
            asked.countDown();
            goOn.await();
        });
        checker.care();
        asked.await();
        List<Future<String>> answers = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            answers.add(threads.submit(reason(ann("jti", "t" + i))));
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("guard.service_unavailable");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.plusSeconds(5));
        assertThat(server.asked()).isEqualTo(1);
        goOn.countDown();
    }

    private Callable<String> reason(JwtClaims claims) {
        String token = token(claims);
        return () -> {
            try {
                return checker.check(token).caller().name();
            } catch (ActorException e) {
                return e.error().reason();
            }
        };
    }

    @Test
    void manyAtOnceShareTheFirstFetch() throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < TokenChecker.MAX_WAITING; i++) {
            answers.add(threads.submit(reason(ann("jti", "t" + i))));
        }
        for (Future<String> answer : answers) {
            assertThat(answer.get()).isEqualTo("ann");
        }
        assertThat(server.asked()).isEqualTo(1);
        assertThat(checker.kept()).isEqualTo(3);
    }

    @Test
    void keysThatDoNotComeAreTemporary() throws Exception {
        List<KeyServer.Way> ways = List.of(
                exchange -> exchange.sendResponseHeaders(500, -1),
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "/elsewhere");
                    exchange.sendResponseHeaders(302, -1);
                },
                exchange -> body(exchange, "<html>"),
                exchange -> body(exchange, "{}"),
                exchange -> body(exchange, "[".repeat(100_000)),
                exchange -> body(exchange, "{\"keys\":[]}"),
                exchange -> body(exchange, "{\"keys\":[1,{},{\"kty\":\"oct\",\"k\":\"AAAA\",\"kid\":\"one\"}]}"),
                exchange -> body(exchange, "{\"keys\":[" + KEY.toJson() + "],\"x\":\"" + "y".repeat(300_000) + "\"}"));
        for (KeyServer.Way way : ways) {
            server.answers(way);
            refused("guard.service_unavailable", checker(issuer(server)), token(Signer.ann()));
        }
        refused(
                "guard.service_unavailable",
                checker(new Issuer(Signer.ISSUER, "", URI.create("http://127.0.0.1:1/keys"))),
                token(Signer.ann()));
    }

    private static void body(com.sun.net.httpserver.HttpExchange exchange, String text) throws java.io.IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Test
    void anIssuerThatDripsIsGivenUp() throws Exception {
        Duration timeout = Duration.ofMillis(300);
        CountDownLatch cut = new CountDownLatch(1);
        server.answers(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                while (true) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    Thread.sleep(20);
                }
            } catch (java.io.IOException e) {
                cut.countDown();
            }
        });
        TokenChecker impatient = new TokenChecker(settings(timeout, issuer(server)), threads);
        refused("guard.service_unavailable", impatient, token(Signer.ann()));
        while (!cut.await(50, TimeUnit.MILLISECONDS)) {
            impatient.care();
        }
    }

    @Test
    void anIssuerThatGoesAwayLaterDoesNoHarm() {
        String good = token(Signer.ann());
        checker.check(good);
        server.answers(exchange -> exchange.sendResponseHeaders(503, -1));
        checker.care();
        assertThat(checker.check(good).caller().name()).isEqualTo("ann");
        assertThat(checker.check(token(ann("jti", "another"))).caller().name()).isEqualTo("ann");
    }

    @Test
    void noTokenIsInTheLogOrInAnError() {
        List<String> told = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                told.add(new SimpleFormatter().format(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger all = Logger.getLogger("");
        Level before = all.getLevel();
        all.addHandler(handler);
        all.setLevel(Level.ALL);
        try {
            String good = token(ann("department", "secretdepartment"));
            checker.check(good);
            List<String> tokens = List.of(
                    good,
                    token(ann("aud", "secretaudience")),
                    token(ann("exp", "secretexpiry")),
                    token(ann("iss", "secretissuer")),
                    "secretgarbage",
                    good.substring(0, good.length() - 5));
            for (String token : tokens.subList(1, tokens.size())) {
                assertThatThrownBy(() -> checker.check(token))
                        .hasMessageNotContaining("secret")
                        .hasMessageNotContaining(token);
            }
            assertThat(String.join("", told)).contains("a token was refused").doesNotContain("secret");
            tokens.forEach(token -> assertThat(String.join("", told)).doesNotContain(token));
        } finally {
            all.setLevel(before);
            all.removeHandler(handler);
        }
    }
}
