package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Heap and threads of a server, to be compared with what they were. */
final class ServerVitals {

    private static final Pattern USED = Pattern.compile("used (\\d+)K");
    private static final Pattern THREAD = Pattern.compile("java\\.lang\\.Thread\\.State");
    static final int MORE_MEGABYTES = 40;

    /** Pools of the servers keep the threads that they have once needed. */
    private static final int MORE_THREADS = 60;

    private static final long BACK_SECONDS = 60;

    private final String pid;
    private final long heap; // kilobytes
    private final int threads;

    private ServerVitals(String pid) {
        this.pid = pid;
        this.heap = heap();
        this.threads = threads();
    }

    static ServerVitals of(long pid) {
        return new ServerVitals(Long.toString(pid));
    }

    private String jcmd(String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Commands.in(Node.ROOT)
                .run(1, List.of(jcmd, pid, command))
                .requireSuccess()
                .output();
    }

    private long heap() {
        jcmd("GC.run");
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        assertThat(used.find()).isTrue();
        return Long.parseLong(used.group(1));
    }

    private int threads() {
        return (int) THREAD.matcher(jcmd("Thread.print")).results().count();
    }

    /**
     * Waits until heap and threads are about what they were.
     *
     * @param moreMegabytes by how much the heap may have grown
     */
    String requireBack(int moreMegabytes) throws InterruptedException {
        long most = heap + 1_000L * moreMegabytes;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_SECONDS);
        long heapNow = heap();
        int threadsNow = threads();
        while ((heapNow > most || threadsNow > threads + MORE_THREADS) && System.nanoTime() < end) {
            TimeUnit.SECONDS.sleep(1);
            heapNow = heap();
            threadsNow = threads();
        }
        String seen = "heap " + heap / 1_000 + " MB, then " + heapNow / 1_000 + " MB; threads " + threads + ", then "
                + threadsNow;
        assertThat(heapNow).as(seen).isLessThanOrEqualTo(most);
        assertThat(threadsNow).as(seen).isLessThanOrEqualTo(threads + MORE_THREADS);
        return seen;
    }
}
