import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs two WildFly servers as the nodes of one cluster on a PostgreSQL of its own, and the front before them, until Ctrl-C: {@code
 * java -cp POSTGRES_LIBRARIES RunCluster.java HOME EAR HTTP_PORT DRIVER FRONT}. The second node is a copy of the first beside it;
 * the front has HTTP_PORT, the nodes have the next ones.
 */
final class RunCluster {

    private static final int NODES = 2;
    private static final int CLUSTER_PORT = 7800;
    private static final int ADMIN_PORT = 9990;

    private RunCluster() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        Path key = home.resolveSibling("cluster.p12");
        String password = password();
        makeKey(key, password);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(); // ends with this process
        int port = Integer.parseInt(arguments[2]);
        Process front = startFront(port, arguments[4]);
        Runtime.getRuntime().addShutdownHook(new Thread(front::destroy));
        List<Process> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            Path own = i == 0 ? home : home.resolveSibling(home.getFileName() + "-" + i);
            if (i > 0) {
                copy(home, own);
            }
            nodes.add(start(own, i, arguments, postgres.getJdbcUrl("postgres", "postgres"), key, password));
        }
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(0)));
        announce(port, front, nodes);
        for (Process node : nodes) {
            node.waitFor();
        }
        System.exit(1); // PostgreSQL and the front end with this process
    }

    private static Process startFront(int port, String jar) throws IOException {
        List<String> command = new ArrayList<>(List.of(java(), "-jar", jar, Integer.toString(port)));
        for (int i = 0; i < NODES; i++) {
            command.add(node(port, i));
        }
        return new ProcessBuilder(command).inheritIO().start();
    }

    private static String node(int port, int number) {
        return "http://localhost:" + nodePort(port, number);
    }

    private static int nodePort(int port, int number) {
        return port + 1 + number;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** When all nodes are ready, or one has ended. */
    private static void announce(int port, Process front, List<Process> nodes) throws InterruptedException {
        int ready = 0;
        while (ready < NODES) {
            if (!front.isAlive() || nodes.stream().noneMatch(Process::isAlive)) {
                System.err.printf("%n*** The cluster did not start; see above ***%n%n");
                System.exit(1);
            }
            if (isReady(node(port, ready))) {
                ready++;
            } else {
                Thread.sleep(200);
            }
        }
        System.out.printf(
                "%n*** Two nodes are ready, %s/ and %s/, and before them the front: http://localhost:%d/"
                        + " (Ctrl-C stops all) ***%n%n",
                node(port, 0), node(port, 1), port);
    }

    private static boolean isReady(String node) {
        try {
            HttpURLConnection question =
                    (HttpURLConnection) URI.create(node + "/health").toURL().openConnection();
            question.setConnectTimeout(1_000);
            question.setReadTimeout(5_000);
            return question.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private static String password() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Process start(Path home, int number, String[] arguments, String url, Path key, String password)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        java(),
                        "server-config/RunServer.java",
                        "wildfly",
                        home.toString(),
                        arguments[1],
                        Integer.toString(nodePort(Integer.parseInt(arguments[2]), number)),
                        Integer.toString(ADMIN_PORT + number),
                        "postgresql,cluster",
                        arguments[3])
                .inheritIO();
        builder.environment().put("THESPIS_DB_URL", url);
        builder.environment().put("THESPIS_DB_USER", "postgres");
        builder.environment().put("THESPIS_DB_PASSWORD", "postgres");
        builder.environment().put("THESPIS_NODE", "node" + number);
        builder.environment().put("THESPIS_CLUSTER_PORT", Integer.toString(CLUSTER_PORT + number));
        builder.environment().put("THESPIS_CLUSTER_KEY_STORE", key.toString());
        builder.environment().put("THESPIS_CLUSTER_KEY_STORE_PASSWORD", password);
        return builder.start();
    }

    private static void makeKey(Path file, String password) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=cluster",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        password)
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("the key of the nodes could not be made");
        }
    }

    /** A server as it was unpacked, without what the first has written since. */
    private static void copy(Path home, Path copy) throws IOException {
        if (Files.exists(copy)) {
            return;
        }
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.toList()) {
                Files.copy(
                        path,
                        copy.resolve(home.relativize(path).toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
