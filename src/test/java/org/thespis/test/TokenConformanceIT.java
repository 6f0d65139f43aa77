package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The conformance suite once more, by clients that are known by a signed token, with actors that are for nobody else. */
@ExtendWith(ArquillianExtension.class)
class TokenConformanceIT {

    private static final Duration TIME = Duration.ofSeconds(60);
    private static final Duration LIFE = Duration.ofHours(1);

    private static final Pattern CHAPTER = Pattern.compile("(?m)^### (\\w+)");

    private static TestIssuer issuer;

    private final HttpClient http = HttpClient.newHttpClient();

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        issuer = new TestIssuer();
        Map<String, Object> settings = new HashMap<>(Map.of(
                "allowed-origins", "http://app.example",
                "max-creations-per-minute-per-user", 100_000,
                "max-creations-per-minute-per-address", 100_000));
        settings.putAll(issuer.settings());
        types().forEach(type -> settings.put("actors/" + type + "/roles", "member"));
        return TestEar.withFixtures(settings);
    }

    /** Those of the contract, and that of {@code own/}. */
    private static List<String> types() {
        try {
            String contract = Files.readString(Node.ROOT.resolve("src/test/conformance/ACTORS.md"));
            Stream<String> named = CHAPTER.matcher(contract).results().map(found -> found.group(1));
            return Stream.concat(named, Stream.of("probe")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @ArquillianResource
    URL url;

    @Test
    void passesWithATokenAndNotWithout() throws Exception {
        Node.require();
        String member = issuer.token("ann", LIFE, "member", "thespis-admin");
        for (String type : types()) {
            assertThat(status(type, null)).as(type).isEqualTo(401);
            assertThat(status(type, issuer.token("eve", LIFE, "stranger")))
                    .as(type)
                    .isEqualTo(403);
        }
        assertThat(status("counter", member)).isEqualTo(200);
        assertThat(status("counter", member.substring(0, member.length() - 4))).isEqualTo(401);
        Commands.Result result = Node.inConformance()
                .env("ENDPOINT", endpoint())
                .env("TOKEN", member)
                .env("ENCODINGS", System.getProperty("conformance.token.encodings", "bare"))
                .npm("run", "-s", "token");
        Report.write("conformance-token", result.lastLines("suite "));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(TestEar.serverLog()).doesNotContain(member.substring(member.lastIndexOf('.')));
    }

    private String endpoint() {
        return "http://" + url.getHost() + ":" + url.getPort();
    }

    private int status(String type, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(endpoint() + "/gateway/" + type + "/action/increment?" + Bystander.query("token")))
                .timeout(TIME)
                .POST(BodyPublishers.ofString("{\"args\":[1]}"));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString()).statusCode();
    }
}
