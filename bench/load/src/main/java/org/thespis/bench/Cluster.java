package org.thespis.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.thespis.bench.Comparison.Contender;

/**
 * Two nodes on one PostgreSQL: calls of actors of the other node beside calls of actors of the node that is asked, and broadcasts to
 * connections of both beside those to connections of one.
 */
final class Cluster {

    private static final int CONNECTIONS = 1_000;
    private static final int WINDOW = 64;
    private static final int WARM_UP = 8;
    private static final String TEXT = "x".repeat(16);
    private static final String PASSWORD = "of-a-benchmark";
    private static final long JOIN_SECONDS = 60;
    private static final String ECHO = "benchEcho";
    private static final String ROOM = "benchRoom";

    private final Stage stage;
    private final HttpClient http = HttpClient.newHttpClient();

    Cluster(Stage stage) {
        this.stage = stage;
    }

    /** Starts the server itself, and another one. */
    void run() throws Exception {
        Path root = stage.settings().root();
        Server first = stage.server();
        Path key = key(root);
        stage.table().heading(first.kind() + ": two nodes on PostgreSQL");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
                Server second = Server.second(first.kind(), root)) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            first.startOnPostgreSql(ear(root, key, "first"), url);
            second.startOnPostgreSql(ear(root, key, "second"), url);
            awaitBoth(first.host(), second);
            warmUp();
            calls("1 connection, 1 in flight", 1, 1, Goal.median(3));
            calls("1 connection, " + WINDOW + " in flight", 1, WINDOW, Goal.rate(0.5));
            calls(WINDOW + " actors with a connection each, 1 in flight each", WINDOW, 1, Goal.rate(0.5));
            broadcasts(stage.settings().many(CONNECTIONS), second.host());
        } finally {
            first.stop();
        }
    }

    private static Path key(Path root) throws Exception {
        Path file = root.resolve("bench/load/target/cluster.p12");
        Files.deleteIfExists(file);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options =
                "-genkeypair -alias node -keyalg EC -dname CN=cluster -storetype PKCS12 -storepass " + PASSWORD;
        List<String> command = new ArrayList<>(List.of(keytool));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-keystore", file.toString()));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(file + " could not be made");
        }
        return file;
    }

    private static Path ear(Path root, Path key, String name) throws IOException {
        Map<String, String> settings = new HashMap<>(Bench.LONG_AWAKE);
        settings.put("cluster", "bench");
        settings.put("cluster-port", Integer.toString(Server.freePort()));
        settings.put("cluster-key-store", key.toString());
        settings.put("cluster-key-store-password", PASSWORD);
        return BenchEar.make(root, settings, name);
    }

    private void awaitBoth(Host asked, Server second) throws Exception {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
        for (int i = 0; process(asked, ECHO, "join" + i) != second.pid(); i++) {
            if (System.nanoTime() > give) {
                throw new IllegalStateException("no actor came to live on the second node");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Where an actor lives; 0 for one that is about to move. */
    private long process(Host asked, String actor, String key) throws Exception {
        URI address = URI.create("http://" + asked.name() + ":" + asked.port() + "/gateway/" + actor + "/action/process"
                + Peer.query(key));
        HttpRequest request = HttpRequest.newBuilder(address)
                .POST(BodyPublishers.ofString("{\"args\":[]}"))
                .build();
        String answer = http.send(request, BodyHandlers.ofString()).body();
        return answer.startsWith("{\"output\":") ? Long.parseLong(answer.replaceAll("\\D", "")) : 0;
    }

    /** Keys of actors that live on the node that is asked, or on the other one. */
    private List<String> keys(String actor, String prefix, boolean here, int count) throws Exception {
        List<String> keys = new ArrayList<>();
        long process = stage.server().pid();
        for (int i = 0; keys.size() < count; i++) {
            String key = prefix + i;
            if (process(stage.host(), actor, key) == process == here) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** What two servers do for a call of both is compiled only after half a minute of it: calls took four times as long until then. */
    private void warmUp() throws Exception {
        try (Probe here = calls(true, WARM_UP, WARM_UP);
                Probe there = calls(false, WARM_UP, WARM_UP)) {
            for (int i = 0; i < WARM_UP; i++) {
                here.run(stage.settings().warmUp());
                there.run(stage.settings().warmUp());
            }
        }
    }

    private void calls(String workload, int connections, int inFlight, Goal goal) throws Exception {
        stage.comparison()
                .run(
                        workload,
                        new Contender("the actor lives there", calls(true, connections, inFlight), null),
                        new Contender("it lives on the other node", calls(false, connections, inFlight), goal));
    }

    private Probe calls(boolean here, int connections, int inFlight) throws Exception {
        List<String> keys = keys(ECHO, "calls", here, connections);
        Peer peer = Peer.json(stage.host(), ECHO, keys::get, "echo", "\"" + TEXT + "\"");
        return CallProbe.onEach(stage.group(), peer, connections, inFlight);
    }

    private void broadcasts(int connections, Host other) throws Exception {
        List<String> rooms = keys(ROOM, "room", true, 2);
        Peer one = room(stage.host(), rooms.get(0));
        Peer here = room(stage.host(), rooms.get(1));
        Peer there = room(other, rooms.get(1));
        Peer both = new Peer(
                i -> (i % 2 == 0 ? here : there).address().apply(i),
                here.call(),
                here.subscription(),
                true,
                here.answer());
        int few = Workloads.FEW;
        stage.comparison()
                .run(
                        "broadcast of " + TEXT.length() + " bytes to " + connections + ", " + few + " on their way",
                        new Contender(
                                "all at the node of the room",
                                new BroadcastProbe(stage.group(), one, one, connections, few),
                                null),
                        new Contender(
                                "half of them at the other node",
                                new BroadcastProbe(stage.group(), both, here, connections, few),
                                Goal.rate(0.8)));
    }

    private static Peer room(Host host, String key) {
        return Peer.json(host, ROOM, key, "say", "\"" + TEXT + "\"");
    }
}
