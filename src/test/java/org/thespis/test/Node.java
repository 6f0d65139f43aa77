package org.thespis.test;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs of Node in a folder, after installing what it needs. */
final class Node {

    private static final Path ROOT = Path.of(System.getProperty("root.dir"));
    private static final long INSTALL_MINUTES = 10;
    private static final long RUN_MINUTES = 25;

    record Result(int exitCode, String output) {

        /** All lines from the last one that starts so. */
        String lastLines(String start) {
            int from = output.lastIndexOf("\n" + start);
            return from < 0 ? output : output.substring(from + 1);
        }
    }

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private Node(Path folder) {
        this.folder = folder;
    }

    /** Skips the test, loudly, where there is no Node. */
    static void require() {
        try {
            if (new ProcessBuilder("node", "--version").start().waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            // not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String warning = "NODE IS NOT INSTALLED: the tests with the npm clients and the browser are SKIPPED";
        Report.write("skipped", "*** " + warning + " ***\n");
        abort(warning);
    }

    static Node inConformance() {
        return new Node(ROOT.resolve("src/test/conformance"));
    }

    static Node inBrowserTests() {
        return new Node(ROOT.resolve("src/test/browser"));
    }

    Node env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Result npm(String... arguments) {
        if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
            Result installed = run(INSTALL_MINUTES, List.of("npm", "install", "--no-package-lock"));
            if (installed.exitCode != 0) {
                throw new IllegalStateException("npm install failed: " + installed.output);
            }
        }
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        return run(RUN_MINUTES, command);
    }

    private Result run(long minutes, List<String> command) {
        try {
            Path log = Files.createTempFile("node", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            try {
                boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
                String output = Files.readString(log);
                return new Result(ended ? process.exitValue() : -1, output);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
