package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;

/** The ways in which a cluster is harmed, each under load. Used by one thread. */
final class ClusterFaults implements AutoCloseable {

    /** Of a node whose disk is filled, and of one whose clock jumps. */
    private static final int DISK = 1;

    private static final int CLOCK = 1;
    private static final int HOUR = 3_600;

    /** One of them. */
    interface Fault {

        /** Harms, and mends unless that is left for {@link #mend}; returns after how many milliseconds each actor answered again. */
        long[] inflict(Scene scene) throws Exception;
    }

    /**
     * What is there.
     *
     * @param asked answers, unless all are harmed
     * @param others may be harmed
     */
    record Scene(ServerProcess asked, List<ServerProcess> others, ClusterLoad load) {}

    private interface Step {
        void run() throws Exception;
    }

    private final Random random;
    private final Map<String, Fault> all = new LinkedHashMap<>();
    private final List<Step> mendings = new ArrayList<>();
    private final FullDisk disk = new FullDisk();
    private final Optional<JumpingClock> clock;
    private ClusterNodes nodes;

    ClusterFaults(Random random) throws IOException {
        this.random = random;
        this.clock = JumpingClock.create(Report.folder("cluster"));
        all.put("kill -9", this::kill);
        all.put("two killed at once", this::killTwo);
        all.put("SIGSTOP, shorter than the detection", this::pause);
        all.put("SIGSTOP, longer than the detection", this::stop);
        all.put("the net cut", this::cut);
        all.put("an orderly leave and join", this::leave);
        all.put("a server stopped by SIGTERM", this::stopServer);
        all.put("the database restarted", this::restartDatabase);
        all.put("the database stopped by SIGSTOP", this::hangDatabase);
        all.put("all tables locked", this::lockTables);
        all.put("the clock of a node an hour off", this::jump);
        all.put("the disk of a node full", this::fillDisk);
    }

    /** The clocks that may jump, by the number of their node. */
    Map<Integer, JumpingClock> clocks() {
        return clock.map(one -> Map.of(CLOCK, one)).orElse(Map.of());
    }

    /**
     * Before the nodes start; forgets what is not possible here.
     *
     * @param small whether a node gets a small disk
     */
    void prepare(ClusterNodes cluster, boolean small) throws IOException {
        nodes = cluster;
        for (Path folder : nodes.all().get(DISK).written()) {
            if (!small || !disk.mount(folder)) {
                all.remove("the disk of a node full");
            }
        }
        if (clock.isEmpty()) {
            all.remove("the clock of a node an hour off");
        }
        if (!LoopbackCut.isPossible()) {
            all.remove("the net cut");
        }
    }

    List<String> possible() {
        return List.copyOf(all.keySet());
    }

    Fault of(String name) {
        return all.get(name);
    }

    /** After it was looked what became of all: whoever is dead comes back. */
    void mend() throws Exception {
        for (Step mending : mendings) {
            mending.run();
        }
        mendings.clear();
        nodes.awaitAllServe();
    }

    private ServerProcess any(Scene scene) {
        return scene.others.get(random.nextInt(scene.others.size()));
    }

    private void sleep(int fromMillis, int toMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(fromMillis + random.nextInt(toMillis - fromMillis));
    }

    private long[] kill(Scene scene) throws Exception {
        ServerProcess killed = any(scene);
        killed.kill();
        mendings.add(() -> nodes.start(killed));
        return scene.load.awaitAllBack();
    }

    /** Where there are no more than two, nobody is left: they are started at once. */
    private long[] killTwo(Scene scene) throws Exception {
        List<ServerProcess> killed = new ArrayList<>(scene.others);
        Collections.shuffle(killed, random);
        boolean someoneIsLeft = killed.size() > 1;
        if (!someoneIsLeft) {
            killed.add(scene.asked);
        }
        List<ServerProcess> two = List.copyOf(killed.subList(0, 2));
        Thread second = new Thread(() -> kill(two.get(1)), "kill");
        second.start();
        kill(two.get(0));
        second.join();
        for (ServerProcess one : two) {
            if (someoneIsLeft) {
                mendings.add(() -> nodes.start(one));
            } else {
                nodes.start(one);
            }
        }
        return scene.load.awaitAllBack();
    }

