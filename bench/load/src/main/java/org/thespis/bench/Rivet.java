package org.thespis.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.thespis.bench.Comparison.Contender;

/** Compares with the real Rivet: the npm package {@code rivetkit} with its engine. */
final class Rivet {

    private static final Host HOST = new Host("127.0.0.1", 6420); // where its engine listens
    private static final long START_SECONDS = 120;
    private static final String TEXT = "\"move 17\"";
    private static final Goal FAR_ABOVE = Goal.rate(50);
    private static final int OK = 200;

    private final Stage stage;

    Rivet(Stage stage) {
        this.stage = stage;
    }

    /** With the packages loaded. */
    void run(Node node) throws Exception {
        node.start(START_SECONDS, Rivet::answers, "node", "--import", "tsx", "server.ts");
        compare("1 connection, 1 in flight", 1, 1);
        compare("1 connection, 16 in flight", 1, 16);
        compare("50 connections, 1 in flight each", 50, 1);
    }

    private void compare(String workload, int connections, int inFlight) throws Exception {
        stage.comparison()
                .run(
                        workload,
                        new Contender("Rivet", probe(HOST, connections, inFlight), null),
                        new Contender("JSON", probe(stage.host(), connections, inFlight), FAR_ABOVE));
    }

    private Probe probe(Host host, int connections, int inFlight) throws Exception {
        return CallProbe.onEach(
                stage.group(), Peer.json(host, "benchEcho", "rivet", "echo", TEXT), connections, inFlight);
    }

    /** Whether an action is answered, which takes a while after the engine has started. */
    private static boolean answers() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://" + HOST.name() + ":" + HOST.port()
                        + "/gateway/benchEcho/action/echo" + Peer.query("rivet"))
                .toURL()
                .openConnection();
        connection.setReadTimeout(30_000);
        connection.setDoOutput(true);
        connection.setRequestProperty("X-Rivet-Encoding", "json");
        connection.setRequestProperty("Content-Type", "application/json");
        connection.getOutputStream().write(("{\"args\":[" + TEXT + "]}").getBytes());
        return connection.getResponseCode() == OK;
    }
}
