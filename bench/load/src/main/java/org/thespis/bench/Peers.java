package org.thespis.bench;

import io.netty.buffer.ByteBuf;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.thespis.bench.Comparison.Contender;

/** Calls and events beside what a user may take instead: Socket.IO and plain {@code ws} on Node. */
final class Peers {

    private static final long START_SECONDS = 30;
    private static final String TEXT = "move 17";
    private static final String TEXT_JSON = "\"" + TEXT + "\"";
    private static final String SAID = "x".repeat(16);
    private static final String SAID_JSON = "\"" + SAID + "\"";
    private static final String EVENT =
            "{\"body\":{\"tag\":\"Event\",\"val\":{\"args\":[" + SAID_JSON + "],\"name\":\"said\"}}}";
    private static final Goal AHEAD = Goal.rate(1);

    private final Stage stage;
    private final Host host;
    private final Host onLoop;
    private final Host ws = new Host("127.0.0.1", Server.freePort());
    private final Host socketIo = new Host("127.0.0.1", Server.freePort());

    /** @param onLoop where messages are handed over by the threads that read them; null if no server does that */
    Peers(Stage stage, Host onLoop) {
        this.stage = stage;
        this.host = stage.host();
        this.onLoop = onLoop;
    }

    /** With the packages loaded. */
    void run(Node node) throws Exception {
        node.start(
                START_SECONDS,
                () -> {
                    new Socket(ws.name(), ws.port()).close();
                    new Socket(socketIo.name(), socketIo.port()).close();
                    return true;
                },
                "node",
                "server.js",
                Integer.toString(ws.port()),
                Integer.toString(socketIo.port()));
        calls("1 connection, 1 in flight", 1, 1);
        calls("1 connection, 64 in flight", 1, 64);
        calls("50 connections, 8 in flight each", 50, 8);
        events(stage.settings().many(100));
        events(stage.settings().many(1_000));
    }

    private void calls(String workload, int connections, int inFlight) throws Exception {
        ByteBuf frame = Frames.text(Frames.jsonCall("echo", TEXT_JSON));
        List<Contender> all = new ArrayList<>();
        all.add(call("Socket.IO", SocketIo.peer(socketIo, "", "echo", TEXT_JSON, true), connections, inFlight, null));
        all.add(call("ws", Peer.plain(ws, "/echo", frame), connections, inFlight, null));
        all.add(call("raw", Peer.rawEcho(host, frame), connections, inFlight, null));
        all.add(call(
                "JSON",
                Peer.json(host, "benchEcho", "peers", "echoMaybeLate", TEXT_JSON),
                connections,
                inFlight,
                AHEAD));
        all.add(call(
                "BARE",
                Peer.bare(host, "benchEcho", i -> "peers", "echoMaybeLate", TEXT),
                connections,
                inFlight,
                AHEAD));
        if (onLoop != null) {
            all.add(call(
                    "JSON, nonBlocking on a loop",
                    Peer.json(onLoop, "benchEcho", "peers", "echo", TEXT_JSON),
                    connections,
                    inFlight,
                    AHEAD));
            all.add(call(
                    "BARE, nonBlocking on a loop",
                    Peer.bare(onLoop, "benchEcho", i -> "peers", "echo", TEXT),
                    connections,
                    inFlight,
                    AHEAD));
        }
        stage.comparison().run(workload, all.toArray(Contender[]::new));
    }

    private Contender call(String name, Peer peer, int connections, int inFlight, Goal goal) throws Exception {
        return new Contender(name, CallProbe.onEach(stage.group(), peer, connections, inFlight), goal);
    }

    private void events(int connections) throws Exception {
        ByteBuf event = Frames.text(EVENT);
        List<Contender> all = new ArrayList<>();
        all.add(room(
                "Socket.IO",
                SocketIo.peer(socketIo, "&listens", "say", SAID_JSON, false),
                SocketIo.peer(socketIo, "", "say", SAID_JSON, false),
                connections,
                null));
        all.add(room("ws", Peer.plain(ws, "/room", event), Peer.plain(ws, "/room?speaker", event), connections, null));
        all.add(room(
                "raw",
                Peer.plain(host, "/bench/room", event),
                Peer.plain(host, "/bench/room?speaker", event),
                connections,
                null));
        String key = "peers" + connections;
        all.add(room("JSON", Peer.json(host, "benchRoom", key, "say", SAID_JSON), connections));
        all.add(room("BARE", Peer.bare(host, "benchRoom", i -> key + "b", "say", SAID), connections));
        if (onLoop != null) {
            String name = ", nonBlocking on a loop";
            all.add(room(
                    "JSON" + name, Peer.json(onLoop, "benchRoom", key + "c", "sayAtOnce", SAID_JSON), connections));
            all.add(room(
                    "BARE" + name, Peer.bare(onLoop, "benchRoom", i -> key + "d", "sayAtOnce", SAID), connections));
        }
        stage.comparison()
                .run(
                        "events of " + SAID.length() + " bytes to " + connections + ", " + Workloads.SOME
                                + " on their way",
                        all.toArray(Contender[]::new));
    }

    private Contender room(String name, Peer peer, int connections) throws Exception {
        return room(name, peer, peer, connections, AHEAD);
    }

    private Contender room(String name, Peer listening, Peer speaking, int connections, Goal goal) throws Exception {
        return new Contender(
                name, new BroadcastProbe(stage.group(), listening, speaking, connections, Workloads.SOME), goal);
    }
}
