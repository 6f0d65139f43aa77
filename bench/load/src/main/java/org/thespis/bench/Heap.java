package org.thespis.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Looks into the heap of another JVM, with the tools of the JDK. */
final class Heap {

    private Heap() {}

    /** Bytes of all objects that are alive. */
    static long live(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        List<String> lines = jcmd(pid, "GC.class_histogram").lines().toList(); // counts after a collection of its own
        String total =
                lines.stream().filter(l -> l.startsWith("Total")).findFirst().orElseThrow();
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return output;
    }
}
