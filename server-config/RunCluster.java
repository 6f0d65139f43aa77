import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs two WildFly servers as the nodes of one cluster on a PostgreSQL of its own until Ctrl-C: {@code java -cp POSTGRES_LIBRARIES
 * RunCluster.java HOME EAR HTTP_PORT DRIVER}. The second node is a copy of the first beside it, on the next port.
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
        List<Process> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            Path own = i == 0 ? home : home.resolveSibling(home.getFileName() + "-" + i);
            if (i > 0) {
                copy(home, own);
            }
            nodes.add(start(own, i, arguments, postgres.getJdbcUrl("postgres", "postgres"), key, password));
        }
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(0)));
        for (Process node : nodes) {
            node.waitFor();
        }
        postgres.close();
    }

    private static String password() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static Process start(Path home, int number, String[] arguments, String url, Path key, String password)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "server-config/RunServer.java",
                        "wildfly",
                        home.toString(),
                        arguments[1],
                        Integer.toString(Integer.parseInt(arguments[2]) + number),
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
