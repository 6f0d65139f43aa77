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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.thespis.test.ServerProcess.Installation;

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
    private final Path key;
    private final String detection;
    private final List<ServerProcess> nodes = new ArrayList<>();
    private final List<Map<String, Object>> settings = new ArrayList<>(); // of each node
    private final Map<ServerProcess, CompletableFuture<Void>> starting = new HashMap<>();
    private EmbeddedPostgres postgres;

    /**
     * With a database that runs, and no nodes yet.
     *
     * @param detection after which a node that says nothing is taken for dead
     */
    ClusterNodes(String detection) throws Exception {
        this.detection = detection;
        data = Files.createTempDirectory("postgres");
        startDatabase();
        key = key();
    }

    /** One more, which does not run yet. */
    void add(Installation installation, Map<String, String> environment, EnterpriseArchive release) {
        int which = nodes.size();
        settings.add(settings(which));
        String url = postgres.getJdbcUrl(USER, USER);
        nodes.add(ServerProcess.onPostgreSql(
                "cluster-" + which, installation, ear(which, release, "first"), url, environment));
    }

    /** What is deployed to a node, of another release. */
    Path ear(int which, EnterpriseArchive release, String name) {
        Path folder = Report.folder("cluster-" + which).resolve(name);
        folder.toFile().mkdirs();
        Path file = folder.resolve("thespis.ear");
        TestEar.withFixtures(release, settings.get(which)).as(ZipExporter.class).exportTo(file.toFile(), true);
        return file;
    }

    /** One after the other: each has the machine for itself. */
    void start() throws Exception {
        for (ServerProcess node : nodes) {
            startLater(node);
            awaitAllStarted();
        }
        awaitAllServe();
    }

    /** Until then it is none of those that {@link #serve}. */
    void startLater(ServerProcess node) {
        CompletableFuture<Void> started = new CompletableFuture<>();
        starting.put(node, started);
        Thread thread = new Thread(() -> start(node, started), "start");
        thread.setDaemon(true);
        thread.start();
    }

    private void start(ServerProcess node, CompletableFuture<Void> started) {
        try {
            node.start();
            await("the node serves", () -> health(node) == OK);
            started.complete(null);
        } catch (Exception | AssertionError e) {
            started.completeExceptionally(e);
        }
    }

    /** Those that are not on their way. */
    List<ServerProcess> serve() {
        starting.values().removeIf(started -> {
            if (started.isDone()) {
                started.join();
            }
            return started.isDone();
        });
        return nodes.stream().filter(node -> !starting.containsKey(node)).toList();
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

    private Map<String, Object> settings(int which) {
        return Map.of(
                "cluster",
                "test",
                "cluster-bind-address",
                LoopbackCut.address(which),
                "cluster-port",
                ServerProcess.freePort(),
                "cluster-key-store",
                key.toString(),
                "cluster-key-store-password",
                PASSWORD,
                "cluster-detection-millis",
                detection,
                "commit-timeout-millis",
                "25s"); // a slow machine is no failure, and a call that takes a minute hangs
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

    private void awaitAllStarted() {
        starting.values().forEach(CompletableFuture::join);
        starting.clear();
    }

    void awaitAllServe() throws InterruptedException {
        awaitAllStarted();
        await("all serve", () -> nodes.stream().allMatch(node -> health(node) == OK));
    }

    /** The answer, whatever it is. */
    String post(ServerProcess node, String key, String action, String arguments) {
        try {
            return new LedgerReader(http, node, "ledger").post(key, action, arguments);
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static URI socket(ServerProcess node, String key) {
        return LedgerReader.address(node, "ws", "ledger", key, "connect");
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
