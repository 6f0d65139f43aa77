package org.thespis.test;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A front in a process of its own, as it is delivered. */
final class FrontProcess implements AutoCloseable {

    private final int port;
    private final Process process;

    private FrontProcess(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** @param options each as {@code --NAME=VALUE} */
    static FrontProcess before(URI server, String... options) {
        int port = ServerProcess.freePort();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(
                List.of(java, "-jar", "front/target/thespis-front.jar", Integer.toString(port), server.toString()));
        command.addAll(List.of(options));
        return new FrontProcess(
                port, Commands.in(Node.ROOT).start(Report.folder("logs").resolve("front.log"), command));
    }

    URI address() {
        return URI.create("http://localhost:" + port);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        Commands.end(process);
    }
}
