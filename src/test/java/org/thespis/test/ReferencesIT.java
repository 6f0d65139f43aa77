package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.test.fixture.Misled;
import org.thespis.test.fixture.other.Neighbour;

/** Actors called from inside the server: by a servlet, an EJB, a bean in EAR/lib and another actor. */
@ExtendWith(ArquillianExtension.class)
class ReferencesIT {

    private static final String GOOD = "good";
    private static final String BAD = "bad";
    private static final String OTHER = "other";

    @Deployment(name = GOOD, order = 1, testable = false)
    static EnterpriseArchive ear() {
        return TestEar.withFixtures();
    }

    @Deployment(name = BAD, managed = false, testable = false)
    static EnterpriseArchive misled() {
        return TestEar.withoutHost(
                "misled", Misled.class, Misled.Listener.class, Misled.Halved.class, Misled.Forgetful.class);
    }

    @Deployment(name = OTHER, order = 2, testable = false)
    static EnterpriseArchive other() {
        return ShrinkWrap.create(EnterpriseArchive.class, "neighbour.ear")
                .addAsModule(
                        ShrinkWrap.create(WebArchive.class, "neighbour.war").addClass(Neighbour.class));
    }

    @ArquillianResource
    Deployer deployer;

    @ArquillianResource
    @OperateOnDeployment(GOOD)
    URL url;

    private final String key = UUID.randomUUID().toString();

    private String ask(String what, String... headers) throws IOException, InterruptedException {
        return get("/fixtures/desk?do=" + what + "&key=" + key, headers);
    }

    private String get(String path, String... headers) throws IOException, InterruptedException {
        URI uri = URI.create("http://" + url.getHost() + ":" + url.getPort() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @Test
    void aServletCallsAnActorThroughAnInterface() throws Exception {
        assertThat(ask("typed")).isEqualTo("2 5 true");
    }

    @Test
    void aBeanInALibraryCallsAnActor() throws Exception {
        assertThat(ask("library")).isEqualTo("1 2");
    }

    @Test
    void anEjbCallsAnActorWhoseTurnIsNotInItsTransaction() throws Exception {
        assertThat(ask("ejb")).isEqualTo("1 false");
    }

    @Test
    void whatIsToldInATransactionLeavesAfterItsCommit() throws Exception {
        assertThat(ask("commit")).isEqualTo("0 7");
    }

    @Test
    void whatIsToldInATransactionThatIsRolledBackNeverLeaves() throws Exception {
        assertThat(ask("rollback")).isEqualTo("0");
    }

    @Test
    void whatIsToldInATransactionWhoseTimeIsOverNeverLeaves() throws Exception {
        assertThat(ask("timeout")).isEqualTo("0");
    }

    @Test
    void whatIsToldOutsideOfTransactionsLeavesAtOnce() throws Exception {
        assertThat(ask("without")).isEqualTo("7");
    }

    @Test
    void anActorCallsOthers() throws Exception {
        assertThat(ask("others")).isEqualTo("3 [{from=me, numbers=[1, 2]}]");
    }

    @Test
    void waitingInATurnIsRefused() throws Exception {
        assertThat(ask("wait")).contains("actor.executor()");
    }

    @Test
    void aCallThatComesBackIsFoundAtOnce() throws Exception {
        assertThat(ask("cycle")).contains("desk/" + key + " -> desk/" + key);
    }

    @Test
    void aServletListensToEvents() throws Exception {
        assertThat(ask("listen")).isEqualTo("heard 7");
    }

    @Test
    void actorsAreCreatedAndDestroyed() throws Exception {
        assertThat(ask("life")).isEqualTo("true false");
    }

    @Test
    void aSubscriptionEndsWithTheActorThatMadeIt() throws Exception {
        assertThat(ask("end")).isEqualTo("true true");
    }

    @Test
    void anotherApplicationCallsAnActorByTypesOfTheJdk() throws Exception {
        assertThat(get("/neighbour/call?type=desk&action=add&key=" + key)).isEqualTo("4");
        assertThat(get("/neighbour/call?type=desk&action=add&key=" + key)).isEqualTo("8");
        assertThat(get("/neighbour/call?type=none&action=add&key=" + key)).startsWith("actor.type_not_found: ");
    }

    @Test
    void whoIsLoggedInGoesAlong() throws Exception {
        String credentials = Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(ask("user", "Authorization", "Basic " + credentials)).isEqualTo("ann");
    }

    @Test
    void whoIsNotLoggedInIsNobody() throws Exception {
        assertThat(ask("user")).isEqualTo("nobody");
    }

    @Test
    void whatCdiCannotGiveRefusesTheDeployment() {
        assertThatThrownBy(() -> deployer.deploy(BAD))
                .as("each number names its class and the way out")
                .satisfies(e -> assertThat(TestEar.wholeText(e) + TestEar.serverLog())
                        .contains("THESPIS-171: " + Runnable.class.getName())
                        .contains("THESPIS-173: " + Misled.Halved.class.getName() + ".forgotten")
                        .contains("THESPIS-177: " + Misled.class.getName() + ".phantom")
                        .contains("THESPIS-178: " + Misled.Listener.class.getName() + ".heard"));
    }
}
