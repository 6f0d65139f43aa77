package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thespis.test.fixture.roles.Guarded;

/** Who may do what, however it is called, where the application says who calls. */
@ExtendWith(ArquillianExtension.class)
class RolesIT {

    private static final Duration TIME = Duration.ofSeconds(60);

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return TestEar.asBuilt()
                .addAsLibrary(ShrinkWrap.create(JavaArchive.class, "roles.jar").addPackage(Guarded.class.getPackage()));
    }

    @ArquillianResource
    URL url;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    private HttpResponse<String> send(String header, String token, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + address() + path))
                .timeout(TIME)
                .POST(BodyPublishers.ofString("{\"args\":[]}"));
        if (token != null) {
            request.header(header, header.equals("Authorization") ? "Bearer " + token : token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String address() {
        return url.getHost() + ":" + url.getPort();
    }

    private String path(String rest) {
        return "/gateway/guarded/" + rest + "?" + Bystander.query(key);
    }

    private HttpResponse<String> call(String token, String action) throws Exception {
        return send("Authorization", token, path("action/" + action));
    }

    private String connected(String token, String action) throws InterruptedException {
        URI address = URI.create("ws://" + address() + path("connect"));
        RawClient client = token == null
                ? RawClient.open(address, "rivet_encoding.json")
                : RawClient.open(address, "rivet_encoding.json", "rivet_token." + token);
        try {
            client.await("Init");
            return client.call(1, action, "").await("\"tag\":");
        } finally {
            client.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        ",                  talk,     401, auth.unauthorized",
        "ann,               talk,     403, auth.forbidden",
        "ann.talk,          talk,     200, ann talks",
        "ann.talk.moderate, talk,     200, ann moderates",
        "ann.talk,          moderate, 403, auth.forbidden",
        "ann.talk.moderate, moderate, 200, moderated",
        "ann.talk.moderate, never,    403, auth.forbidden",
        ",                  anybody,  200, anybody",
        ",                  nothing,  401, auth.unauthorized",
        "ann.talk,          nothing,  404, actor.action_not_found",
        "forged.talk,       talk,     401, auth.unauthorized",
        "broken.talk,       talk,     500, rivetkit.internal_error",
    })
    void callsOverHttp(String token, String action, int status, String told) throws Exception {
        HttpResponse<String> answer = call(token, action);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        int dot = told.indexOf('.');
        if (dot < 0) {
            assertThat(answer.body()).contains(told);
        } else {
            assertThat(answer.body())
                    .contains(
                            "\"group\":\"" + told.substring(0, dot) + "\"",
                            "\"code\":\"" + told.substring(dot + 1) + "\"")
                    .doesNotContain("forged");
        }
    }

    @Test
    void aTokenMayComeInTheHeaderOfRivet() throws Exception {
        assertThat(send("x-rivet-token", "ann.talk", path("action/talk")).body())
                .contains("ann talks");
    }

    @Test
    void lowLevelRequests() throws Exception {
        assertThat(send("Authorization", null, path("request/")).statusCode()).isEqualTo(401);
        assertThat(send("Authorization", "ann", path("request/")).statusCode()).isEqualTo(403);
        assertThat(send("Authorization", "ann.talk", path("request/")).body()).isEqualTo("low");
    }

    @Test
    void whatIsPlannedRunsAsWhoPlannedIt() throws Exception {
        assertThat(call("ann.talk", "plan").statusCode()).isEqualTo(200);
        long end = System.nanoTime() + TIME.toNanos();
        String planned = call("bob.talk", "planned").body();
        while (!planned.contains("ann") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
            planned = call("bob.talk", "planned").body();
        }
        assertThat(planned).contains("ann");
    }

    @Test
    void connections() throws Exception {
        assertThat(connected("ann.talk", "talk")).contains("ann talks");
        assertThat(connected("ann.talk", "moderate")).contains("\"forbidden\"");
        isClosed(null, "connect", "auth.unauthorized");
        isClosed("ann", "connect", "auth.forbidden");
        isClosed("forged.talk", "connect", "auth.unauthorized");
    }

    @Test
    void lowLevelSockets() throws Exception {
        isClosed("ann.talk", "websocket/", "auth.forbidden");
        RawClient client =
                RawClient.open(URI.create("ws://" + address() + path("websocket/")), "rivet_token.ann.talk.moderate");
        try {
            assertThat(client.await("welcome")).contains("welcome");
        } finally {
            client.close();
        }
    }

    private void isClosed(String token, String rest, String reason) throws InterruptedException {
        URI address = URI.create("ws://" + address() + path(rest));
        RawClient client = token == null
                ? RawClient.open(address, "rivet_encoding.json")
                : RawClient.open(address, "rivet_encoding.json", "rivet_token." + token);
        client.await("close 1", reason);
    }
}
