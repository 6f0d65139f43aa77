package org.thespis.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build prints as its last words. */
final class Report {

    private static final Path FOLDER = Path.of(System.getProperty("report.dir"));

    private Report() {}

    static void write(String name, String text) {
        String server = System.getProperty("arquillian.launch");
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve(name + "-" + server + ".txt"),
                    "\n==== " + name + " on " + server + " ====\n" + text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
