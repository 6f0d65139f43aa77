package org.thespis.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.thespis.bench.Comparison.Contender;

/** Compares with the real Rivet: the npm package {@code rivetkit} with its engine, if Node is there. */
final class Rivet {

    private static final Host HOST = new Host("127.0.0.1", 6420); // where its engine listens
    private static final long START_SECONDS = 120;
    private static final String TEXT = "\"move 17\"";
    private static final Goal FAR_ABOVE = Goal.rate(50);
    private static final int OK = 200;

    private final Stage stage;
    private final Path folder;

    Rivet(Stage stage) {
        this.stage = stage;
        this.folder = stage.settings().root().resolve("bench/rivet");
    }

    static boolean isPossible() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void run() throws Exception {
        if (!Files.exists(folder.resolve("node_modules"))) {
            command("npm", "install", "--no-package-lock", "--no-audit", "--no-fund")
                    .waitFor();
        }
        Process process = command("node", "--import", "tsx", "server.ts");
        try {
            await(process);
            compare("1 connection, 1 in flight", 1, 1);
            compare("1 connection, 16 in flight", 1, 16);
            compare("50 connections, 1 in flight each", 50, 1);
        } finally {
            List<ProcessHandle> all = process.descendants().toList();
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
        }
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

    private Process command(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(stage.settings()
                        .root()
                        .resolve("bench/load/target/rivet.log")
                        .toFile())
                .start();
    }

    /** Until an action is answered, which takes a while after the engine has started. */
    private void await(Process process) throws Exception {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > give) {
                throw new IllegalStateException("Rivet did not start, see bench/load/target/rivet.log");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private static boolean answers() {
        try {
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
        } catch (IOException e) {
            return false;
        }
    }
}
