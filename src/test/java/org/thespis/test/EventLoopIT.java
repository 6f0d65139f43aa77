package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** WildFly that hands over messages on the threads that read from sockets: nothing that may wait runs there. */
@EnabledIfSystemProperty(
        named = "arquillian.launch",
        matches = "wildfly",
        disabledReason = "Payara has no such threads")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventLoopIT {

    private static final String LOOP = "I/O";

    /** State outlives a run. */
    private static final String RUN = "-" + UUID.randomUUID();

    private static final int SLEEP_MILLIS = 1_000;
    private static final int TRIES = 100;
    private static final int SOCKETS = 20; // more than there are such threads

    private ServerProcess server;

    @BeforeAll
    void start() throws Exception {
        Path file = Report.folder("event-loop").resolve("thespis.ear");
        TestEar.withFixtures(Map.of("max-waiting-calls", 100_000))
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
        server = ServerProcess.configured("event-loop", file, "development,event-loop");
        server.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    private RawClient open(String key) {
        return RawClient.open(
                URI.create("ws://localhost:" + server.address().getPort()
                        + "/gateway/brisk/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key="
                        + key + RUN),
                "rivet_encoding.json");
    }

    private static String output(String answer) {
        var found = Pattern.compile("\"output\":\"([^\"]*)\"").matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        return found.group(1);
    }

    @Test
    void anActionThatDoesNotBlockRunsWhereItsMessageCame() throws Exception {
        RawClient client = open("quick");
        client.await("Init");
        String thread = "";
        for (int i = 1; i <= TRIES && !thread.contains(LOOP); i++) { // one may come before the turn ends that answered
            thread = output(client.call(i, "quick", "").await("ActionResponse"));
        }
        assertThat(thread).contains(LOOP);
    }

    @Test
    void hooksAndAllOtherActionsDoNot() throws Exception {
        RawClient client = open("slow");
        client.await("Init");
        assertThat(output(client.call(1, "slow", "0").await("ActionResponse"))).doesNotContain(LOOP);
        assertThat(output(client.call(2, "connectedOn", "").await("ActionResponse")))
                .isNotEmpty()
                .doesNotContain(LOOP);
    }

    @Test
    void actionsThatSleepDelayNobodyElse() throws Exception {
        List<RawClient> sleepers = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            sleepers.add(open("sleeper" + i));
        }
        List<RawClient> others = new ArrayList<>();
        for (int i = 0; i < SOCKETS; i++) {
            others.add(open("awake" + i));
        }
        for (RawClient client : sleepers) {
            client.await("Init");
            client.call(1, "slow", Integer.toString(60 * SLEEP_MILLIS));
        }
        for (RawClient client : others) { // would be told only after a minute
            client.await("Init");
            client.call(1, "quick", "").await("ActionResponse");
        }
        sleepers.forEach(RawClient::cut);
    }

    @Test
    void whatComesDuringOneThatSleepsIsDoneInOrderBehindIt() throws Exception {
        RawClient client = open("order");
        client.await("Init");
        client.subscribe("counted").call(0, "slow", Integer.toString(SLEEP_MILLIS / 2));
        int many = 200;
        for (int i = 1; i <= many; i++) {
            client.call(i, "count", "");
        }
        for (int i = 1; i <= many; i++) { // the call that slept was the first
            assertThat(client.await("\"counted\"")).contains("[" + (i + 1) + "]");
        }
        client.call(many + 1, "count", "").await("ActionResponse", "\"output\":" + (many + 2));
    }

    @Test
    void whatAClientSendsBeforeItIsLetInIsDoneBehindThat() throws Exception {
        RawClient client = open("early");
        client.call(1, "quick", "").call(2, "quick", "");
        client.await("Init");
        client.await("ActionResponse", "\"1\"");
        client.await("ActionResponse", "\"2\"");
    }

    @Test
    void whoComesAndGoesLeavesNothing() throws Exception {
        for (int i = 0; i < SOCKETS; i++) {
            open("gone").cut();
        }
        RawClient client = open("gone");
        client.await("Init");
        client.call(1, "quick", "").await("ActionResponse");
        client.close();
        client.await("close");
    }
}
