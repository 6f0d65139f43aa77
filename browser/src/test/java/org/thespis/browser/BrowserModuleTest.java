package org.thespis.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code thespis.js} is small, and does what its tests in Node say. */
class BrowserModuleTest {

    private static final Path MODULE = Path.of("src/main/resources/META-INF/resources/thespis.js");
    private static final Path TESTS = Path.of("src/test/js");
    private static final Path REPORT = Path.of(System.getProperty("report.dir"), "skipped-browser-module.txt");
    private static final int MAX_GZIPPED_BYTES = 6_500;
    private static final long MAX_MINUTES = 10;

    @Test
    void isBelowSixAndAHalfKilobytesGzipped() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            Files.copy(MODULE, out);
        }
        assertThat(packed.size()).isLessThan(MAX_GZIPPED_BYTES);
    }

    @Test
    void doesWhatItsTestsInNodeSay(@TempDir Path folder) throws Exception {
        Files.deleteIfExists(REPORT);
        requireNode();
        Path output = folder.resolve("output");
        Process node = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = node.waitFor(MAX_MINUTES, TimeUnit.MINUTES);
            assertThat(ended && node.exitValue() == 0).as(() -> read(output)).isTrue();
        } finally {
            node.descendants().forEach(ProcessHandle::destroyForcibly);
            node.destroyForcibly();
        }
    }

    private static List<String> command() throws IOException {
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> files = Files.list(TESTS)) {
            files.map(Path::toString)
                    .filter(f -> f.endsWith(".test.js"))
                    .sorted()
                    .forEach(command::add);
        }
        assertThat(command).hasSizeGreaterThan(2);
        return command;
    }

    /** Skips the test, loudly, where there is no Node. */
    private static void requireNode() throws Exception {
        try {
            if (new ProcessBuilder("node", "--version").start().waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            // not installed
        }
        String warning = "NODE IS NOT INSTALLED: the tests of the browser module are SKIPPED";
        Files.createDirectories(REPORT.getParent());
        Files.writeString(REPORT, "\n==== skipped in the browser module ====\n*** " + warning + " ***\n");
        abort(warning);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
