package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.thespis.bench.Probe.Slice;

/** What actors cost that do nothing: memory, and the time in which they wake up. Then {@link IdleConnections}. */
final class Idle {

    private static final int STORED = 1_000_000;
    private static final int AWAKE = 100_000;
    private static final int HTTP_CONNECTIONS = 16;
    private static final int MAX_ACTOR = 2_048;
    private static final String BODY = "{\"args\":[]}";

    /** A step between the actors that are woken, so that they lie all over the table; it has no divisor in common. */
    private static final int STEP = 7_919;

    private final Stage stage;
    private final Server server;
    private final int stored;
    private final int awake;

    Idle(Stage stage) {
        this.stage = stage;
        this.server = stage.server();
        this.stored = stage.settings().many(STORED);
        this.awake = stage.settings().many(AWAKE);
    }

    /** On a server that runs. */
    void run() throws Exception {
        stage.table().plainHeading(server.kind() + ": " + stored + " stored and " + awake + " awake actors, on H2");
        ByteBuf seed = HttpProbe.post(stage.host(), "/bench/rest/seed?count=" + stored, "");
        try (HttpProbe probe = new HttpProbe(stage.group(), stage.host(), i -> seed, 1)) {
            probe.runEach(1);
        }
        awake();
        new IdleConnections(stage).run();
    }

    private void awake() throws Exception {
        int warm = Math.min(2_000, awake / 2);
        touch(warm, i -> number(awake + i)); // others than those that are measured
        touch(warm, i -> number(awake + i));
        long before = Heap.live(server.pid());
        Slice woken = touch(awake, this::number);
        long after = Heap.live(server.pid());
        Slice again = touch(awake, this::number);
        time("first call of a stored actor: wakes it up", woken);
        time("the same call when it is awake", again);
        bytes("heap for each awake idle actor, its state of 64 bytes included", (after - before) / awake, MAX_ACTOR);
    }

    private int number(int i) {
        return (int) ((long) i * STEP % stored);
    }

    private Slice touch(int count, java.util.function.IntUnaryOperator numbers) throws Exception {
        try (HttpProbe probe =
                new HttpProbe(stage.group(), stage.host(), i -> request(numbers.applyAsInt(i)), HTTP_CONNECTIONS)) {
            return probe.runEach(count);
        }
    }

    private ByteBuf request(int number) {
        return HttpProbe.post(stage.host(), "/gateway/benchIdle/action/touch" + Peer.query("idle" + number), BODY);
    }

    private void time(String name, Slice slice) {
        stage.table()
                .plain(
                        name,
                        String.format(
                                Locale.ROOT,
                                "%,.0f/s with %d in flight, p50 %.2f ms, p99 %.2f ms",
                                slice.perSecond(),
                                HTTP_CONNECTIONS,
                                slice.nanos().getValueAtPercentile(50) / 1e6,
                                slice.nanos().getValueAtPercentile(99) / 1e6),
                        "");
    }

    private void bytes(String name, long bytes, long max) {
        String goal = max == 0 ? "" : "≤ " + max + (bytes <= max ? ": met" : ": **missed**");
        stage.table().plain(name, String.format(Locale.ROOT, "%,d bytes", bytes), goal);
    }
}
