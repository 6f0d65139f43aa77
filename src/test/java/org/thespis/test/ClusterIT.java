package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.thespis.test.ServerProcess.Installation;

/**
 * Nodes on one PostgreSQL: one actor for all, and whatever is done to them, nothing acknowledged is lost or doubled, nothing seen is
 * lost, no two lives of an actor change it at a time, and each connection hears all in order. {@code -Pchaos} does it for hours, with
 * three nodes and all faults in an order by chance; {@code -Dcluster.seed} gives one again.
 */
@Timeout(value = 12, unit = TimeUnit.HOURS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterIT {

    /** How many faults by chance; with 0 there are two nodes, and the faults of a list one after the other. */
    private static final int FAULTS = Integer.getInteger("cluster.faults", 0);

    private static final List<String> LIST =
            "brief".equals(System.getProperty("cluster.faults")) ? ClusterFaults.BRIEF : ClusterFaults.SOME;

    private static final int NODES = FAULTS == 0 ? 2 : Integer.getInteger("cluster.nodes", 3);
    private static final long SEED = Long.getLong("cluster.seed", System.nanoTime());

    /** Which kinds of faults: {@code -Dcluster.kinds=kill} for those that are told so. */
    private static final Predicate<String> KINDS =
            Pattern.compile(System.getProperty("cluster.kinds", "")).asPredicate();

    private static final String DETECTION = "10s";
    private static final long PATIENCE_SECONDS = 60;
    private static final String DONE = "{\"output\"";
    private static final String FAILED = "\"code\"";

    private final Random random = new Random(SEED);
    private final StringBuilder figures = new StringBuilder();
    private ClusterFaults faults;
    private ClusterNodes cluster;

    @BeforeAll
    void start() throws Exception {
        tell("seed " + SEED);
        cluster = new ClusterNodes(DETECTION);
        faults = new ClusterFaults(random, cluster);
        for (int i = 0; i < NODES; i++) {
            JumpingClock clock = faults.clocks().get(i);
            Map<String, String> environment = FAULTS == 0 || clock == null ? Map.of() : clock.environment();
            cluster.add(Installation.own(i), environment, TestEar.asBuilt());
        }
        faults.prepare(FAULTS > 0);
        cluster.start();
        tell("all serve");
    }

    @AfterAll
    void stop() throws Exception {
        try {
            cluster.close();
        } finally {
            faults.close();
        }
    }

    private void tell(String line) {
        System.out.println("cluster: " + line);
        figures.append(line).append('\n');
        Report.write("cluster", figures.toString());
    }

    private ServerProcess node(int number) {
        return cluster.all().get(number % NODES);
    }

    @Test
    @Order(1)
    void callsByEachNodeReachOneActor() throws Exception {
        for (int k = 0; k < 20; k++) {
            String key = "one" + k;
            for (int n = 1; n <= 6; n++) {
                add(node(n), key, n);
            }
            ClusterNodes.await("all are there", () -> entries(key).equals("{\"output\":[1,2,3,4,5,6]}"));
        }
    }

    /** Until it was surely done: nodes of a busy machine may take each other for dead, and calls under way then end with an error. */
    private void add(ServerProcess node, String key, int number) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String answer = cluster.post(node, key, "add", "\"c\"," + number);
        while (!answer.startsWith(DONE) && !entries(key).matches(".*\\b" + number + "\\b.*")) {
            assertThat(System.nanoTime() - end).as(answer).isNegative();
            answer = cluster.post(node, key, "add", "\"c\"," + number);
        }
    }

    @Test
    @Order(2)
    void eventsReachClientsOfAllNodes() throws Exception {
        for (int k = 0; k < 8; k++) { // half of them, about, live on each
            boolean heard = hear("events" + k) || hear("events" + k) || hear("events" + k);
            assertThat(heard).as("events of " + k).isTrue();
        }
    }

    /** Whether each of two clients has heard of the other, before the line of one was closed as their actor moved. */
    private boolean hear(String key) throws InterruptedException {
        CrashClient one = CrashClient.start(ClusterNodes.socket(node(0), key), "ca");
        CrashClient other = CrashClient.start(ClusterNodes.socket(node(1), key), "cb");
        BooleanSupplier both = () -> one.seen.containsKey("cb") && other.seen.containsKey("ca");
        ClusterNodes.await(
                "each has heard of the other",
                () -> both.getAsBoolean() || one.ended.getCount() == 0 || other.ended.getCount() == 0);
        boolean heard = both.getAsBoolean();
        one.cut();
        other.cut();
        return heard;
    }

    @Test
    @Order(3)
    void whatIsPlannedHappensOnce() throws Exception {
        List<String> planned = new ArrayList<>();
        for (int k = 0; k < 20; k++) {
            String key = "plan" + k;
            String seven = cluster.post(node(k), key, "addLater", "\"c\",7,1000");
            String eight = cluster.post(node(k), key, "addLater", "\"c\",8,3000"); // a second seven would come before
            if (!(seven + eight).contains(FAILED)) {
                planned.add(key);
            }
        }
        assertThat(planned).hasSizeGreaterThan(10);
        for (String key : planned) {
            AtomicReference<String> last = new AtomicReference<>("");
            ClusterNodes.await(last, () -> {
                last.set(entries(key));
                return last.get().startsWith(DONE) && last.get().contains("8");
            });
            assertThat(last.get()).isEqualTo("{\"output\":[7,8]}");
        }
    }

    private String entries(String key) {
        return cluster.post(node(0), key, "entries", "\"c\"");
    }

    /** One node after the other, with clients sent to those that serve, as a proxy in front does it. */
    @Test
    @Order(4)
    @EnabledIfSystemProperty(named = "cluster.faults", matches = "[1-9]\\d*", disabledReason = "takes minutes")
    void noCallFailsAsAllNodesAreRedeployedInTurn() throws Exception {
        try (ClusterLoad load = new ClusterLoad(node(1), "rolling", "r")) {
            load.awaitAnswers();
            for (int n = 0; n < NODES; n++) {
                ServerProcess redeployed = node(n);
                load.ask(node(n + 1));
                load.awaitAnswers(); // of the other node
                load.mark();
                redeployed.redeploy();
                ClusterNodes.await("it leaves", () -> cluster.health(redeployed) != ClusterNodes.OK);
                ClusterNodes.await("it serves", () -> cluster.health(redeployed) == ClusterNodes.OK);
                tell("node " + (n + 1) + " redeployed: the slowest call of each actor "
                        + ClusterLoad.told(load.slowest()));
            }
            tell("all nodes redeployed in turn: calls " + load.calls() + ", failed " + load.reasons());
            assertThat(load.failed()).isEmpty();
        }
    }

    @Test
    @Order(5)
    void whateverFailsNothingIsLostAndAllActorsAnswerAgain() throws Exception {
        ClusterTrial trial = new ClusterTrial(cluster, random, this::tell);
        if (FAULTS == 0) {
            for (String name : LIST) {
                faults.mend();
                cluster.awaitAllServe();
                if (faults.deck().contains(name)) {
                    trial.run(name, faults.of(name));
                }
            }
        } else {
            harmAgainAndAgain(trial);
        }
        trial.requireNothingWrong();
        assertThat(faults.failedInLeaves()).as("as nodes left in order").isEmpty();
    }

    /** While a node that was killed starts, some may be harmed already. */
    private void harmAgainAndAgain(ClusterTrial trial) throws Exception {
        ClusterDeck deck =
                new ClusterDeck(random, faults.deck().stream().filter(KINDS).toList());
        for (int i = 0; i < FAULTS; i++) {
            int serve = cluster.serve().size();
            Optional<String> name =
                    serve > 1 && serve < NODES ? deck.nextOf(ClusterFaults.WHILE_STARTING) : Optional.empty();
            if (name.isEmpty()) {
                cluster.awaitAllServe();
                name = Optional.of(deck.next());
            }
            trial.run(name.get(), faults.of(name.get()));
            faults.mend();
        }
    }
}
