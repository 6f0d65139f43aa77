package org.thespis.test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

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

    private static final String KILL = "kill -9";
    private static final String TWO = "two killed at once";
    private static final String PAUSE = "SIGSTOP, shorter than the detection";
    private static final String STOP = "SIGSTOP, longer than the detection";
    private static final String MUTE = "clients that read nothing";
    private static final String LEAVE = "an orderly leave and join";
    private static final String TERM = "a server stopped by SIGTERM";
    private static final String CUT = "the net cut";
    private static final String RESTART = "the database restarted";
    static final String CLOCK_OFF = "the clock of a node an hour off";
    private static final String DISK_FULL = "the disk of a node full";

    /** What is done in the brief form, as the next. */
    static final List<String> BRIEF = List.of(LEAVE, KILL);

    /** What is done in the short form; the last one leaves a node dead. */
    static final List<String> SOME = List.of(LEAVE, TERM, RESTART, PAUSE, CUT, KILL);

    /** What is done to one node. */
    static final List<String> OF_ONE = List.of(KILL, LEAVE, PAUSE, STOP);

    /** What may happen while a node starts; it needs its database for that, and others that let it in. */
    static final List<String> WHILE_STARTING = List.of(PAUSE, MUTE, KILL);

    private final Random random;
    private final ClusterNodes nodes;
    private final Map<String, Fault> all = new LinkedHashMap<>();
    private final List<String> deck = new ArrayList<>();
    private final List<Step> mendings = new ArrayList<>();
    private final List<String> failedInLeaves = new ArrayList<>();
    private final FullDisk disk = new FullDisk();
    private final Optional<JumpingClock> clock;

    ClusterFaults(Random random, ClusterNodes nodes) throws IOException {
        this.random = random;
        this.nodes = nodes;
        this.clock = JumpingClock.create(Report.folder("cluster"));
        DatabaseFaults database = new DatabaseFaults(random, nodes);
        add(2, KILL, this::kill);
        add(1, TWO, this::killTwo);
        add(4, PAUSE, this::pause);
        add(1, STOP, this::stop);
        add(1, CUT, this::cut);
        add(1, LEAVE, this::leave);
        add(1, TERM, this::stopServer);
        add(3, RESTART, database::restart);
        add(4, "the database stopped by SIGSTOP", database::hang);
        add(4, "the database slow", database::slow);
        add(4, "all tables locked", database::lock);
        add(4, CLOCK_OFF, this::jump);
        add(2, DISK_FULL, this::fillDisk);
        add(4, MUTE, this::mute);
    }

    /** @param often how often it comes while each comes at least once: those that are over soon, more often */
    private void add(int often, String name, Fault fault) {
        all.put(name, fault);
        deck.addAll(Collections.nCopies(often, name));
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
    void prepare(boolean small) throws IOException {
        for (Path folder : nodes.all().get(DISK).written()) {
            if (!small || !disk.mount(folder)) {
                forget(DISK_FULL);
            }
        }
        if (nodes.all().size() < 3) { // who is asked would be one of them
            forget(TWO);
        }
        if (clock.isEmpty()) {
            forget(CLOCK_OFF);
        }
        if (!LoopbackCut.isPossible()) {
            forget(CUT);
        }
    }

    private void forget(String name) {
        all.remove(name);
        deck.removeIf(name::equals);
    }

    /** Those that are possible here, some of them more than once. */
    List<String> deck() {
        return List.copyOf(deck);
    }

    Fault of(String name) {
        return all.get(name);
    }

    /** After it was looked what became of all: whoever is dead is on its way back. */
    void mend() throws Exception {
        for (Step mending : mendings) {
            mending.run();
        }
        mendings.clear();
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
        scene.load.harmed();
        mendings.add(() -> nodes.startLater(killed));
        return scene.load.awaitAllBack();
    }

    private long[] killTwo(Scene scene) throws Exception {
        List<ServerProcess> killed = new ArrayList<>(scene.others);
        Collections.shuffle(killed, random);
        ServerProcess one = killed.get(0);
        ServerProcess other = killed.get(1);
        Thread second = new Thread(() -> kill(other), "kill");
        second.start();
        kill(one);
        second.join();
        scene.load.harmed();
        mendings.add(() -> nodes.startLater(one));
        mendings.add(() -> nodes.startLater(other));
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
        scene.load.harmed();
        sleep(300, 4_000);
        paused.signal("CONT");
        return scene.load.awaitAllBack();
    }

    private long[] stop(Scene scene) throws Exception {
        ServerProcess stopped = any(scene);
        stopped.signal("STOP");
        scene.load.harmed();
        long[] back;
        try {
            back = scene.load.awaitAllBack();
            sleep(0, 3_000);
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
            scene.load.harmed();
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
        return inOrder(
                scene, leaves::stop, scene.load::awaitAllBack, () -> nodes.startLater(leaves), nodes::awaitAllServe);
    }

    /** No call fails meanwhile; how long the slowest one of each actor took. */
    private long[] inOrder(Scene scene, Step... steps) throws Exception {
        for (Step step : steps) {
            step.run();
        }
        long[] slowest = scene.load.slowest();
        scene.load.awaitAnswers(); // also of those that move back
        failedInLeaves.addAll(scene.load.failed());
        return slowest;
    }

    /** Answers of calls that failed as a node left in order; there should be none. */
    List<String> failedInLeaves() {
        return List.copyOf(failedInLeaves);
    }

    /** What was planned by a clock happens by that clock, so each is set right while all that was planned can still be looked at. */
    private long[] jump(Scene scene) throws Exception {
        JumpingClock itsClock = clock.orElseThrow();
        boolean ahead = random.nextBoolean();
        itsClock.jump(ahead ? HOUR : -HOUR);
        sleep(1_500, 3_000); // it learns of it after a second
        long[] back = scene.load.awaitAllBack();
        if (ahead) {
            mendings.add(() -> setRight(itsClock));
        } else {
            setRight(itsClock);
        }
        return back;
    }

    /** What others plan by it next is right, too. */
    private void setRight(JumpingClock itsClock) throws Exception {
        itsClock.jump(0);
        sleep(1_500, 1_600); // likewise
    }

    /** At the node that is asked, while another one is killed or stopped, or none is. */
    private long[] mute(Scene scene) throws Exception {
        try (MuteClients clients = new MuteClients(scene.asked)) {
            sleep(500, 1_500);
            scene.load.mark();
            int what = random.nextInt(4);
            return what == 0 ? kill(scene) : what == 1 ? pause(scene) : scene.load.awaitAllBack();
        }
    }

    private long[] fillDisk(Scene scene) throws Exception {
        disk.fill();
        scene.load.harmed();
        sleep(1_000, 3_000);
        long[] back = scene.load.awaitAllBack();
        mendings.add(disk::free);
        return back;
    }

    @Override
    public void close() {
        disk.close();
    }
}
