package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import org.thespis.bench.Comparison.Contender;

/** Calls, broadcasts and HTTP, each beside a raw endpoint of the same server. */
final class Workloads {

    private static final String TEXT = "move 17";
    private static final String TEXT_JSON = "\"" + TEXT + "\"";
    private static final String MOVE_JSON = "{\"x\":1,\"y\":7,\"piece\":\"rook\"}";
    private static final int SMALL = 16;
    private static final int LARGE = 4_096;
    static final int FEW = 4; // broadcasts on their way
    static final int SOME = 20; // likewise
    private static final int WINDOW = 64;
    private static final int CONNECTIONS = 50;
    private static final int WINDOW_EACH = 4;
    private static final int ACTORS = 10_000;

    /** Together with the actors' own they stay below 20,000 open files, a usual limit of a process. */
    private static final int RAW_CONNECTIONS = 8_000;

    private static final int HTTP_CONNECTIONS = 16;
    private static final Goal NEAR_RAW = new Goal(0.9, 1.3);
    private static final Goal ABOVE_RAW = new Goal(1, 1.3);

    private final Stage stage;
    private final Host host;

    Workloads(Stage stage) {
        this.stage = stage;
        this.host = stage.host();
    }

    void all() throws Exception {
        if (stage.settings().wants("calls")) {
            calls("1 connection, 1 in flight", 1, 1);
            calls("1 connection, " + WINDOW + " in flight", 1, WINDOW);
            calls(CONNECTIONS + " connections, " + WINDOW_EACH + " in flight each", CONNECTIONS, WINDOW_EACH);
        }
        if (stage.settings().wants("broadcasts")) {
            for (int connections : new int[] {100, 1_000, 5_000}) {
                broadcasts(stage.settings().many(connections), SMALL, FEW);
                broadcasts(stage.settings().many(connections), LARGE, FEW);
            }
        }
        if (stage.settings().wants("bursts")) {
            bursts();
        }
        if (stage.settings().wants("sockets")) {
            new Sockets(stage).run();
        }
        if (stage.settings().wants("actors")) {
            actors(stage.settings().many(ACTORS), stage.settings().many(RAW_CONNECTIONS));
        }
        if (stage.settings().wants("http")) {
            http();
        }
    }

    /** Calls of actions that do not block, and of others; and broadcasts. */
    void onEventLoop() throws Exception {
        loopCalls("1 connection, 1 in flight", 1, 1, Goal.rate(1.5));
        loopCalls("1 connection, " + WINDOW + " in flight", 1, WINDOW, Goal.rate(1.6));
        loopCalls(CONNECTIONS + " connections, 8 in flight each", CONNECTIONS, 8, Goal.rate(1.6));
        broadcasts(stage.settings().many(100), SMALL, SOME);
        broadcasts(stage.settings().many(1_000), SMALL, SOME);
    }

    private void loopCalls(String workload, int connections, int inFlight, Goal goal) throws Exception {
        Peer raw = Peer.rawEcho(host, Frames.text(Frames.jsonCall("echo", TEXT_JSON)));
        Peer json = Peer.json(host, "benchEcho", "calls", "echo", TEXT_JSON);
        Peer bare = Peer.bare(host, "benchEcho", i -> "calls", "echo", TEXT);
        Peer blocking = Peer.json(host, "benchEcho", "calls", "echoMaybeLate", TEXT_JSON);
        stage.comparison()
                .run(
                        workload,
                        new Contender("raw", on(raw, connections, inFlight), null),
                        new Contender("JSON, nonBlocking", on(json, connections, inFlight), goal),
                        new Contender("BARE, nonBlocking", on(bare, connections, inFlight), goal),
                        new Contender("JSON, may block", on(blocking, connections, inFlight), null));
    }

