package org.thespis.front;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A proxy of others, run with the configuration that is shown for it before two servers. */
final class ProxyProcess implements AutoCloseable {

    enum Kind {
        HAPROXY("haproxy/cluster.cfg", "-db", "-f"),
        NGINX("nginx/cluster.conf", "-g", "daemon off; pid nginx.pid; error_log stderr;", "-e", "stderr", "-c");

        private final String configuration;
        private final List<String> arguments;

        Kind(String configuration, String... arguments) {
            this.configuration = configuration;
            this.arguments = List.of(arguments);
        }
    }

    private static final Path CONFIGURATIONS = Path.of("../server-config");
    private static final Path REPORTS = Path.of("../target/reports");
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");
    private static final long END_SECONDS = 10;

    private final int port;
    private final Process process;
    private final Path log;

    private ProxyProcess(int port, Process process, Path log) {
        this.port = port;
        this.process = process;
        this.log = log;
    }

    /**
     * Skips the test, loudly, where the program is not installed.
     *
     * @param lastResort port of the front that the configuration only tells of
     */
    static ProxyProcess start(Kind kind, Path folder, StubServer first, StubServer second, int lastResort)
            throws IOException {
        Path program = require(kind);
        int port = freePort();
        String shown = Files.readString(CONFIGURATIONS.resolve(kind.configuration));
        Path configuration = Files.writeString(
                folder.resolve("proxy.conf"),
                temporary(shown, folder)
                        .replaceAll("# (server .*):8001 backup", "$1:" + lastResort + " backup")
                        .replace("bind :8000", "bind 127.0.0.1:" + port)
                        .replace("listen 8000", "listen 127.0.0.1:" + port)
                        .replace(" 10.0.0.1:8080", " " + first.address().getAuthority())
                        .replace(" 10.0.0.2:8080", " " + second.address().getAuthority())
                        .replace("8192", "1000")); // as many files as anybody may open
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(kind.arguments);
        command.add(configuration.toAbsolutePath().toString());
        Path log = folder.resolve("proxy.log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ProxyProcess(port, process, log);
    }

    /** Nothing of nginx goes where only root may write. */
    private static String temporary(String configuration, Path folder) {
        StringBuilder paths = new StringBuilder("http {\n    access_log off;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            paths.append("    %s_temp_path %s;\n"
                    .formatted(kind, folder.toAbsolutePath().resolve(kind)));
        }
        return configuration.replace("http {\n", paths);
    }

    private static Path require(Kind kind) throws IOException {
        String name = kind.name().toLowerCase(Locale.ROOT);
        Path report = REPORTS.resolve("skipped-" + name + ".txt");
        Files.deleteIfExists(report);
        for (String folder : FOLDERS) {
            Path program = Path.of(folder, name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        String warning = kind + " IS NOT INSTALLED: the tests of server-config/" + kind.configuration + " are SKIPPED";
        Files.createDirectories(REPORTS);
        Files.writeString(report, "\n==== skipped in the front ====\n*** " + warning + " ***\n");
        return abort(warning);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
