package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two nodes on one PostgreSQL: one actor for both, nothing lost by kills, no call that fails as one leaves in order. {@code
 * -Dcluster.kills=2} runs it, {@code -Pchaos} kills often, and stops nodes and cuts the net, too.
 */
@EnabledIfSystemProperty(named = "cluster.kills", matches = "[1-9]\\d*", disabledReason = "takes minutes")
@Timeout(value = 12, unit = TimeUnit.HOURS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {

    private static final int KILLS = Integer.getInteger("cluster.kills", 2);
    private static final boolean STOPS = Boolean.getBoolean("cluster.stops");

    /** Where no node is stopped, none is to be taken for dead as a busy machine starves it. */
    private static final String DETECTION = STOPS ? "10s" : "60s";

    private static final String PASSWORD = "of-a-test";
    private static final int MIN_LOAD_MILLIS = 500;
    private static final int MAX_LOAD_MILLIS = 2_000;
    private static final long PATIENCE_SECONDS = 60;
    private static final List<String> NOT_RUN = List.of("\"service_unavailable\"", "\"restarting\"");
    private static final int OK = 200;
    private static final int NOT_READY = 503;

    private final HttpClient http = HttpClient.newHttpClient();
    private final StringBuilder figures = new StringBuilder();
    private EmbeddedPostgres postgres;
    private ServerProcess a;
    private ServerProcess b;

    @BeforeAll
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("idle_in_transaction_session_timeout", "3000") // the locks of who was stopped
                .start();
        Path key = key();
        String url = postgres.getJdbcUrl("postgres", "postgres");
        a = ServerProcess.ofSeveral("cluster-a", 0, ear("a", 0, key), url);
        b = ServerProcess.ofSeveral("cluster-b", 1, ear("b", 1, key), url);
        start(a);
        start(b);
    }

    private void start(ServerProcess node) throws Exception {
        node.start();
        await("the node serves", () -> health(node) == OK);
    }

    private static Path key() throws Exception {
        Path file = Report.folder("cluster").resolve("cluster.p12");
        Files.deleteIfExists(file);
        Commands.in(Node.ROOT)
                .run(
                        1,
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "node",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=cluster",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD))
                .requireSuccess();
        return file;
    }

    private static Path ear(String node, int which, Path key) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "cluster",
                "test",
                "cluster-bind-address",
                LoopbackCut.address(which),
                "cluster-port",
                ServerProcess.freePort(),
                "cluster-key-store",
                key.toString(),
                "commit-timeout-millis",
                "60s", // a slow machine is no failure
                "cluster-detection-millis",
                DETECTION,
                "cluster-key-store-password",
                PASSWORD));
        Path file = Report.folder("cluster-" + node).resolve("thespis.ear");
        TestEar.withFixtures(settings).as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    @AfterAll
    void stop() throws Exception {
        a.close();
        b.close();
        postgres.close();
    }

    private void tell(String line) {
        figures.append(line).append('\n');
        Report.write("cluster", figures.toString());
    }

    private String post(ServerProcess node, String key, String action, String arguments) throws Exception {
        return ClusterLoad.post(http, node, key, action, arguments);
    }

    private static URI socket(ServerProcess node, String key) {
        return URI.create("ws://localhost:" + node.address().getPort()
                + "/gateway/ledger/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key="
                + key);
    }

    private static void await(String what, java.util.function.BooleanSupplier happened) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("waited in vain for: " + what)
                    .isNegative();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void callsByEitherNodeReachOneActor() throws Exception {
        for (int k = 0; k < 20; k++) {
            for (int n = 1; n <= 6; n++) {
                ServerProcess node = n % 2 == 0 ? a : b;
                assertThat(told(node, "one" + k, n)).isEqualTo("{\"output\":" + n + "}");
            }
        }
    }

    /** The answer of an addition, which is asked for again as long as it was not run: a node that has just come may be missed once more. */
    private String told(ServerProcess node, String key, int number) throws Exception {
        String answer = post(node, key, "add", "\"c\"," + number);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (NOT_RUN.stream().anyMatch(answer::contains) && System.nanoTime() - end < 0) {
            answer = post(node, key, "add", "\"c\"," + number);
        }
        return answer;
    }

    @Test
    void eventsReachClientsOfBothNodes() throws Exception {
        for (int k = 0; k < 8; k++) { // half of them, about, live on each
            CrashClient atA = CrashClient.start(socket(a, "events" + k), "ca");
            CrashClient atB = CrashClient.start(socket(b, "events" + k), "cb");
            await("each has heard of the other", () -> atA.seen.containsKey("cb") && atB.seen.containsKey("ca"));
            atA.cut();
            atB.cut();
        }
    }

    @Test
    void whatIsPlannedHappensOnce() throws Exception {
        for (int k = 0; k < 20; k++) {
            ServerProcess node = k % 2 == 0 ? a : b;
            post(node, "plan" + k, "addLater", "\"c\",7,1000");
            post(node, "plan" + k, "addLater", "\"c\",8,3000"); // a second seven would have come before
        }
        for (int k = 0; k < 20; k++) {
            String key = "plan" + k;
            await("what was planned", () -> entries(key).contains("8"));
            assertThat(entries(key)).isEqualTo("{\"output\":[7,8]}");
        }
    }

    private String entries(String key) {
        try {
            return post(a, key, "entries", "\"c\"");
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cluster.stops", matches = "true")
    void noCallFailsAsANodeLeavesInOrder() throws Exception {
        try (ClusterLoad load = new ClusterLoad(b, "leave")) {
            load.awaitAnswers();
            load.mark();
            a.undeploy(); // a server that is stopped takes its data source away first
            String back = ClusterLoad.told(load.awaitAllBack());
            load.awaitAnswers();
            List<String> failed = load.failed();
            a.redeploy();
            await("the node serves", () -> health(a) == OK);
            load.awaitAnswers();
            tell("leave and join: calls " + load.calls() + ", failed "
                    + load.failed().size() + ", slowest call " + load.worstMillis() + " ms; each actor answers after "
                    + back + "; " + load.reasons());
            assertThat(failed)
                    .as("as it left")
                    .isEmpty(); // one that comes may be missed for a moment on a busy machine
        }
    }

    @Test
    void killsLoseNothingAndAllActorsAnswerAgain() throws Exception {
        CrashTally atA = new CrashTally(a, "ledger");
        CrashTally atB = new CrashTally(b, "ledger");
        List<CrashTally> both = List.of(atA, atB);
        List<Long> worst = new ArrayList<>();
        for (int round = 0; round < KILLS; round++) {
            boolean first = round % 2 == 0;
            ServerProcess killed = first ? a : b;
            ServerProcess left = first ? b : a;
            try (ClusterLoad load = new ClusterLoad(left, "kill")) {
                load.awaitAnswers();
                for (CrashTally tally : both) {
                    tally.load("r" + System.nanoTime() + "-");
                }
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MIN_LOAD_MILLIS, MAX_LOAD_MILLIS));
                load.mark();
                killed.kill();
                long[] back = load.awaitAllBack();
                worst.add(back[back.length - 1]);
                tell("kill -9 " + (round + 1) + ": all actors answer again after " + ClusterLoad.told(back) + "; calls "
                        + load.calls() + ", failed " + load.reasons());
                for (CrashTally tally : both) {
                    tally.compare(left);
                }
            }
            start(killed);
        }
        tell(atA.summary("PostgreSQL, node A") + atB.summary("PostgreSQL, node B") + "worst " + worst);
        for (CrashTally tally : both) {
            tally.requireNothingWrong("PostgreSQL", false);
            tally.requireSomethingDone(KILLS);
        }
    }

    private int health(ServerProcess node) {
        try {
            return http.send(
                            HttpRequest.newBuilder(node.address().resolve("/health"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (Exception e) {
            return 0;
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cluster.stops", matches = "true")
    void ofACutClusterOnePartServesAndTheOtherComesBackByItself() throws Exception {
        assumeTrue(LoopbackCut.isPossible(), "only root can cut the net");
        CrashTally atA = new CrashTally(a, "ledger");
        CrashTally atB = new CrashTally(b, "ledger");
        try (LoopbackCut net = new LoopbackCut();
                ClusterLoad load = new ClusterLoad(a, "cut")) {
            load.awaitAnswers();
            atA.load("p" + System.nanoTime() + "-");
            atB.load("p" + System.nanoTime() + "-");
            long since = System.nanoTime();
            net.cut();
            await("one part stops", () -> health(a) == NOT_READY || health(b) == NOT_READY);
            long stopped = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
            ServerProcess serves = health(a) == OK ? a : b;
            ServerProcess waits = serves == a ? b : a;
            assertThat(health(serves)).isEqualTo(OK);
            assertThat(health(waits)).isEqualTo(NOT_READY);
            assertThat(post(waits, "cut0", "entries", "\"load\"")).contains("service_unavailable");
            for (int k = 0; k < 8; k++) {
                assertThat(post(serves, "cut" + k, "entries", "\"load\"")).startsWith("{\"output\"");
            }
            since = System.nanoTime();
            net.close();
            await("both serve", () -> health(a) == OK && health(b) == OK);
            tell("the net was cut: one part stopped after " + stopped + " ms, and served "
                    + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since) + " ms after the net was whole");
            await(
                    "actors answer",
                    () -> entriesAt(a).startsWith("{\"output\"") && entriesAt(b).startsWith("{\"output\""));
            load.awaitAnswers();
            atA.compare(a);
            atB.compare(b);
        }
        tell(atA.summary("PostgreSQL, node A of a cut cluster") + atB.summary("PostgreSQL, node B of a cut cluster"));
        atA.requireNothingWrong("PostgreSQL", false);
        atB.requireNothingWrong("PostgreSQL", false);
    }

    private String entriesAt(ServerProcess node) {
        try {
            return post(node, "cut0", "entries", "\"load\"");
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "cluster.stops", matches = "true")
    void aNodeThatWasStoppedComesBackAndNothingIsLost() throws Exception {
        CrashTally atA = new CrashTally(a, "ledger");
        CrashTally atB = new CrashTally(b, "ledger");
        try (ClusterLoad load = new ClusterLoad(a, "zombie")) {
            load.awaitAnswers();
            atA.load("z" + System.nanoTime() + "-");
            atB.load("z" + System.nanoTime() + "-");
            TimeUnit.MILLISECONDS.sleep(MIN_LOAD_MILLIS);
            load.mark();
            b.signal("STOP");
            String back = ClusterLoad.told(load.awaitAllBack());
            b.signal("CONT");
            await("the node that was stopped answers", () -> {
                try {
                    return post(b, "zombie0", "entries", "\"load\"").startsWith("{\"output\"");
                } catch (Exception e) {
                    return false;
                }
            });
            atA.compare(a);
            atB.compare(b);
            tell("SIGSTOP: all actors answer again after " + back + "; failed " + load.reasons() + "\n"
                    + atA.summary("PostgreSQL, node A") + atB.summary("PostgreSQL, node B"));
        }
        atA.requireNothingWrong("PostgreSQL", false);
        atB.requireNothingWrong("PostgreSQL", false);
    }
}
