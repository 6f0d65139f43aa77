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
    private static final Set<String> STARTED_ANEW =
            Set.of("eventloop", "growth", "cluster", "idle", "connections", "start");

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
            if (needsOne(settings)) {
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
            if (settings.wants("idle") && !settings.brief()) {
                idle(stage, ear);
            }
            if (settings.only().contains("connections")) {
                connections(stage, ear);
            }
            if (settings.wants("start")) {
                new Starts(stage).run();
            }
        }
    }

    private static boolean needsOne(Settings settings) {
        return settings.only().isEmpty()
                || !STARTED_ANEW.containsAll(settings.only())
                || settings.brief() && settings.wants("idle");
    }

    /** All that is measured on the server with H2. */
    private static void onOne(Stage stage, Path ear) throws Exception {
        Settings settings = stage.settings();
        stage.table().heading(stage.server().kind());
        if (settings.wants("peers") && onTwo(stage)) {
            Server.copy(stage.server().kind(), settings.root());
        }
        stage.server().start(ear);
        new Workloads(stage).all();
        if (settings.wants("javaclient")) {
            new JavaClients(stage).run();
        }
        if (settings.wants("durability")) {
            new Durabilities(stage).run("H2", Goal.rate(0.7));
        }
        if (settings.wants("idle") && settings.brief()) {
            new Idle(stage).run();
        }
        if (settings.wants("peers")) {
            onNode(stage, "peers", "Socket.IO and ws", Bench::peers);
        }
        if (settings.wants("rivet")) {
            onNode(stage, "rivet", "Rivet", (of, node) -> new Rivet(of).run(node));
        }
        stage.server().stop();
    }

    /** A comparison with programs for Node. */
    private interface OnNode {
        void run(Stage stage, Node node) throws Exception;
    }

    private static void onNode(Stage stage, String folder, String name, OnNode comparison) throws Exception {
        try (Node node = new Node(stage.settings().root(), folder)) {
            if (!Node.isThere() || !(stage.settings().brief() ? node.isInstalled() : node.install())) {
                System.out.println("*** Node or its packages are not there: " + folder + " is skipped ***");
                return;
            }
            stage.table().heading(stage.server().kind() + ", " + name);
            comparison.run(stage, node);
        }
    }

    /** Whether a server with event loops is measured beside the other one. */
    private static boolean onTwo(Stage stage) {
        return stage.server().kind().equals("wildfly") && !stage.settings().brief();
    }

    private static void peers(Stage stage, Node node) throws Exception {
        Settings settings = stage.settings();
        if (!onTwo(stage)) {
            new Peers(stage, settings.brief() ? stage.host() : null).run(node);
        } else {
            try (Server onLoop = Server.second("wildfly", settings.root())) {
                onLoop.forget();
                onLoop.startOnEventLoop(BenchEar.makePlain(settings.root(), LONG_AWAKE, "plain"));
                new Peers(stage, onLoop.host()).run(node);
            }
        }
    }

    private static void eventLoop(Stage stage) throws Exception {
        stage.table().heading("WildFly with event-loop.cli, beside the raw endpoint without it");
        stage.server().startOnEventLoop(BenchEar.makePlain(stage.settings().root(), LONG_AWAKE, "plain"));
        new Workloads(stage).onEventLoop();
        stage.server().stop();
    }

    private static void idle(Stage stage, Path ear) throws Exception {
        stage.server().forget();
        stage.server().start(ear);
        new Idle(stage).run();
        stage.server().stop();
    }

    /** The part of {@code idle} that has no actors asleep. */
    private static void connections(Stage stage, Path ear) throws Exception {
        stage.table().plainHeading(stage.server().kind() + ": idle connections");
        stage.server().start(ear);
        new IdleConnections(stage).run();
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
