package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.thespis.test.ClusterFaults.Fault;
import org.thespis.test.ClusterFaults.Scene;

/** Harms a cluster under load, and counts what became of all that the load was told. Used by one thread. */
final class ClusterTrial {

    private static final String HALF = "entries_unavailable"; // the database was away in the middle of an action
    private static final int IN_FLIGHT = 2;
    private static final int PAUSE_MILLIS = 50;
    private static final int TALLY_ACTORS = 1;
    private static final int TALLY_CLIENTS = 4;
    private static final int MIN_LOAD_MILLIS = 300;
    private static final int MAX_LOAD_MILLIS = 1_500;

    /** After so many faults the load takes other actors, as the lists of these have become long. */
    private static final int FAULTS_EACH = 10;

    private final ClusterNodes cluster;
    private final Random random;
    private final Consumer<String> tell;
    private final ClusterTable table = new ClusterTable();
    private int count;

    ClusterTrial(ClusterNodes cluster, Random random, Consumer<String> tell) {
        this.cluster = cluster;
        this.random = random;
        this.tell = tell;
    }

    /** By any of the nodes that serve, harming others. */
    void run(String name, Fault fault) throws Exception {
        List<ServerProcess> serve = cluster.serve();
        run(name, serve.get(random.nextInt(serve.size())), fault);
    }

    /** @param asked answers, unless all are harmed */
    void run(String name, ServerProcess asked, Fault fault) throws Exception {
        List<ServerProcess> serve = cluster.serve();
        List<ServerProcess> others =
                serve.stream().filter(node -> node != asked).toList();
        List<CrashTally> tallies = new CopyOnWriteArrayList<>();
        // what is planned by a clock that is ahead comes when that says so: hours later, once it is right again
        CrashClient.Pace pace = new CrashClient.Pace(IN_FLIGHT, PAUSE_MILLIS, !name.equals(ClusterFaults.CLOCK_OFF));
        long[] back;
        ClusterLoad load = new ClusterLoad(asked, "load" + count++ / FAULTS_EACH + "-", "f" + count);
        CrashCounts round;
        try (HangWatch stacks = new HangWatch(Integer.toString(count), cluster.all(), () -> waiting(load, tallies))) {
            try (load) { // its end waits for what hangs
                load.awaitAnswers();
                for (ServerProcess node : serve) {
                    CrashTally tally = new CrashTally(node, "ledger", TALLY_ACTORS, TALLY_CLIENTS, pace);
                    tally.load("f" + System.nanoTime() + "-");
                    tallies.add(tally);
                }
                TimeUnit.MILLISECONDS.sleep(MIN_LOAD_MILLIS + random.nextInt(MAX_LOAD_MILLIS - MIN_LOAD_MILLIS));
                load.mark();
                back = fault.inflict(new Scene(asked, others, load));
            }
            round = compare(asked, tallies);
        }
        round.add(load.compare(asked));
        table.add(name, back, load.failed().size(), round);
        tell.accept(count + ". " + name + ": all actors answer again after " + ClusterLoad.told(back) + "; calls "
                + load.calls() + ", failed " + load.reasons() + (round.wrong() == 0 ? "" : "; WRONG: " + round));
        Report.write("cluster-faults", table.toString() + table.total() + "\n"); // of a run that is cut off, too
    }

    private static Map<String, Long> waiting(ClusterLoad load, List<CrashTally> tallies) {
        Map<String, Long> all = new HashMap<>(load.waiting());
        tallies.forEach(tally -> all.putAll(tally.waiting()));
        return all;
    }

    private static CrashCounts compare(ServerProcess asked, List<CrashTally> tallies) throws Exception {
        CrashCounts round = new CrashCounts();
        ExecutorService readers = Executors.newCachedThreadPool();
        try {
            List<Callable<CrashCounts>> tasks = new ArrayList<>();
            tallies.forEach(tally -> tasks.add(() -> tally.compare(asked)));
            for (Future<CrashCounts> one : readers.invokeAll(tasks)) {
                round.add(one.get());
            }
        } finally {
            readers.shutdownNow();
        }
        return round;
    }

    void requireNothingWrong() {
        CrashCounts total = table.total();
        int halfDone =
                total.codes.contains(HALF) ? 0 : total.unlike; // who throws in the middle keeps what it did before
        assertThat(total.wrong() + halfDone).as(total + "\n" + table).isZero();
        assertThat(total.acknowledged).as("acknowledged calls").isGreaterThan(count);
    }
}