    private static void kill(ServerProcess node) {
        try {
            node.kill();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long[] pause(Scene scene) throws Exception {
        ServerProcess paused = any(scene);
        paused.signal("STOP");
        sleep(1_000, 4_000);
        paused.signal("CONT");
        return scene.load.awaitAllBack();
    }

    private long[] stop(Scene scene) throws Exception {
        ServerProcess stopped = any(scene);
        stopped.signal("STOP");
        long[] back;
        try {
            back = scene.load.awaitAllBack();
            sleep(0, 5_000);
        } finally {
            stopped.signal("CONT");
        }
        nodes.awaitAllServe();
        return back;
    }

    /** One part serves, all others say that they do not, and come back by themselves. */
    private long[] cut(Scene scene) throws Exception {
        try (LoopbackCut net = new LoopbackCut()) {
            net.cut();
            AtomicReference<List<Integer>> healths = new AtomicReference<>();
            ClusterNodes.await(
                    healths,
                    () -> { // until one part serves
                        healths.set(
                                nodes.all().stream().map(nodes::health).sorted().toList());
                        return healths.get().equals(oneServes());
                    });
            sleep(0, 3_000);
        }
        nodes.awaitAllServe();
        return scene.load.awaitAllBack();
    }

    /** The healths of the nodes then, in order. */
    private List<Integer> oneServes() {
        List<Integer> healths = new ArrayList<>(Collections.nCopies(nodes.all().size() - 1, ClusterNodes.NOT_READY));
        healths.add(0, ClusterNodes.OK);
        return healths;
    }

    private long[] leave(Scene scene) throws Exception {
        ServerProcess leaves = any(scene);
        return inOrder(scene, leaves::undeploy, scene.load::awaitAllBack, leaves::redeploy, nodes::awaitAllServe);
    }

    private long[] stopServer(Scene scene) throws Exception {
        ServerProcess leaves = any(scene);
        return inOrder(scene, leaves::stop, scene.load::awaitAllBack, () -> nodes.start(leaves), nodes::awaitAllServe);
    }

    /** No call fails meanwhile; how long the slowest one of each actor took. */
    private static long[] inOrder(Scene scene, Step... steps) throws Exception {
        int before = scene.load.failed().size();
        for (Step step : steps) {
            step.run();
        }
        long[] slowest = scene.load.slowest();
        scene.load.awaitAnswers(); // also of those that move back
        List<String> failed = scene.load.failed();
        assertThat(failed.subList(before, failed.size())).as("in order").isEmpty();
        return slowest;
    }

    private long[] restartDatabase(Scene scene) throws Exception {
        nodes.stopDatabase();
        sleep(0, 2_000);
        nodes.startDatabase();
        return scene.load.awaitAllBack();
    }

    private long[] hangDatabase(Scene scene) throws Exception {
        ProcessHandle database = nodes.databaseProcess();
        List<Long> processes = LongStream.concat(
                        LongStream.of(database.pid()), database.descendants().mapToLong(ProcessHandle::pid))
                .boxed()
                .toList();
        signal("STOP", processes);
        sleep(1_000, 6_000);
        signal("CONT", processes);
        return scene.load.awaitAllBack();
    }

    /** One that is gone meanwhile needs none. */
    private static void signal(String name, List<Long> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(process.toString()));
        Commands.in(Node.ROOT).run(1, command);
    }

    private long[] lockTables(Scene scene) throws Exception {
        try (Connection connection = nodes.database().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'thespis%'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            assertThat(tables).isNotEmpty();
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + String.join(", ", tables));
            statement.execute("SELECT pg_sleep(" + (1 + random.nextInt(5)) + ")");
            connection.rollback();
        }
        return scene.load.awaitAllBack();
    }

    /** What was planned by a clock happens by that clock, so each is set right while all that was planned can still be looked at. */
    private long[] jump(Scene scene) throws Exception {
        JumpingClock itsClock = clock.orElseThrow();
        boolean ahead = random.nextBoolean();
        itsClock.jump(ahead ? HOUR : -HOUR);
        sleep(3_000, 6_000);
        long[] back = scene.load.awaitAllBack();
        if (ahead) {
            mendings.add(() -> itsClock.jump(0));
        } else {
            itsClock.jump(0);
        }
        return back;
    }

    private long[] fillDisk(Scene scene) throws Exception {
        disk.fill();
        sleep(2_000, 6_000);
        long[] back = scene.load.awaitAllBack();
        mendings.add(disk::free);
        return back;
    }

    @Override
    public void close() {
        disk.close();
    }
}
