package org.thespis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build prints as its last words, and what it leaves to look at. */
final class Report {

    private static final Path FOLDER = Path.of(System.getProperty("report.dir"));
    private static final String SERVER = System.getProperty("arquillian.launch");

    private Report() {}

    static void write(String name, String text) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve(name + "-" + SERVER + ".txt"),
                    "\n==== " + name + " on " + SERVER + " ====\n" + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder for this server. */
    static Path folder(String name) {
        try {
            return Files.createDirectories(FOLDER.resolve(name + "-" + SERVER).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
