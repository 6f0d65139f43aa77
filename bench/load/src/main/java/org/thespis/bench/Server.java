package org.thespis.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A WildFly or Payara in a process of its own, configured as {@code mvn -Prun} does it, but with more memory. */
final class Server implements AutoCloseable {

    private static final String STARTING = "*** Starting";
    private static final String HEAP = "-Xmx4g";
    private static final long START_SECONDS = 240;
    private static final long END_SECONDS = 60;
    private static final long POLL_MILLIS = 5;
    private static final int REQUEST_MILLIS = 5_000;
    private static final int OK = 200;
    private static final int END_OF_PORTS = 32_768;
    private static final List<String> DATA = List.of("standalone/data/thespis", "glassfish/domains/domain1/thespis");
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(20_000, 30_000));

    /** Connection parameters for the actors of the demo. */
    private static final String VISITOR = "{\"name\":\"ann\"}";

    private final String kind;
    private final Path root;
    private final Path home;
    private final Path log;
    private final int port = freePort();
    private Process runner;

    /** @param kind {@code wildfly} or {@code payara} */
    Server(String kind, Path root) throws IOException {
        this(kind, root, unpacked(kind, root), kind);
    }

    private Server(String kind, Path root, Path home, String name) throws IOException {
        this.kind = kind;
        this.root = root;
        this.home = home;
        log = root.resolve("bench/load/target").resolve(name + ".log");
        Path domain = home.resolve("glassfish/domains/domain1/config/domain.xml");
        if (Files.exists(domain)) {
            Files.writeString(domain, Files.readString(domain).replace("-Xmx512m", HEAP));
        }
    }

    private static Path unpacked(String kind, Path root) throws IOException {
        try (var folders = Files.list(root.resolve("bench/load/target/servers"))) {
            return folders.filter(f -> f.getFileName().toString().startsWith(kind))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Another one of that kind beside the first: a copy of it. */
    static Server second(String kind, Path root) throws Exception {
        return new Server(kind, root, copy(kind, root), kind + "-second");
    }

    /** Makes that copy if it is not there; the first must not run. */
    static Path copy(String kind, Path root) throws Exception {
        Path home = root.resolve("bench/load/target/second").resolve(kind);
        if (!Files.exists(home)) {
            Files.createDirectories(home.getParent());
            Process copy = new ProcessBuilder("cp", "-r", unpacked(kind, root).toString(), home.toString())
                    .inheritIO()
                    .start();
            if (copy.waitFor() != 0) {
                throw new IOException(home + " could not be made");
            }
        }
        return home;
    }

    /** A port that nobody has now. None is given twice, and none is of those that systems take for outgoing connections. */
    static int freePort() {
        int port = NEXT_PORT.getAndIncrement();
        while (port < END_OF_PORTS) {
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                port = NEXT_PORT.getAndIncrement();
            }
        }
        throw new IllegalStateException("no free port");
    }

    String kind() {
        return kind;
    }

    Host host() {
        return new Host("localhost", port);
    }

    /** Starts with an EAR from {@link BenchEar#make} and its state in H2; returns when all of it is there. */
    void start(Path ear) throws Exception {
        start(ear, List.of("development"), Map.of());
    }

    /** The same with messages handed over by the threads that read them, but for the raw endpoints. WildFly only. */
    void startOnEventLoop(Path ear) throws Exception {
        start(ear, List.of("development,event-loop,../../bench/server/src/main/config/plain"), Map.of());
    }

    /** Forgets all actors that earlier runs have kept in H2. */
    void forget() throws IOException {
        for (String folder : DATA) {
            Path data = home.resolve(folder);
            if (Files.exists(data)) {
                try (var files = Files.walk(data)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    /** How long the files are in which H2 keeps the actors. */
    long bytesOfH2() throws IOException {
        long bytes = 0;
        for (String folder : DATA) {
            Path data = home.resolve(folder);
            if (Files.exists(data)) {
                try (var files = Files.walk(data)) {
                    bytes += files.mapToLong(file ->
                                    file.toFile().isFile() ? file.toFile().length() : 0)
                            .sum();
                }
            }
        }
        return bytes;
    }

    /**
     * The time that the server needs from the start of its process until a request is answered.
     *
     * @param body of a POST request; null for a GET request
     */
    Duration timeOfStart(Path ear, String path, String body) throws Exception {
        launch(ear, List.of("development"), Map.of());
        while (!Files.readString(log).contains(STARTING)) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        long start = System.nanoTime();
        await(path, body);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** With PostgreSQL in place of H2. */
    void startOnPostgreSql(Path ear, String url) throws Exception {
        Path driver = Path.of(org.postgresql.Driver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        start(
                ear,
                List.of("postgresql", driver.toString()),
                Map.of("THESPIS_DB_URL", url, "THESPIS_DB_USER", "postgres", "THESPIS_DB_PASSWORD", "postgres"));
    }

    private void start(Path ear, List<String> database, Map<String, String> environment) throws Exception {
        launch(ear, database, environment);
        await("/metadata", null);
        await("/bench/index.html", null);
    }

    private void launch(Path ear, List<String> database, Map<String, String> environment) throws IOException {
        Files.deleteIfExists(log);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "server-config/RunServer.java",
                kind,
                home.toString(),
                ear.toString(),
                Integer.toString(port),
                Integer.toString(freePort())));
        command.addAll(database);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_OPTS", HEAP + " -Djava.net.preferIPv4Stack=true");
        runner = builder.start();
    }

    private void await(String path, String body) throws Exception {
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers(path, body)) {
            if (!runner.isAlive() || System.nanoTime() > give) {
                throw new IllegalStateException("the server did not start:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private boolean answers(String path, String body) {
        try {
            HttpURLConnection connection = (HttpURLConnection)
                    URI.create("http://localhost:" + port + path).toURL().openConnection();
            connection.setConnectTimeout(REQUEST_MILLIS);
            connection.setReadTimeout(REQUEST_MILLIS);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("X-Rivet-Conn-Params", VISITOR);
                connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            }
            return connection.getResponseCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** The process of the application server itself: the last of the chain that starts it. */
    long pid() {
        return runner.descendants()
                .filter(process -> process.children().findAny().isEmpty())
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    /** Kills the server. */
    void stop() throws Exception {
        List<ProcessHandle> all = runner.descendants().toList();
        runner.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : all) {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        }
        runner.waitFor();
        runner = null;
    }

    @Override
    public void close() throws Exception {
        if (runner != null) {
            stop();
        }
    }
}
