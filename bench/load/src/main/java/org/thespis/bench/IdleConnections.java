package org.thespis.bench;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What connections cost that say nothing but answers to pings: memory, and the time of calls beside them. */
final class IdleConnections {

    private static final int WANTED = 50_000;

    /** Files that a server has open besides connections, and more; a usual limit of a process is 20,000 or more. */
    private static final int OTHER_FILES = 2_000;

    private static final int MAX_BYTES = 9_216;
    private static final double MAX_P99 = 1.3;
    private static final int CALLING = 16;
    private static final int PINGED_SECONDS = 30; // in which each has had a ping, after 25 seconds
    private static final int ROUNDS = 3; // times the usual, so that a measurement has pings in it
    private static final double TAIL = 99;

    private final Stage stage;
    private final Server server;
    private final int count;

    IdleConnections(Stage stage) {
        this.stage = stage;
        this.server = stage.server();
        this.count = stage.settings().many(possible());
    }

    /** As many as are wanted, or as a process may have files open. */
    private static int possible() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(WANTED, system.getMaxFileDescriptorCount() - OTHER_FILES)
                : WANTED;
    }

    /** On a server that runs. */
    void run() throws Exception {
        memory();
        calls();
    }

    private void memory() throws Exception {
        long raw = heapOf(Peer.rawEcho(stage.host(), Frames.text("")));
        long likeOurs = heapOf(Peer.rawSaidAsMuch(stage.host(), "idle"));
        long ours = heapOf(idle());
        String name = "heap for each idle connection of " + String.format(Locale.ROOT, "%,d", count);
        bytes(name + ", raw", raw, 0);
        bytes(name + " to one actor", ours, MAX_BYTES);
        bytes(name + ", raw, of a client that says as much when it connects", likeOurs, 0);
        bytes("heap for each idle connection over raw", ours - raw, 0);
    }

    private Peer idle() {
        return Peer.json(stage.host(), "benchEcho", "idle", "echo", "");
    }

    private long heapOf(Peer peer) throws Exception {
        Lines.close(open(peer, count / 10)); // what the server makes once and keeps
        long before = Heap.live(server.pid());
        List<Line> lines = open(peer, count);
        if (!stage.settings().brief()) {
            TimeUnit.SECONDS.sleep(PINGED_SECONDS);
        }
        long after = Heap.live(server.pid());
        Lines.close(lines);
        return (after - before) / count;
    }

    private List<Line> open(Peer peer, int number) throws Exception {
        return Lines.open(stage.group(), peer.fromManyAddresses(), number);
    }

    /** Beside none, beside all, beside none: a machine that gets slower or faster favours none. */
    private void calls() throws Exception {
        Peer peer = Peer.json(stage.host(), "benchEcho", "beside", "echo", "\"move 17\"");
        try (Probe probe = CallProbe.onEach(stage.group(), peer, CALLING, 1)) {
            probe.run(stage.settings().warmUp());
            List<Double> alone = new ArrayList<>();
            alone.add(p99(probe));
            List<Line> lines = open(idle(), count);
            double beside = p99(probe);
            Lines.close(lines);
            alone.add(p99(probe));
            double mean =
                    alone.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            String name = "p99 of calls on " + CALLING + " connections, 1 in flight each, beside ";
            stage.table().plain(name + "none", millis(mean), "");
            stage.table()
                    .plain(
                            name + "these",
                            millis(beside),
                            String.format(Locale.ROOT, "≤ %.1f times, is %.2f", MAX_P99, beside / mean)
                                    + (beside <= MAX_P99 * mean ? ": met" : ": **missed**"));
        }
    }

    private double p99(Probe probe) throws Exception {
        Histogram all = Probe.histogram();
        for (int round = 0; round < ROUNDS * stage.settings().rounds(); round++) {
            all.add(probe.run(stage.settings().slice()).nanos());
        }
        return all.getValueAtPercentile(TAIL) / 1e6;
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    private void bytes(String name, long bytes, long max) {
        String goal = max == 0 ? "" : "≤ " + max + (bytes <= max ? ": met" : ": **missed**");
        stage.table().plain(name, String.format(Locale.ROOT, "%,d bytes", bytes), goal);
    }
}
