package org.thespis.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Calls ledgers over HTTP by one node of a cluster, all the time, and notes what came of it. */
final class ClusterLoad implements AutoCloseable {

    static final int ACTORS = 48;
    private static final int THREADS = 12;
    private static final Duration LIMIT = Duration.ofSeconds(60); // a call that takes longer hangs
    private static final long END_SECONDS = 120;
    private static final String DONE = "{\"output\":";

    private final HttpClient http = HttpClient.newHttpClient();
    private volatile ServerProcess asked;
    private final String prefix;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Long> firstBack = new ConcurrentHashMap<>(); // by key
    private final Map<String, Long> slowest =
            new ConcurrentHashMap<>(); // call of each key since it was marked, in nanoseconds
    private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
    private volatile long since = Long.MAX_VALUE;
    private volatile boolean over;

    ClusterLoad(ServerProcess asked, String prefix) {
        this.asked = asked;
        this.prefix = prefix;
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            Thread thread = new Thread(() -> run(first), "load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** From now on another node is asked, as a proxy in front does it. */
    void ask(ServerProcess node) {
        asked = node;
    }

    private void run(int first) {
        for (int number = 1; !over; number++) {
            for (int i = first; i < ACTORS && !over; i += THREADS) {
                call(prefix + i, number);
            }
        }
    }

    private void call(String key, int number) {
        long sent = System.nanoTime();
        String answer;
        try {
            answer = post(http, asked, key, "add", "\"load\"," + number);
        } catch (IOException e) {
            answer = e.toString();
        } catch (InterruptedException e) {
            return;
        }
        long now = System.nanoTime();
        took.add(now - sent);
        if (sent - since >= 0) {
            slowest.merge(key, now - sent, Math::max);
        }
        if (answer.startsWith(DONE)) {
            if (sent - since >= 0) {
                firstBack.putIfAbsent(key, now);
            }
        } else {
            failed.add(answer);
        }
    }

    /** Calls an action, and gives what is answered, whatever it is. */
    static String post(HttpClient http, ServerProcess node, String key, String action, String arguments)
            throws IOException, InterruptedException {
        URI address = URI.create(node.address() + "/gateway/ledger/action/" + action
                + "?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=" + key);
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .POST(BodyPublishers.ofString("{\"args\":[" + arguments + "]}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** Waits until all actors have answered calls that were sent from now on. */
    void awaitAnswers() throws InterruptedException {
        mark();
        awaitAllBack();
    }

    /** From now on it is noted when each actor answers again. */
    void mark() {
        firstBack.clear();
        slowest.clear();
        since = System.nanoTime();
    }

    /** Waits until all have; after how many milliseconds each, in order. */
    long[] awaitAllBack() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (firstBack.size() < ACTORS) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("only " + firstBack.size() + " actors answer again; " + reasons());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        long[] back = firstBack.values().stream()
                .mapToLong(now -> TimeUnit.NANOSECONDS.toMillis(now - since))
                .toArray();
        Arrays.sort(back);
        return back;
    }

    /** How long the slowest call of each actor took since it was marked: milliseconds, in order. */
    long[] slowest() {
        return slowest.values().stream()
                .mapToLong(TimeUnit.NANOSECONDS::toMillis)
                .sorted()
                .toArray();
    }

    int calls() {
        return took.size();
    }

    List<String> failed() {
        return List.copyOf(failed);
    }

    /** How often each answer came that is none. */
    Map<String, Integer> reasons() {
        Map<String, Integer> reasons = new TreeMap<>();
        failed.forEach(answer -> reasons.merge(answer, 1, Integer::sum));
        return reasons;
    }

    /** The time of the slowest call, in milliseconds. */
    long worstMillis() {
        return took.stream()
                .mapToLong(nanos -> TimeUnit.NANOSECONDS.toMillis(nanos))
                .max()
                .orElse(0);
    }

    static String told(long[] sorted) {
        return "p50 %d, p99 %d, worst %d ms"
                .formatted(sorted[sorted.length / 2], sorted[sorted.length * 99 / 100], sorted[sorted.length - 1]);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join(LIMIT.toMillis());
        }
    }
}
