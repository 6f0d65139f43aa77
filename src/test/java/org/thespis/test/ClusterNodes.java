package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** Some nodes of one cluster on one PostgreSQL. */
final class ClusterNodes implements AutoCloseable {

    static final int OK = 200;
    static final int NOT_READY = 503;

    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(10);
    private static final String PASSWORD = "of-a-test";
    private static final long PATIENCE_SECONDS = 90;
    private static final String USER = "postgres";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final int port = ServerProcess.freePort();
    private final List<ServerProcess> nodes = new ArrayList<>();
    private EmbeddedPostgres postgres;

    /**
     * Starts them, one after the other.
     *
     * @param detection after which a node that says nothing is taken for dead
     * @param clocks the clocks of those nodes that may jump
     */
    ClusterNodes(int count, String detection, Map<Integer, JumpingClock> clocks) throws Exception {
        data = Files.createTempDirectory("postgres");
        startDatabase();
        Path key = key();
        String url = postgres.getJdbcUrl(USER, USER);
        for (int i = 0; i < count; i++) {
            Map<String, String> environment =
                    clocks.containsKey(i) ? clocks.get(i).environment() : Map.of();
            nodes.add(ServerProcess.ofSeveral("cluster-" + i, i, ear(i, key, detection), url, environment));
        }
    }

    void start() throws Exception {
        for (ServerProcess node : nodes) {
            start(node);
        }
    }

    void start(ServerProcess node) throws Exception {
        node.start();
        await("the node serves", () -> health(node) == OK);
    }

    List<ServerProcess> all() {
        return nodes;
    }

    /** With the port and the state of the one before. */
    void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("idle_in_transaction_session_timeout", "3000") // the locks of who was stopped
                .start();
    }

    void stopDatabase() throws IOException {
        postgres.close();
    }

    EmbeddedPostgres database() {
        return postgres;
    }

    /** The process of the database that all others of it come from. */
    ProcessHandle databaseProcess() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static Path key() throws Exception {
        Path file = Report.folder("cluster").resolve("cluster.p12");
        Files.deleteIfExists(file);
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String options =
                "-genkeypair -alias node -keyalg EC -dname CN=cluster -storetype PKCS12 -storepass " + PASSWORD;
        List<String> command = new ArrayList<>(List.of(keytool));
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-keystore", file.toString()));
        Commands.in(Node.ROOT).run(1, command).requireSuccess();
        return file;
    }

    private static Path ear(int which, Path key, String detection) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("cluster", "test");
        settings.put("cluster-bind-address", LoopbackCut.address(which));
        settings.put("cluster-port", ServerProcess.freePort());
        settings.put("cluster-key-store", key.toString());
        settings.put("cluster-key-store-password", PASSWORD);
        settings.put("cluster-detection-millis", detection);
        settings.put("commit-timeout-millis", "60s"); // a slow machine is no failure
        Path file = Report.folder("cluster-" + which).resolve("thespis.ear");
        TestEar.withFixtures(settings).as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    int health(ServerProcess node) {
        try {
            HttpRequest request = HttpRequest.newBuilder(node.address().resolve("/health"))
                    .timeout(HEALTH_LIMIT)
                    .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void awaitAllServe() throws InterruptedException {
        await("all serve", () -> nodes.stream().allMatch(node -> health(node) == OK));
    }

    /** The answer, whatever it is. */
    String post(ServerProcess node, String key, String action, String arguments) {
        try {
            return ClusterLoad.post(http, node, key, action, arguments);
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static URI socket(ServerProcess node, String key) {
        return URI.create("ws://localhost:" + node.address().getPort()
                + "/gateway/ledger/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key="
                + key);
    }

    /** @param what told of if it never happens */
    static void await(Object what, BooleanSupplier happened) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("waited in vain for: " + what)
                    .isNegative();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Override
    public void close() throws Exception {
        for (ServerProcess node : nodes) {
            node.close();
        }
        postgres.close();
        Commands.in(Node.ROOT).run(1, List.of("rm", "-rf", data.toString()));
    }
}
