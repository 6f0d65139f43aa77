package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What actors find by name, and have injected, where they stand: however they are called, and to their end. */
@ExtendWith(ArquillianExtension.class)
class NamesIT {

    private static final String APP = "places";
    private static final String SERVER =
            "localhost:" + (System.getProperty("arquillian.launch").equals("payara") ? "8080" : "28080");
    private static final Duration TIME = Duration.ofSeconds(60);

    private static final Map<String, String> FOUND = Map.of(
            "libPlace",
            "{@Resource=in the application, EJB=told, app=places, app env=in the application, comp env=-, data source=true,"
                    + " module=thespis-ejb, module env=-}",
            "ejbPlace",
            "{@EJB=told, @Resource=in the ejb-jar, app=places, app env=in the application, comp env=in the EJB,"
                    + " data source=true, module=place-ejb, module env=in the ejb-jar}",
            "warPlace",
            "{@EJB=told, @Resource=in the WAR, app=places, app env=in the application, comp env=in the WAR,"
                    + " data source=true, module=place, module env=in the WAR}");

    @Deployment(name = APP, managed = false, testable = false)
    static EnterpriseArchive ear() {
        return PlacesEar.make();
    }

    @ArquillianResource
    Deployer deployer;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    @Test
    void actorsHaveTheNamesOfTheirModule() throws Exception {
        deployer.deploy(APP);
        try {
            for (String actor : FOUND.keySet()) {
                isFoundHoweverItIsCalled(actor);
                assertThat(call(actor, "write")).as(actor).isEqualTo("{\"output\":true}");
            }
            withoutAnEjbThatStartsItSaysSo();
            FOUND.keySet().forEach(actor -> assertThat(reads(actor)).isTrue()); // so that they are awake
        } finally {
            deployer.undeploy(APP);
        }
        String log = TestEar.serverLog();
        assertThat(log).contains(key + "libPlace leaves thespis-ejb.");
        assertThat(log).contains(key + "ejbPlace leaves place-ejb.");
        assertThat(log).contains(key + "warPlace leaves place.");
    }

    private void isFoundHoweverItIsCalled(String actor) throws Exception {
        String expected = FOUND.get(actor);
        assertThat(call(actor, "look")).as("%s, HTTP", actor).isEqualTo("{\"output\":\"" + expected + "\"}");
        assertThat(overWebSocket(actor)).as("%s, WebSocket", actor).contains(expected);
        assertThat(get("/place/call?actor=" + actor + "&key=" + key + actor))
                .as("%s, reference", actor)
                .isEqualTo(expected);
        call(actor, "plan");
        assertThat(foundLater(actor)).as("%s, schedule", actor).isEqualTo("{\"output\":\"" + expected + "\"}");
    }

    private boolean reads(String actor) {
        try {
            return call(actor, "foundLater").startsWith("{\"output\":");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void withoutAnEjbThatStartsItSaysSo() throws Exception {
        assertThat(call("plainPlace", "look")).contains("module=thespis-ejb");
        assertThat(TestEar.serverLog()).contains("PlainPlace stands in an ejb-jar without an EJB");
    }

    private String foundLater(String actor) throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        String found = call(actor, "foundLater");
        while (found.equals("{\"output\":\"\"}") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
            found = call(actor, "foundLater");
        }
        return found;
    }

    private String overWebSocket(String actor) throws InterruptedException {
        URI address = URI.create("ws://" + SERVER + "/gateway/" + actor + "/connect?" + Bystander.query(key + actor));
        RawClient client = RawClient.open(address, "rivet_encoding.json");
        try {
            client.await("Init");
            return client.call(1, "look", "").await("ActionResponse");
        } finally {
            client.close();
        }
    }

    private String call(String actor, String action) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://" + SERVER + "/gateway/" + actor + "/action/" + action
                        + "?" + Bystander.query(key + actor)))
                .POST(BodyPublishers.ofString("{\"args\":[]}")));
    }

    private String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://" + SERVER + path)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.timeout(TIME).build(), BodyHandlers.ofString());
        return answer.body();
    }
}
