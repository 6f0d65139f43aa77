package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of an actor, rows of its author's and messages commit together, or nothing does. */
@ExtendWith(ArquillianExtension.class)
class TransactionsIT {

    private static final String GOOD = "good";
    private static final Duration TIME = Duration.ofSeconds(60);

    @Deployment(name = GOOD, testable = false)
    static EnterpriseArchive ear() {
        return TillEar.make();
    }

    @ArquillianResource
    @OperateOnDeployment(GOOD)
    URL url;

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    private String call(String type, String action, String arguments, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + url.getHost() + ":" + url.getPort()
                        + "/gateway/" + type + "/action/" + action + "?" + Bystander.query(key)))
                .timeout(TIME)
                .POST(BodyPublishers.ofString("{\"args\":[" + arguments + "]}"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString()).body();
    }

    private String call(String action, String arguments) throws IOException, InterruptedException {
        return call("till", action, arguments);
    }

    private void has(String type, String numbers) throws IOException, InterruptedException {
        String expected = "{\"output\":[" + numbers + "]}";
        assertThat(call(type, "entries", "\"c\"")).as("state").isEqualTo(expected);
        assertThat(call(type, "rows", "\"c\"")).as("rows").isEqualTo(expected);
        assertThat(call(type, "isAlike", "\"c\"")).isEqualTo("{\"output\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"till", "ejbTill", "warTill"})
    void stateAndRowsCommitTogetherOrNotAtAllWhereverTheActorStands(String type) throws Exception {
        assertThat(call(type, "add", "\"c\",1")).isEqualTo("{\"output\":1}");
        has(type, "1");
        assertThat(call(type, "add", "\"c\",3")).contains("\"no\"");
        has(type, "1");
        assertThat(call(type, "add", "\"c\",2")).isEqualTo("{\"output\":2}");
        has(type, "1,2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback only", "commit", "commit and begin", "swallow"})
    void whatRollsBackTakesBackAllAndTheCallerIsTold(String what) throws Exception {
        call("add", "\"c\",1");
        assertThat(call("addAnd", "\"" + what + "\",\"c\",2")).contains("\"rolled_back\"");
        has("till", "1");
        for (int i = 4; i < 10; i++) { // on threads that may be those of before
            assertThat(call("addAnd", "\"nothing\",\"c\"," + i)).isEqualTo("{\"output\":true}");
        }
        has("till", "1,4,5,6,7,8,9");
    }

    @Test
    void rowsThatCannotBeWrittenTakeBackAll() throws Exception {
        call("add", "\"c\",1");
        assertThat(call("addAnd", "\"sql\",\"c\",2")).contains("\"internal_error\"");
        has("till", "1");
    }

    @Test
    void entitiesThatCannotBeWrittenAtTheCommitTakeBackAllAndTheActorGoesOn() throws Exception {
        assertThat(call("jpaTill", "sell", "\"a\"")).isEqualTo("{\"output\":1}");
        assertThat(call("jpaTill", "sell", "\"a\"")).contains("\"rolled_back\"");
        assertThat(call("jpaTill", "sell", "\"b\"")).isEqualTo("{\"output\":2}");
        assertThat(call("jpaTill", "look", "")).isEqualTo("{\"output\":\"[a, b] [a, b]\"}");
    }

    /** In the last case the server rolls back by itself, in a thread of its own. */
    @ParameterizedTest
    @ValueSource(ints = {1_500, 3_500, 12_500})
    void aTransactionWhoseTimeIsOverIsRolledBackAndTheCallerIsTold(int millis) throws Exception {
        call("add", "\"c\",1");
        assertThat(call("addSlowly", "\"c\",2," + millis)).contains("\"action_timed_out\"");
        has("till", "1");
        for (int i = 4; i < 10; i++) { // on threads that may be those of before
            assertThat(call("addAnd", "\"nothing\",\"c\"," + i)).isEqualTo("{\"output\":true}");
        }
        has("till", "1,4,5,6,7,8,9");
    }

    @Test
    void aTransactionOfItsOwnCountsApart() throws Exception {
        assertThat(call("addAnd", "\"apart\",\"c\",2")).contains("\"no\"");
        has("till", "");
        assertThat(call("rowsApart", "\"c\"")).isEqualTo("{\"output\":[2]}");
        assertThat(call("addAnd", "\"outside\",\"c\",4")).isEqualTo("{\"output\":true}");
        has("till", "4");
    }

    @Test
    void anInterruptOfTheAuthorsHarmsNobody() throws Exception {
        assertThat(call("addAnd", "\"interrupt\",\"c\",2")).isEqualTo("{\"output\":false}");
        has("till", "2");
    }

    /** The thread that runs its turn writes the state, if nobody else is about to. */
    @Test
    void aTransactionThatAnActionForgetsTakesNoPartInWhatIsWritten() throws Exception {
        for (int i = 1; i <= 5; i++) {
            assertThat(call("enterAndForget", "\"f\"," + i)).isEqualTo("{\"output\":" + i + "}");
            assertThat(call("add", "\"c\"," + 7 * i)).isEqualTo("{\"output\":" + i + "}");
        }
        has("till", "7,14,21,28,35");
        assertThat(call("entries", "\"f\"")).isEqualTo("{\"output\":[1,2,3,4,5]}");
    }

    @Test
    void aRetryWithItsKeyIsAnsweredAsTheFirstTime() throws Exception {
        String[] name = {"Idempotency-Key", "k"};
        assertThat(call("till", "add", "\"c\",1", name)).isEqualTo("{\"output\":1}");
        assertThat(call("till", "add", "\"c\",1", name)).isEqualTo("{\"output\":1}");
        has("till", "1");
    }

    @Test
    void whatIsPlannedRunsInATransaction() throws Exception {
        call("addLater", "\"c\",2,10");
        long end = System.nanoTime() + TIME.toNanos();
        while (!call("entries", "\"c\"").equals("{\"output\":[2]}") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        has("till", "2");
    }

    @Test
    void itIsDestroyedWithTheCommitAndNotWithoutIt() throws Exception {
        call("add", "\"c\",1");
        assertThat(call("addAnd", "\"destroy not\",\"c\",2")).contains("\"rolled_back\"");
        has("till", "1");
        assertThat(call("addAnd", "\"destroy\",\"c\",2")).isEqualTo("{\"output\":false}");
        assertThat(call("entries", "\"c\"")).as("a new one").isEqualTo("{\"output\":[]}");
        assertThat(call("rows", "\"c\"")).isEqualTo("{\"output\":[1,2]}");
    }

    @Test
    void eventsLeaveBehindTheCommitOnly() throws Exception {
        URI address = URI.create(
                "ws://" + url.getHost() + ":" + url.getPort() + "/gateway/till/connect?" + Bystander.query(key));
        RawClient client = RawClient.open(address, "rivet_encoding.json");
        try {
            client.await("Init");
            client.subscribe("added").call(1, "add", "\"c\",3").call(2, "add", "\"c\",4");
            assertThat(client.await("\"name\":\"added\"")).as("the first event").contains("[\"c\",4]");
        } finally {
            client.close();
        }
    }
}
