package org.thespis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs in a folder. */
final class Commands {

    record Result(int exitCode, String output) {

        /** Everything from the last line that starts so. */
        String lastLines(String start) {
            int from = output.lastIndexOf("\n" + start);
            return from < 0 ? output : output.substring(from + 1);
        }

        Result requireSuccess() {
            if (exitCode != 0) {
                throw new IllegalStateException("ended with " + exitCode + ": " + output);
            }
            return this;
        }
    }

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private Commands(Path folder) {
        this.folder = folder;
    }

    static Commands in(Path folder) {
        return new Commands(folder);
    }

    Commands env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts a program whose output goes to a file. */
    Process start(Path log, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a program to end; after so many minutes it is ended with exit code -1. */
    Result run(long minutes, List<String> command) {
        try {
            Path log = Files.createTempFile("command", ".log");
            Process process = start(log, command);
            try {
                boolean ended = process.waitFor(minutes, TimeUnit.MINUTES);
                return new Result(ended ? process.exitValue() : -1, Files.readString(log));
            } finally {
                end(process);
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends a program and all that it started. */
    static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
