package org.thespis.test;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An issuer of signed tokens beside the server, which has nothing but its keys. */
final class TestIssuer implements AutoCloseable {

    private static final int KEY_BITS = 2048;

    private final HttpServer server;
    private final KeyPair pair;

    TestIssuer() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            pair = generator.generateKeyPair();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        byte[] keys = keySet().getBytes(StandardCharsets.UTF_8);
        server.createContext("/keys", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        server.createContext("/token/", exchange -> {
            try (exchange) {
                byte[] token =
                        token(exchange.getRequestURI().getPath().split("/")).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, token.length);
                exchange.getResponseBody().write(token);
            }
        });
        server.start();
    }

    /** Of {@code /token/USER/SECONDS/ROLE/ROLE}. */
    private String token(String[] path) {
        return token(path[2], Duration.ofSeconds(Long.parseLong(path[3])), Arrays.copyOfRange(path, 4, path.length));
    }

    private String keySet() {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"use\":\"sig\",\"n\":\"" + base64(key.getModulus())
                + "\",\"e\":\"" + base64(key.getPublicExponent()) + "\"}]}";
    }

    String id() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The settings of a server for which its tokens are. */
    Map<String, Object> settings() {
        return Map.of(
                "token-issuers",
                id(),
                "token-keys",
                id() + "/keys",
                "token-audiences",
                "thespis",
                "token-parameter",
                "authToken",
                "token-clock-skew-millis",
                0);
    }

    /** A token of a user with those roles, which counts for a while. */
    String token(String user, Duration life, String... roles) {
        Map<String, String> claims = claims(user, life);
        claims.put("roles", List.of(roles).stream().map(TestIssuer::text).collect(Collectors.joining(",", "[", "]")));
        return sign("JWT", claims);
    }

    /** What any token of a user says, in JSON. */
    Map<String, String> claims(String user, Duration life) {
        Instant now = Instant.now();
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("iss", text(id()));
        claims.put("aud", text("thespis"));
        claims.put("sub", text(user));
        claims.put("iat", String.valueOf(now.getEpochSecond()));
        claims.put("exp", String.valueOf(now.plus(life).getEpochSecond()));
        return claims;
    }

    String sign(String kind, Map<String, String> claims) {
        String said = claims.entrySet().stream()
                .map(claim -> text(claim.getKey()) + ":" + claim.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        String head = "{\"alg\":\"RS256\",\"kid\":\"k\",\"typ\":" + text(kind) + "}";
        String signed =
                base64(head.getBytes(StandardCharsets.UTF_8)) + "." + base64(said.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(String plain) {
        return "\"" + plain + "\"";
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0; // of its sign
        return base64(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
