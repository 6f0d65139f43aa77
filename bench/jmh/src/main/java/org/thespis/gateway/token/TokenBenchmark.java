package org.thespis.gateway.token;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a token as Keycloak makes it, of 1.1 kB with RS256, adds to a call: one that was seen before, and a new one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(java.util.concurrent.TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TokenBenchmark {

    private static final String ISSUER = "https://id.example/realms/thespis";
    private static final String AUDIENCE = "thespis";

    private HttpServer server;
    private TokenChecker checker;
    private String token;
    private String other;

    @Setup(Level.Trial)
    public void open() throws IOException, JoseException {
        PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("one");
        byte[] keys = new JsonWebKeySet(key).toJson().getBytes(StandardCharsets.UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        server.start();
        checker = new TokenChecker(settings(server.getAddress().getPort()), Runnable::run);
        token = token(key, "ann");
        other = token(key, "bob");
    }

    /** Remembers one token only, so that two in turn are never remembered. */
    private static TokenSettings settings(int port) {
        return new TokenSettings(
                List.of(new TokenSettings.Issuer(ISSUER, "", URI.create("http://127.0.0.1:" + port + "/"))),
                Set.of(AUDIENCE),
                Set.of("RS256"),
                Duration.ofSeconds(30),
                16_384,
                1,
                "",
                "preferred_username",
                List.of("realm_access.roles"),
                List.of("email"),
                "",
                Set.of(),
                Duration.ofDays(1),
                Duration.ofSeconds(2),
                Duration.ofHours(1));
    }

    private static String token(PublicJsonWebKey key, String name) throws JoseException {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setStringClaim("preferred_username", name);
        claims.setStringClaim("email", name + "@example.org");
        claims.setClaim("realm_access", Map.of("roles", List.of("talk", "moderate")));
        claims.setStringClaim("filler", "x".repeat(250));
        claims.setExpirationTimeMinutesInTheFuture(600);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue("RS256");
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setKey(key.getPrivateKey());
        signature.setPayload(claims.toJson());
        return signature.getCompactSerialization();
    }

    @TearDown(Level.Trial)
    public void close() {
        server.stop(0);
    }

    @Benchmark
    public Object seenBefore() {
        return checker.check(new String(token)); // each request brings a text of its own
    }

    /** Two. */
    @Benchmark
    public Object anew() {
        checker.check(other);
        return checker.check(token);
    }
}
