package org.thespis.gateway.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.gateway.token.TokenSettings.Issuer;
import org.thespis.runtime.message.ActorException;

/** How a token is written, by who has the key. */
class TokenFormTest {

    private static final PublicJsonWebKey KEY = Signer.rsa("one");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KeyServer server = new KeyServer(KEY);
    private final TokenChecker checker = checker();

    private TokenChecker checker() {
        TokenSettings settings = new TokenSettings(
                List.of(new Issuer(Signer.ISSUER, "", server.address())),
                Set.of(Signer.AUDIENCE),
                Set.of("RS256", "ES256"),
                Duration.ofSeconds(30),
                16_384,
                3,
                "",
                "preferred_username",
                List.of(),
                List.of(),
                "",
                Set.of(),
                Duration.ofDays(1),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5));
        return new TokenChecker(settings, threads);
    }

    @AfterEach
    void close() {
        server.close();
        threads.shutdownNow();
    }

    private void refused(String token) {
        assertThatThrownBy(() -> checker.check(token))
                .as(token)
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().reason()).isEqualTo("auth.token_invalid"));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String signed(String header, String secondPart) throws Exception {
        String input = encoded(header.getBytes(StandardCharsets.UTF_8)) + "." + secondPart;
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign((PrivateKey) KEY.getPrivateKey());
        signature.update(input.getBytes(StandardCharsets.UTF_8));
        return input + "." + encoded(signature.sign());
    }

    @Test
    void aTokenIsNotWrittenInManyWays() {
        String good = Signer.token(KEY, Signer.ann());
        assertThat(checker.check(good).caller().name()).isEqualTo("ann");
        int middle = good.length() - 9;
        for (String between : List.of(" ", "\n", "=", "*", "\u00e9")) {
            refused(good + between);
            refused(between + good);
            refused(good.substring(0, middle) + between + good.substring(middle));
        }
    }

    @Test
    void whatItSaysIsEncoded() throws Exception {
        String header = "{\"alg\":\"RS256\",\"kid\":\"one\",\"b64\":false,\"crit\":[\"b64\"]}";
        refused(signed(header, Signer.ann().toJson().replace(".", "\\u002e")));
    }

    @Test
    void whatIsSaidOfItMustBeUnderstood() throws Exception {
        String ann = encoded(Signer.ann().toJson().getBytes(StandardCharsets.UTF_8));
        String header = "{\"alg\":\"RS256\",\"kid\":\"one\"";
        assertThat(checker.check(signed(header + "}", ann)).caller().name()).isEqualTo("ann");
        refused(signed(header + ",\"crit\":[\"x\"],\"x\":1}", ann));
        refused(signed(
                header + ",\"cty\":\"JWT\"}", encoded(signed(header + "}", ann).getBytes())));
        refused(signed(header + ",\"alg\":\"RS256\"}", ann));
    }

    @Test
    void aNameIsText() throws Exception {
        refused(named("a\\ud800b"));
        assertThat(checker.check(named("a\\ud83c\\udfadb")).caller().name()).isEqualTo("a\ud83c\udfadb");
    }

    /** @param name as it stands in JSON */
    private static String named(String name) throws Exception {
        String claims = Signer.ann().toJson().replace("\"ann\"", "\"" + name + "\"");
        return signed("{\"alg\":\"RS256\",\"kid\":\"one\"}", encoded(claims.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void keysOfTwoKindsMayHaveOneId() {
        PublicJsonWebKey curve = Signer.ec("one");
        for (PublicJsonWebKey[] keys :
                List.of(new PublicJsonWebKey[] {curve, KEY}, new PublicJsonWebKey[] {KEY, curve})) {
            server.has(keys);
            TokenChecker fresh = checker();
            assertThat(fresh.check(Signer.token(KEY, Signer.ann())).caller().name())
                    .isEqualTo("ann");
            assertThat(fresh.check(Signer.token(curve, Signer.ann())).caller().name())
                    .isEqualTo("ann");
        }
    }
}
