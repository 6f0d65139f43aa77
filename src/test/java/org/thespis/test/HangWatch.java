package org.thespis.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Keeps what all nodes, and their clients here, do and have when a call is not answered for long: afterwards nobody can tell where it stood. */
final class HangWatch implements AutoCloseable {

    /** A call that waits for longer hangs, whatever was done to the nodes; below the limit of a call. */
    private static final long LONG_SECONDS = 40;

    private final String name;
    private final List<ServerProcess> nodes;
    private final Supplier<Map<String, Long>> waiting;
    private final Thread thread = new Thread(this::watch, "hang-watch");

    /**
     * @param name of what is written into the folder of the report
     * @param waiting what is under way, and since when by {@link System#nanoTime}
     */
    HangWatch(String name, List<ServerProcess> nodes, Supplier<Map<String, Long>> waiting) {
        this.name = name;
        this.nodes = nodes;
        this.waiting = waiting;
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (longest() < TimeUnit.SECONDS.toNanos(LONG_SECONDS)) {
                TimeUnit.SECONDS.sleep(1);
            }
            write();
        } catch (IOException e) {
            System.out.println("stacks of what hangs: " + e);
        } catch (InterruptedException e) {
            return; // closed
        }
    }

    private long longest() {
        long now = System.nanoTime();
        return waiting.get().values().stream()
                .mapToLong(since -> now - since)
                .max()
                .orElse(0);
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        long now = System.nanoTime();
        waiting.get().forEach((call, since) -> text.append(call)
                .append(" waits for ")
                .append(TimeUnit.NANOSECONDS.toMillis(now - since))
                .append(" ms\n"));
        for (ServerProcess node : nodes) {
            text.append("\n==== ").append(node.address()).append('\n').append(seen(node));
        }
        text.append("\n==== here\n").append(jcmd(ProcessHandle.current().pid(), "Thread.print"));
        Path file = Report.folder("cluster").resolve("hang-" + name + ".txt");
        Files.writeString(file, text);
        System.out.println("cluster: a call hangs, see " + file);
    }

    /** Which objects of ours there are, and where all threads stand. */
    private static String seen(ServerProcess node) {
        try {
            String ours = jcmd(node.pid(), "GC.class_histogram")
                    .lines()
                    .filter(line -> line.contains("org.thespis"))
                    .collect(Collectors.joining("\n"));
            return ours + "\n\n" + jcmd(node.pid(), "Thread.print");
        } catch (RuntimeException e) {
            return e + "\n"; // it was killed, or is stopped
        }
    }

    private static String jcmd(long pid, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Commands.in(Node.ROOT)
                .run(1, List.of(jcmd, Long.toString(pid), command))
                .output();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
