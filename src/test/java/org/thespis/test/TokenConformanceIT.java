package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    private static final List<String> TYPES = List.of(
            ("chatRoom counter finite gameRoom gate limits napper noteRoom probe pusher rawHttp rawSocket recorder slow"
                            + " thrower typed values")
                    .split(" "));

    private static TestIssuer issuer;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        issuer = new TestIssuer();
        Map<String, Object> settings = new HashMap<>(Map.of(
                "allowed-origins", "http://app.example",
                "max-creations-per-minute-per-user", 100_000,
                "max-creations-per-minute-per-address", 100_000));
        settings.putAll(issuer.settings());
        TYPES.forEach(type -> settings.put("actors/" + type + "/roles", "member"));
        return TestEar.withFixtures(settings);
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
        String endpoint = "http://" + url.getHost() + ":" + url.getPort();
        String member = issuer.token("ann", LIFE, "member", "thespis-admin");
        assertThat(status(endpoint, null)).isEqualTo(401);
        assertThat(status(endpoint, issuer.token("eve", LIFE, "stranger"))).isEqualTo(403);
        assertThat(status(endpoint, member)).isEqualTo(200);
        Commands.Result result = Node.inConformance()
                .env("ENDPOINT", endpoint)
                .env("TOKEN", member)
                .env("ENCODINGS", System.getProperty("token.encodings", "bare"))
                .npm("run", "-s", "token");
        Report.write("conformance-token", result.lastLines("suite "));
        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(TestEar.serverLog()).doesNotContain(member.substring(member.lastIndexOf('.')));
    }

    private static int status(String endpoint, String token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(endpoint + "/gateway/counter/action/increment?" + Bystander.query("token")))
                .timeout(TIME)
                .POST(BodyPublishers.ofString("{\"args\":[1]}"));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .statusCode();
    }
}
