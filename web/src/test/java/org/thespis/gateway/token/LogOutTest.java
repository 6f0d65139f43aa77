package org.thespis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.token.CheckedToken.Origin;
import org.thespis.gateway.token.TokenSettings.Issuer;
import org.thespis.runtime.message.ActorException;

/** Log-out tokens, and what counts no more after them. */
class LogOutTest {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final PublicJsonWebKey KEY = Signer.rsa("k");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KeyServer server = new KeyServer(KEY);
    private final TokenChecker checker = new TokenChecker(
            new TokenSettings(
                    List.of(new Issuer(Signer.ISSUER, "", server.address())),
                    Set.of(Signer.AUDIENCE),
                    Set.of("RS256"),
                    Duration.ofSeconds(30),
                    16_384,
                    10,
                    "",
                    "sub",
                    List.of("scope"),
                    List.of(),
                    "/back-channel-logout",
                    Set.of("a program"),
                    Duration.ofDays(1),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(5)),
            threads);

    @AfterEach
    void close() {
        server.close();
        threads.shutdownNow();
    }

    private static JwtClaims logOut(String subject, String session) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(Signer.ISSUER);
        claims.setAudience("a program");
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(2);
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setClaim("events", Map.of(EVENT, Map.of()));
        if (subject != null) {
            claims.setSubject(subject);
        }
        if (session != null) {
            claims.setClaim("sid", session);
        }
        return claims;
    }

    private static String signed(JwtClaims claims) {
        return Signer.token(KEY, claims);
    }

    private static String token(String subject, String session, Instant issued) {
        JwtClaims claims = Signer.ann();
        claims.setSubject(subject);
        claims.setClaim("sid", session);
        if (issued != null) {
            claims.setIssuedAt(NumericDate.fromSeconds(issued.getEpochSecond()));
        }
        return signed(claims);
    }

    private static void refused(String code, Runnable what) {
        assertThatThrownBy(what::run).isInstanceOfSatisfying(ActorException.class, e -> assertThat(
                        e.error().reason())
                .isEqualTo("auth." + code));
    }

    @Test
    void aLogOutOfASessionEndsItsTokensAndNoOthers() {
        String one = token("ann", "1", Instant.now());
        String two = token("ann", "2", Instant.now());
        checker.check(one);
        checker.logOut(signed(logOut("ann", "1")));
        refused("logged_out", () -> checker.check(one));
        refused(
                "logged_out",
                () -> checker.check(token("ann", "1", Instant.now().plusSeconds(20))));
        assertThat(checker.check(two).caller().name()).isEqualTo("ann");
    }

    @Test
    void aLogOutOfAUserEndsTheTokensOfBeforeAndNotThoseOfALoginThatFollows() {
        String before = token("ann", "1", Instant.now());
        checker.check(before);
        checker.logOut(signed(logOut("ann", null)));
        refused("logged_out", () -> checker.check(before));
        refused("logged_out", () -> checker.check(token("ann", "2", null)));
        assertThat(checker.check(token("ann", "3", Instant.now().plusSeconds(10)))
                        .caller()
                        .name())
                .isEqualTo("ann");
        assertThat(checker.check(token("bob", "4", Instant.now())).caller().name())
                .isEqualTo("bob");
    }

    private void refusedLogOut(Consumer<JwtClaims> change) {
        JwtClaims claims = logOut("ann", "1");
        change.accept(claims);
        refused("token_invalid", () -> checker.logOut(signed(claims)));
    }

    @Test
    void whatIsNoLogOutTokenEndsNothing() {
        String good = token("ann", "1", Instant.now());
        refusedLogOut(claims -> claims.unsetClaim("events"));
        refusedLogOut(claims -> claims.setClaim("events", Map.of()));
        refusedLogOut(claims -> claims.setClaim("events", Map.of(EVENT, "x")));
        refusedLogOut(claims -> claims.setClaim("events", List.of(EVENT)));
        refusedLogOut(claims -> claims.setClaim("nonce", "n"));
        refusedLogOut(claims -> claims.unsetClaim("jti"));
        refusedLogOut(claims -> claims.setJwtId("j".repeat(300)));
        refusedLogOut(claims -> claims.unsetClaim("iat"));
        refusedLogOut(claims ->
                claims.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond() - 600)));
        refusedLogOut(claims ->
                claims.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond() + 600)));
        refusedLogOut(claims -> claims.setIssuedAt(NumericDate.fromSeconds(Long.MIN_VALUE)));
        refusedLogOut(claims -> claims.setClaim("sid", 7));
        refusedLogOut(claims -> claims.setClaim("sid", ""));
        refusedLogOut(claims -> {
            claims.unsetClaim("sid");
            claims.unsetClaim("sub");
        });
        JwtClaims forOthers = logOut("ann", "1");
        forOthers.setAudience(Signer.AUDIENCE);
        refused("token_wrong_audience", () -> checker.logOut(signed(forOthers)));
        refused("token_invalid", () -> checker.logOut(Signer.token(Signer.rsa("k"), logOut("ann", "1"))));
        refused("token_wrong_audience", () -> checker.logOut(good));
        refused("token_too_long", () -> checker.logOut("a".repeat(20_000)));
        assertThat(checker.knowsLogOuts()).isFalse();
        assertThat(checker.check(good).caller().name()).isEqualTo("ann");
    }

    @Test
    void aLogOutTokenCountsOnce() {
        String once = signed(logOut("ann", null));
        checker.logOut(once);
        refused("token_invalid", () -> checker.logOut(once));
    }

    @Test
    void aLogOutTokenIsNobodysToken() {
        JwtClaims claims = logOut("ann", "1");
        claims.setAudience(Signer.AUDIENCE);
        refused("token_invalid", () -> checker.check(signed(claims)));
    }

    @Test
    void whatIsKeptIsBoundedAndTheOldestGoesFirst() {
        Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        LogOuts all = new LogOuts(Duration.ofDays(1), clock);
        for (int i = 0; i <= LogOuts.MAX; i++) {
            all.add(new LogOut("i", null, String.valueOf(i), Instant.EPOCH), String.valueOf(i));
        }
        assertThat(all.size()).isEqualTo(LogOuts.MAX);
        assertThat(all.end(new Origin("i", null, "0", null))).isFalse();
        assertThat(all.end(new Origin("i", null, "1", null))).isTrue();
        assertThat(all.end(new Origin("another", null, "1", null))).isFalse();
    }

    @Test
    void whatIsOverIsForgotten() {
        Instant[] now = {Instant.EPOCH};
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        LogOuts all = new LogOuts(Duration.ofHours(1), clock);
        Origin ann = new Origin("i", "ann", null, Instant.EPOCH);
        all.add(new LogOut("i", "ann", null, Instant.EPOCH), "1");
        now[0] = Instant.EPOCH.plus(Duration.ofHours(1));
        assertThat(all.end(ann)).isTrue();
        now[0] = now[0].plusSeconds(1);
        assertThat(all.end(ann)).isFalse();
        all.add(new LogOut("i", "bob", null, Instant.EPOCH), "2");
        assertThat(all.size()).isEqualTo(1);
    }

    @Test
    void anOlderLogOutThatComesLateTakesNothingBack() {
        LogOuts all = new LogOuts(Duration.ofHours(1), Clock.systemUTC());
        Instant at = Instant.now();
        all.add(new LogOut("i", "ann", null, at), "1");
        all.add(new LogOut("i", "ann", null, at.minusSeconds(60)), "2");
        assertThat(all.end(new Origin("i", "ann", null, at.minusSeconds(1)))).isTrue();
    }
}
