package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import org.thespis.bench.Comparison.Contender;

/** Low-level WebSockets of an actor beside the raw endpoints: each message back to who sent it, or to all. */
final class Sockets {

    private static final String CALL = Frames.jsonCall("echo", "\"move 17\""); // the bytes of the other workloads
    private static final Goal NEAR_RAW = new Goal(0.9, 1.3);

    private final Stage stage;
    private final Host host;

    Sockets(Stage stage) {
        this.stage = stage;
        this.host = stage.host();
    }

    void run() throws Exception {
        echo("1 connection, 1 in flight", 1, 1);
        echo("1 connection, 64 in flight", 1, 64);
        echo("50 connections, 8 in flight each", 50, 8);
        for (int connections : new int[] {100, 1_000}) {
            for (int size : new int[] {16, 4_096}) {
                room(stage.settings().many(connections), size);
            }
        }
    }

    private void echo(String workload, int connections, int inFlight) throws Exception {
        ByteBuf frame = Frames.text(CALL);
        stage.comparison()
                .run(
                        "echo, " + workload,
                        new Contender("raw", echo(Peer.rawEcho(host, frame), connections, inFlight), null),
                        new Contender(
                                "low-level", echo(peer("echo", "/echo", frame), connections, inFlight), NEAR_RAW));
    }

    private Probe echo(Peer peer, int connections, int inFlight) throws Exception {
        return CallProbe.onEach(stage.group(), peer, connections, inFlight);
    }

    private void room(int connections, int size) throws Exception {
        ByteBuf frame = Frames.text("x".repeat(size));
        String key = "room" + connections + "-" + size;
        stage.comparison()
                .run(
                        "sent on, " + size + " bytes to " + connections + ", " + Workloads.SOME + " on their way",
                        new Contender(
                                "raw",
                                room(
                                        Peer.plain(host, "/bench/room", frame),
                                        Peer.plain(host, "/bench/room?speaker", frame),
                                        connections),
                                null),
                        new Contender(
                                "low-level",
                                room(peer(key, "/room", frame), peer(key, "/speaker", frame), connections),
                                NEAR_RAW));
    }

    private Probe room(Peer listening, Peer speaking, int connections) throws Exception {
        return new BroadcastProbe(stage.group(), listening, speaking, connections, Workloads.SOME);
    }

    private Peer peer(String key, String path, ByteBuf frame) {
        return Peer.lowLevel(host, "benchSockets", key, path, frame);
    }
}
