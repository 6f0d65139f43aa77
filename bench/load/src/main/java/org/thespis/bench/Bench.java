package org.thespis.bench;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The whole benchmark: {@code Bench ROOT [brief] [wildfly] [payara] [WORKLOAD...]}. Prints a table and writes it to
 * {@code target/reports/bench.md}.
 */
public final class Bench {

    /** Workloads that start the server themselves. */
    private static final Set<String> STARTED_ANEW = Set.of("eventloop", "growth", "cluster", "idle", "start");

    private static final List<String> SERVERS = List.of("wildfly", "payara");
    static final Map<String, String> LONG_AWAKE = Map.of("sleep-timeout-millis", "36000000");

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        run(settings(arguments));
        System.exit(0); // a library may have left a thread
    }

    private static Settings settings(String[] arguments) {
        List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
        List<String> servers = words.stream().filter(SERVERS::contains).toList();
        Set<String> only = words.stream()
                .filter(word -> !SERVERS.contains(word) && !word.equals("brief"))
                .collect(Collectors.toSet());
        Path root = Path.of(arguments[0]);
        return words.contains("brief")
                ? Settings.brief(root, servers.isEmpty() ? SERVERS : servers, only)
                : Settings.full(root, servers.isEmpty() ? SERVERS : servers, only);
    }

    /** Measures and returns the table. */
    static List<String> run(Settings settings) throws Exception {
        Table table = new Table();
        EventLoopGroup group = new NioEventLoopGroup(1);
        try {
            ceiling(settings, group, table);
            for (String kind : settings.servers()) {
                measure(settings, group, table, kind);
            }
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
        Path report = settings.root().resolve("target/reports/bench.md");
        Files.createDirectories(report.getParent());
        Files.write(report, table.lines());
        return table.lines();
    }

    private static void measure(Settings settings, EventLoopGroup group, Table table, String kind) throws Exception {
        try (Server server = new Server(kind, settings.root())) {
            Stage stage = new Stage(server, group, settings, table);
            Path ear = BenchEar.make(settings.root(), LONG_AWAKE, "bench");
            server.forget();
            if (!STARTED_ANEW.containsAll(settings.only()) || settings.only().isEmpty()) {
                onOne(stage, ear);
            }
            if (settings.wants("eventloop") && kind.equals("wildfly")) {
                eventLoop(stage);
            }
            if (settings.wants("growth")) {
                growth(stage, ear);
            }
            if (settings.wants("durability")) {
                postgreSql(stage, ear);
            }
            if (settings.wants("cluster")) {
                new Cluster(stage).run();
            }
            if (settings.wants("idle")) {
                new Idle(stage).run();
            }
            if (settings.wants("start")) {
                new Starts(stage).run();
            }
        }
    }

    /** All that is measured on the server with H2. */
    private static void onOne(Stage stage, Path ear) throws Exception {
        Settings settings = stage.settings();
        stage.table().heading(stage.server().kind());
        stage.server().start(ear);
        new Workloads(stage).all();
        if (settings.wants("javaclient")) {
            new JavaClients(stage).run();
        }
        if (settings.wants("durability")) {
            new Durabilities(stage).run("H2", Goal.rate(0.7));
        }
        if (settings.wants("rivet")) {
            rivet(stage);
        }
        stage.server().stop();
    }

    private static void rivet(Stage stage) throws Exception {
        if (Rivet.isPossible()) {
            stage.table().heading(stage.server().kind() + " and Rivet");
            new Rivet(stage).run();
        } else {
            System.out.println("*** Node is not there: the comparison with Rivet is skipped ***");
        }
    }

    private static void eventLoop(Stage stage) throws Exception {
        stage.table().heading("WildFly with event-loop.cli, beside the raw endpoint without it");
        stage.server().startOnEventLoop(BenchEar.makePlain(stage.settings().root(), LONG_AWAKE, "plain"));
        new Workloads(stage).onEventLoop();
        stage.server().stop();
    }

    /** On H2 and on PostgreSQL; each server is started anew for the wakings. */
    private static void growth(Stage stage, Path ear) throws Exception {
        Server server = stage.server();
        Growth growth = new Growth(stage);
        stage.table().heading(server.kind() + ": states that grow");
        server.forget();
        server.start(ear);
        growth.run("H2");
        growth.prepareToWake();
        growth.files();
        server.stop();
        server.start(ear);
        growth.wake("H2");
        server.stop();
        stage.table().heading(server.kind() + " with PostgreSQL: states that grow");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            server.startOnPostgreSql(ear, url);
            growth.run("PostgreSQL");
            growth.prepareToWake();
            server.stop();
            server.startOnPostgreSql(ear, url);
            growth.wake("PostgreSQL");
            server.stop();
        }
    }

    private static void postgreSql(Stage stage, Path ear) throws Exception {
        stage.table().heading(stage.server().kind() + " with PostgreSQL");
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            stage.server().startOnPostgreSql(ear, postgres.getJdbcUrl("postgres", "postgres"));
            new Durabilities(stage).run("PostgreSQL", null);
            stage.server().stop();
        }
    }

    private static void ceiling(Settings settings, EventLoopGroup group, Table table) throws Exception {
        if (settings.wants("ceiling")) {
            table.heading("the load generator itself, with a server that does next to nothing");
            new Ceiling(settings, group, table).run();
        }
    }
}
