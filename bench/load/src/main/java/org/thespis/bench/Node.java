package org.thespis.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program for Node with its packages in a folder of the project. */
final class Node implements AutoCloseable {

    private static final long INSTALL_MINUTES = 10;
    private static final long POLL_MILLIS = 200;

    private final Path folder;
    private final Path log;
    private Process process;

    /** Whether it is up. */
    @FunctionalInterface
    interface Check {
        boolean answers() throws IOException;
    }

    /** @param name of the folder in {@code bench}, and of the log */
    Node(Path root, String name) {
        folder = root.resolve("bench").resolve(name);
        log = root.resolve("bench/load/target").resolve(name + ".log");
    }

    static boolean isThere() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the packages are there. */
    boolean isInstalled() {
        return Files.exists(folder.resolve("node_modules"));
    }

    /**
     * Has npm load the packages if they are not there.
     *
     * @return whether they are there now
     */
    boolean install() throws IOException, InterruptedException {
        if (isInstalled()) {
            return true;
        }
        Process npm = command("npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
        boolean ended = npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            end(npm);
        }
        return ended && npm.exitValue() == 0;
    }

    /** Starts the program and waits until it is up. */
    void start(long seconds, Check check, String... command) throws Exception {
        process = command(command);
        long give = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!answers(check)) {
            if (!process.isAlive() || System.nanoTime() > give) {
                throw new IllegalStateException("it did not start, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private static boolean answers(Check check) {
        try {
            return check.answers();
        } catch (IOException e) {
            return false;
        }
    }

    private Process command(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    @Override
    public void close() {
        if (process != null) {
            end(process);
        }
    }

    private static void end(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
