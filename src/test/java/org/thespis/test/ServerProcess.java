package org.thespis.test;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of its own, run as {@code mvn -Prun} runs it, that a test may kill, restart and redeploy to. */
final class ServerProcess implements AutoCloseable {

    private static final Installation OWN =
            new Installation(System.getProperty("arquillian.launch"), Path.of(System.getProperty("own.server.home")));
    private static final Path EAR = Path.of(System.getProperty("ear.file"));
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final long START_SECONDS = 900; // a slow machine is no failure
    private static final long END_SECONDS = 60;
    private static final long COPY_MINUTES = 10;
    private static final int NOT_FOUND = 404;
    private static final int OK = 200;
    private static final int END_OF_PORTS = 32_768;
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(20_000, 30_000));

    /**
     * A server that was unpacked.
     *
     * @param kind wildfly or payara
     */
    record Installation(String kind, Path home) {

        boolean isWildFly() {
            return kind.equals("wildfly");
        }

        /** For one of several: the first is the server of all other tests, the rest are copies of it. */
        static Installation own(int which) {
            return which == 0 ? OWN : OWN.copy(which);
        }

        Installation copy(int which) {
            Path copy = home.resolveSibling(home.getFileName() + "-" + which);
            if (!Files.exists(copy)) {
                Commands.in(home.getParent())
                        .run(COPY_MINUTES, List.of("cp", "-r", home.toString(), copy.toString()))
                        .requireSuccess();
            }
            return new Installation(kind, copy);
        }
    }

    private final Installation installation;
    private final Path log;
    private final int port = freePort();
    private final Path ear;
    private final List<String> database;
    private final Map<String, String> environment;
    private Process runner;

    /** With the EAR as built. */
    ServerProcess(String name) {
        this(name, EAR);
    }

    /** @param name of the log file */
    ServerProcess(String name, Path ear) {
        this(name, OWN, ear, List.of(), Map.of());
    }

    /** With the scripts of {@code server-config/} that are named, with commas between. */
    static ServerProcess configured(String name, Path ear, String scripts) {
        return new ServerProcess(name, OWN, ear, List.of(scripts), Map.of());
    }

    /** With PostgreSQL in place of H2. */
    static ServerProcess onPostgreSql(String name, Path ear, String url) {
        return onPostgreSql(name, OWN, ear, url, Map.of());
    }

    static ServerProcess onPostgreSql(
            String name, Installation installation, Path ear, String url, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(Map.of("THESPIS_DB_URL", url, "THESPIS_DB_USER", "postgres", "THESPIS_DB_PASSWORD", "postgres"));
        return new ServerProcess(
                name,
                installation,
                ear,
                List.of("postgresql", TestEar.postgreSqlDriver().toString()),
                all);
    }

    private ServerProcess(
            String name, Installation installation, Path ear, List<String> database, Map<String, String> environment) {
        this.installation = installation;
        this.database = database;
        this.environment = environment;
        this.ear = ear;
        log = Report.folder("logs").resolve(name + "-" + installation.kind + ".log");
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

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    /** Starts the server and returns when it answers. */
    void start() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Dagain=" + (runner != null),
                "-Dstart.seconds=" + START_SECONDS,
                "server-config/RunServer.java",
                installation.kind,
                installation.home.toString(),
                ear.toString(),
                Integer.toString(port),
                Integer.toString(freePort())));
        command.addAll(database);
        Commands commands = Commands.in(Node.ROOT);
        environment.forEach(commands::env);
        runner = commands.start(log, command);
        await(address(), OK);
    }

    /** Waits until an address answers {@code /metadata} with a status. */
    void await(URI address, int status) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (status(address) != status) {
            if (!runner.isAlive() && status == OK || System.nanoTime() > end) {
                throw new IllegalStateException(address + " did not answer " + status + ":\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static int status(URI address) throws InterruptedException {
        try {
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(address.resolve("/metadata"))
                                    .timeout(REQUEST_TIMEOUT)
                                    .build(),
                            BodyHandlers.discarding());
            return answer.statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The process of the server itself. */
    long pid() {
        return runner.descendants()
                .filter(p -> p.children().findAny().isEmpty())
                .filter(p -> p.info().command().orElse("").endsWith("java"))
                .mapToLong(ProcessHandle::pid)
                .findFirst()
                .orElseThrow();
    }

    /** Deploys the EAR anew, as an administrator does it: by copying the file. */
    void redeploy() throws IOException {
        redeploy(ear);
    }

    /** @param other in place of the one before */
    void redeploy(Path other) throws IOException {
        Path folder = deployments();
        Path copy = Files.copy(other, installation.home.resolve("copy.ear"), StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(copy, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis()));
        Files.move(copy, folder.resolve(ear.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes the EAR away, as an administrator does it: by deleting the file. Returns when it is gone. */
    void undeploy() throws Exception {
        Files.delete(deployments().resolve(ear.getFileName()));
        await(address(), NOT_FOUND);
    }

    /** Where the server writes: its log, and what it keeps of deployments and transactions. */
    List<Path> written() {
        List<String> folders = installation.isWildFly()
                ? List.of("standalone/log", "standalone/data")
                : List.of("glassfish/domains/domain1/logs", "glassfish/domains/domain1/generated");
        return folders.stream().map(installation.home::resolve).toList();
    }

    private Path deployments() {
        return installation.home.resolve(
                installation.isWildFly() ? "standalone/deployments" : "glassfish/domains/domain1/autodeploy");
    }

    /** Sends a signal to the process of the server itself. */
    void signal(String name) throws Exception {
        Commands.in(Node.ROOT)
                .run(1, List.of("kill", "-" + name, Long.toString(pid())))
                .requireSuccess();
    }

    /** Ends the server as an administrator does (SIGTERM). Returns when it has ended. */
    void stop() throws Exception {
        signal("TERM");
        if (!runner.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the server does not end:\n" + Files.readString(log));
        }
    }

    /** Ends the server as a power cut does (SIGKILL). */
    void kill() throws Exception {
        List<ProcessHandle> all = runner.descendants().toList();
        all.forEach(ProcessHandle::destroyForcibly);
        runner.destroyForcibly();
        for (ProcessHandle process : all) {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        }
        runner.waitFor(END_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (runner != null) {
            kill();
        }
    }
}
