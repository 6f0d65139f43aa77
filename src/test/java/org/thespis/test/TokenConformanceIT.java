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
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.test.fixture.roles.Badges;

/** A part of the conformance suite once more, by clients that are known by a token, with actors that are for nobody else. */
@ExtendWith(ArquillianExtension.class)
class TokenConformanceIT {

    private static final Duration TIME = Duration.ofSeconds(60);
    private static final String SUITE = "public/01-seed.test.ts public/02-handles.test.ts public/03-events.test.ts";
    private static final List<String> TYPES = List.of(
            "chatRoom", "counter", "finite", "gameRoom", "gate", "noteRoom", "pusher", "recorder", "slow", "values");

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "token-parameter", "authToken",
                "max-creations-per-minute-per-user", 100_000,
                "max-creations-per-minute-per-address", 100_000));
        TYPES.forEach(type -> settings.put("actors/" + type + "/roles", "member"));
        return TestEar.withFixtures(settings)
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "badges.jar").addClass(Badges.class));
    }

    @ArquillianResource
    URL url;

    @Test
    void passesWithATokenAndNotWithout() throws Exception {
        Node.require();
        String endpoint = "http://" + url.getHost() + ":" + url.getPort();
        assertThat(statusWithoutToken(endpoint)).isEqualTo(401);
        Commands.Result result = Node.inConformance()
                .env("ENDPOINT", endpoint)
                .env("TOKEN", "ann.member")
                .env("ENCODINGS", System.getProperty("token.encodings", "bare"))
                .node(("--import tsx --test --test-concurrency=1 --test-reporter=./lib/report.mjs "
                                + System.getProperty("token.suite", SUITE))
                        .split(" "));
        Report.write("conformance-token", result.lastLines("suite "));
        assertThat(result.exitCode()).as(result.output()).isZero();
    }

    private static int statusWithoutToken(String endpoint) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(endpoint + "/gateway/counter/action/increment?" + Bystander.query("token")))
                .timeout(TIME)
                .POST(BodyPublishers.ofString("{\"args\":[1]}"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }
}
