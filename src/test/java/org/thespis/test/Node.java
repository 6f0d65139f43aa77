package org.thespis.test;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thespis.test.Commands.Result;

/** Runs programs of Node in a folder, after installing what it needs. */
final class Node {

    static final Path ROOT = Path.of(System.getProperty("root.dir")).normalize();

    private static final long INSTALL_MINUTES = 10;
    private static final long RUN_MINUTES = 25;

    private final Path folder;
    private final Commands commands;

    private Node(Path folder) {
        this.folder = folder;
        this.commands = Commands.in(folder);
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

    /** Where {@code rivetkit} is installed. */
    static Node inConformance() {
        return new Node(ROOT.resolve("src/test/conformance"));
    }

    static Node inBrowserTests() {
        return new Node(ROOT.resolve("src/test/browser"));
    }

    Node env(String name, String value) {
        commands.env(name, value);
        return this;
    }

    Path folder() {
        return folder;
    }

    Result npm(String... arguments) {
        List<String> command = new ArrayList<>(List.of("npm"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    Result node(String... arguments) {
        List<String> command = new ArrayList<>(List.of("node"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** The folder, with all that its programs need. */
    Path installed() {
        if (!isInstalled()) {
            commands.run(INSTALL_MINUTES, List.of("npm", "install", "--no-package-lock"))
                    .requireSuccess();
        }
        return folder;
    }

    private boolean isInstalled() {
        Path installed = folder.resolve("node_modules/.package-lock.json");
        try {
            return Files.exists(installed)
                    && Files.getLastModifiedTime(installed)
                                    .compareTo(Files.getLastModifiedTime(folder.resolve("package.json")))
                            >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result run(List<String> command) {
        installed();
        return commands.run(RUN_MINUTES, command);
    }
}
