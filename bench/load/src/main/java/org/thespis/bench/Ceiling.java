package org.thespis.bench;

import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.thespis.bench.Comparison.Contender;

/** Measures the load generator itself. */
final class Ceiling {

    private static final String MESSAGE = Frames.jsonCall("echo", "\"move 17\"");
    private static final int LISTENERS = 1_000;
    private static final int WINDOW = 64;

    private final Settings settings;
    private final EventLoopGroup group;
    private final Comparison comparison;
    private final Host host = new Host("localhost", Server.freePort());

    Ceiling(Settings settings, EventLoopGroup group, Table table) {
        this.settings = settings;
        this.group = group;
        this.comparison = new Comparison(settings, table);
    }

    void run() throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CeilingServer.class.getName(),
                        Integer.toString(host.port()))
                .inheritIO()
                .start();
        try {
            awaitPort();
            Peer echo = Peer.rawEcho(host, Frames.text(MESSAGE));
            calls("1 connection, 1 in flight", echo, 1, 1);
            calls("1 connection, " + WINDOW + " in flight", echo, 1, WINDOW);
            calls("50 connections, 4 in flight each", echo, 50, 4);
            int listeners = settings.many(LISTENERS);
            comparison.run(
                    "broadcast to " + listeners,
                    new Contender(
                            "ceiling",
                            new BroadcastProbe(
                                    group, room("/bench/room"), room("/bench/room?speaker"), listeners, Workloads.FEW),
                            null));
        } finally {
            server.destroyForcibly().waitFor();
        }
    }

    private void calls(String workload, Peer peer, int connections, int inFlight) throws Exception {
        comparison.run(workload, new Contender("ceiling", CallProbe.onEach(group, peer, connections, inFlight), null));
    }

    private Peer room(String path) {
        return new Peer(
                i -> new Line.Address(host.name(), host.port(), path, null),
                Frames.text(MESSAGE),
                null,
                false,
                Peer.Mark.ANY);
    }

    private void awaitPort() throws Exception {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (System.nanoTime() < give) {
            try (java.net.Socket socket = new java.net.Socket(host.name(), host.port())) {
                return;
            } catch (java.io.IOException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new IllegalStateException("the ceiling server did not start");
    }
}
