package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.test.fixture.Wrong;

/** Actors in the server, called by plain HTTP: where they may stand, and what CDI gives them. Needs no Node. */
@ExtendWith(ArquillianExtension.class)
class ActorsIT {

    private static final String GOOD = "good";
    private static final String BAD = "bad";

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Executor VISITORS = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "visitor");
        thread.setDaemon(true);
        return thread;
    });

    @Deployment(name = GOOD, testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures();
    }

    @Deployment(name = BAD, managed = false, testable = false)
    static EnterpriseArchive wrong() {
        return TestEar.withoutHost("wrong", Wrong.class);
    }

    @ArquillianResource
    Deployer deployer;

    @ArquillianResource
    @OperateOnDeployment(GOOD)
    URL url;

    private final String key = UUID.randomUUID().toString();

    private HttpResponse<String> post(String actor, String action, String arguments)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://" + url.getHost() + ":" + url.getPort() + "/gateway/" + actor + "/action/" + action
                + "?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=" + key);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofString("{\"args\":[" + arguments + "]}"))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private String call(String actor, String action, String arguments) throws IOException, InterruptedException {
        return post(actor, action, arguments).body();
    }

    @Test
    void actorsStandInALibraryAnEjbJarAndAWar() throws Exception {
        assertThat(call("thrower", "ok", "")).isEqualTo("{\"output\":\"ok\"}");
        assertThat(call("counter", "increment", "5")).isEqualTo("{\"output\":5}");
        assertThat(call("counter", "increment", "")).isEqualTo("{\"output\":6}");
        assertThat(call("noteRoom", "sendMessage", "\"a\"")).isEqualTo("{\"output\":null}");
        assertThat(call("noteRoom", "history", "")).isEqualTo("{\"output\":[\"a\"]}");
    }

    @Test
    void anActorIsACdiBean() throws Exception {
        assertThat(call("cdiGuest", "madeFor", "")).isEqualTo("{\"output\":\"" + key + "\"}");
        assertThat(call("cdiGuest", "loud", "\"psst\"")).isEqualTo("{\"output\":\"PSST\"}");
        assertThat(call("cdiGuest", "inTransaction", "")).isEqualTo("{\"output\":true}");
        assertThat(call("cdiGuest", "containerOf", "")).isEqualTo("{\"output\":\"CdiGuest\"}");
        assertThat(call("cdiGuest", "tally", "")).isEqualTo("{\"output\":1}");
        assertThat(call("cdiGuest", "tally", "")).isEqualTo("{\"output\":2}");
        call("cdiGuest", "end", "");
        assertThat(call("cdiGuest", "tally", ""))
                .as("the helper ends with its actor")
                .isEqualTo("{\"output\":1}");
        assertThat(call("cdiGuest", "hasEnded", "\"" + key + "\"")).isEqualTo("{\"output\":true}");
    }

    @Test
    void aRequestScopedBeanLivesForATurn() throws Exception {
        assertThat(call("scopes", "inOneTurn", "")).isEqualTo("{\"output\":2}");
        assertThat(call("scopes", "inOneTurn", "")).isEqualTo("{\"output\":2}");
    }

    @Test
    void whereAScopeIsMissingTheWayOutIsSaid() throws Exception {
        assertThat(call("scopes", "session", "")).contains("a turn of an actor has no @SessionScoped");
        assertThat(call("scopes", "elsewhere", "")).contains("actor.executor()");
    }

    @Test
    void errorsHaveGroupCodeAndMessage() throws Exception {
        HttpResponse<String> wrong = post("counter", "increment", "\"x\"");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("\"group\":\"actor\"", "\"code\":\"invalid_argument\"", "Argument 1 (by)");
    }

    /** On Payara what is left of one request may fall to the next, which then hears nothing. */
    @Test
    void aWebSocketThatIsClosedAtOnceTakesNothingFromTheNext() throws Exception {
        URI connect = URI.create("ws://" + url.getHost() + ":" + url.getPort()
                + "/gateway/counter/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key="
                + key);
        List<CompletableFuture<Void>> visitors = IntStream.range(0, 4)
                .mapToObj(visitor -> CompletableFuture.runAsync(() -> comeAndGo(connect), VISITORS))
                .toList();
        for (CompletableFuture<Void> visitor : visitors) {
            visitor.get(2, TimeUnit.MINUTES);
        }
    }

    private void comeAndGo(URI connect) {
        try {
            for (int visit = 0; visit < 300; visit++) {
                call("counter", "getCount", "");
                RawClient client = RawClient.open(connect, "rivet_encoding.json");
                client.await("Init");
                client.close();
            }
        } catch (IOException | InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    @Test
    void aWrongDeclarationRefusesTheDeployment() {
        assertThatThrownBy(() -> deployer.deploy(BAD))
                .as("THESPIS-102 names the class and the way out")
                .satisfies(e -> assertThat(TestEar.wholeText(e) + TestEar.serverLog())
                        .contains("THESPIS-102: " + Wrong.class.getName()));
    }
}