    private void calls(String workload, int connections, int inFlight) throws Exception {
        Peer raw = Peer.rawEcho(host, Frames.text(Frames.jsonCall("echo", TEXT_JSON)));
        Peer rawBinary = Peer.rawEcho(host, Frames.binary(Frames.bareCall("echo", TEXT)));
        Peer json = Peer.json(host, "benchEcho", "calls", "echo", TEXT_JSON);
        Peer bound = Peer.json(host, "benchEcho", "calls", "move", MOVE_JSON);
        Peer bare = Peer.bare(host, "benchEcho", i -> "calls", "echo", TEXT);
        stage.comparison()
                .run(
                        workload,
                        new Contender("raw", on(raw, connections, inFlight), null),
                        new Contender("JSON", on(json, connections, inFlight), NEAR_RAW),
                        new Contender("JSON, a record bound", on(bound, connections, inFlight), null),
                        new Contender("BARE", on(bare, connections, inFlight), ABOVE_RAW),
                        new Contender("raw, the bytes of BARE", on(rawBinary, connections, inFlight), null));
    }

    private Probe on(Peer peer, int connections, int inFlight) throws Exception {
        return CallProbe.onEach(stage.group(), peer, connections, inFlight);
    }

    private void bursts() throws Exception {
        if (stage.settings().brief()) {
            broadcasts(FEW, SMALL, SOME);
            return;
        }
        for (int connections : new int[] {100, 1_000}) {
            for (int size : new int[] {SMALL, LARGE}) {
                for (int onTheirWay : new int[] {1, SOME, 200}) {
                    broadcasts(connections, size, onTheirWay);
                }
            }
        }
    }

    private void broadcasts(int connections, int size, int onTheirWay) throws Exception {
        String text = "x".repeat(size);
        boolean payara = stage.server().kind().equals("payara");
        String event = "{\"body\":{\"tag\":\"Event\",\"val\":{\"args\":[\"" + text + "\"],\"name\":\"said\"}}}";
        String key = "room" + connections + "-" + size + "-" + onTheirWay;
        stage.comparison()
                .run(
                        "broadcast of " + size + " bytes to " + connections + ", " + onTheirWay + " on their way",
                        new Contender("raw", rawRoom(Frames.text(event), connections, onTheirWay), null),
                        new Contender(
                                "JSON",
                                room(
                                        Peer.json(host, "benchRoom", key, "say", "\"" + text + "\""),
                                        connections,
                                        onTheirWay),
                                payara ? Goal.rate(3) : NEAR_RAW),
                        new Contender(
                                "BARE",
                                room(
                                        Peer.bare(host, "benchRoom", i -> key + "b", "say", text),
                                        connections,
                                        onTheirWay),
                                payara ? Goal.rate(3) : ABOVE_RAW));
    }

    private Probe rawRoom(ByteBuf frame, int connections, int onTheirWay) throws Exception {
        return new BroadcastProbe(
                stage.group(),
                Peer.plain(host, "/bench/room", frame),
                Peer.plain(host, "/bench/room?speaker", frame),
                connections,
                onTheirWay);
    }

    private Probe room(Peer peer, int connections, int onTheirWay) throws Exception {
        return new BroadcastProbe(stage.group(), peer, peer, connections, onTheirWay);
    }

    private void actors(int count, int rawCount) throws Exception {
        Peer raw = Peer.rawEcho(host, Frames.text(Frames.jsonCall("echo", TEXT_JSON)));
        Peer json = Peer.json(host, "benchEcho", i -> "actor" + i, "echo", TEXT_JSON);
        stage.comparison()
                .run(
                        count + " actors with a connection each, " + WINDOW + " in flight by chance",
                        new Contender(
                                "raw, " + rawCount + " connections",
                                CallProbe.randomly(stage.group(), raw, rawCount, WINDOW),
                                null),
                        new Contender("JSON", CallProbe.randomly(stage.group(), json, count, WINDOW), null));
    }

    private void http() throws Exception {
        String body = "{\"args\":[" + TEXT_JSON + "]}";
        stage.comparison()
                .run(
                        "HTTP, " + HTTP_CONNECTIONS + " connections",
                        new Contender("JAX-RS", http("/bench/rest/echo", body), null),
                        new Contender("JSON", http("/gateway/benchEcho/action/echo" + Peer.query("http"), body), null));
    }

    private Probe http(String path, String body) throws Exception {
        ByteBuf request = HttpProbe.post(host, path, body);
        return new HttpProbe(stage.group(), host, i -> request, HTTP_CONNECTIONS);
    }
}
