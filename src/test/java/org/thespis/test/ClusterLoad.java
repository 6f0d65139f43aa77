package org.thespis.test;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls ledgers over HTTP by one node of a cluster, all the time, and notes what came of it. */
final class ClusterLoad implements AutoCloseable {

    static final int ACTORS = 48;
    private static final int THREADS = 12;

    /** Between two calls of a thread: whoever fails and comes back has the machine for that. */
    private static final int PAUSE_MILLIS = 40;

    private static final long END_SECONDS = 120;
    private static final String TYPE = "ledger";
    private static final String DONE = "{\"output\":";
    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private volatile ServerProcess asked;
    private final String prefix;
    private final String client;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<String, Long> firstBack = new ConcurrentHashMap<>(); // by key
    private final Map<String, Long> slowest =
            new ConcurrentHashMap<>(); // call of each key since it was marked, in nanoseconds
    private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
    private final Map<String, Set<Integer>> acknowledged = new ConcurrentHashMap<>(); // by key
    private final Map<String, Set<Integer>> notRun = new ConcurrentHashMap<>();
    private final AtomicInteger hanging = new AtomicInteger();
    private final Map<String, Long> waiting = new ConcurrentHashMap<>(); // since when, by what is called
    private final ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
    private volatile long since = Long.MAX_VALUE; // when something began
    private volatile long from = Long.MAX_VALUE; // what is sent then meets it
    private volatile boolean over;

    /**
     * @param prefix of the keys of its actors
     * @param client another one for each load of the same actors
     */
    ClusterLoad(ServerProcess asked, String prefix, String client) {
        this.asked = asked;
        this.prefix = prefix;
        this.client = client;
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
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            over = true;
        }
    }

    private void call(String key, int number) {
        long sent = System.nanoTime();
        String answer;
        String call = key + " " + number + " at " + asked.address();
        waiting.put(call, sent);
        try {
            answer = new LedgerReader(http, asked, TYPE).post(key, "add", "\"" + client + "\"," + number);
        } catch (IOException e) {
            answer = e.toString();
            if (e instanceof HttpTimeoutException) {
                hanging.incrementAndGet();
            }
        } catch (InterruptedException e) {
            return;
        } finally {
            waiting.remove(call);
        }
        note(key, number, sent, answer);
    }

    private void note(String key, int number, long sent, String answer) {
        long now = System.nanoTime();
        took.add(now - sent);
        if (sent - since >= 0) {
            slowest.merge(key, now - sent, Math::max);
        }
        if (answer.startsWith(DONE)) {
            add(acknowledged, key, number);
            if (sent - from >= 0) {
                firstBack.putIfAbsent(key, now);
            }
        } else {
            failed.add(answer);
            if (CrashCounts.NOT_RUN.contains(code(answer))) {
                add(notRun, key, number);
            }
        }
    }

    private static String code(String answer) {
        Matcher code = CODE.matcher(answer);
        return code.find() ? code.group(1) : "none";
    }

    private static void add(Map<String, Set<Integer>> numbers, String key, int number) {
        numbers.computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet()).add(number);
    }

    /** What became of all that was called, once this is closed. */
    CrashCounts compare(ServerProcess node) throws Exception {
        CrashCounts counts = new CrashCounts();
        LedgerReader reader = new LedgerReader(http, node, TYPE);
        ExecutorService readers = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<CrashCounts>> tasks = new ArrayList<>();
            for (int i = 0; i < ACTORS; i++) {
                String key = prefix + i;
                tasks.add(() -> compare(reader, key));
            }
            for (Future<CrashCounts> one : readers.invokeAll(tasks)) {
                counts.add(one.get());
            }
        } finally {
            readers.shutdownNow();
        }
        failed.forEach(answer -> counts.codes.add(code(answer)));
        counts.hanging = hanging.get();
        return counts;
    }

    private CrashCounts compare(LedgerReader reader, String key) throws Exception {
        CrashCounts counts = new CrashCounts();
        Set<Integer> done = acknowledged.getOrDefault(key, Set.of());
        Set<Integer> refused = notRun.getOrDefault(key, Set.of());
        List<Integer> state = reader.entriesWith(done, key, client);
        Set<Integer> once = new HashSet<>(state);
        counts.acknowledged = done.size();
        counts.lost = (int) done.stream().filter(n -> !once.contains(n)).count();
        counts.doubled = state.size() - once.size();
        counts.refused = refused.size();
        counts.notRunButThere = (int) refused.stream().filter(once::contains).count();
        counts.livedTwice = reader.livedTwice(key);
        return counts;
    }

    /** Waits until all actors have answered calls that were sent from now on. */
    void awaitAnswers() throws InterruptedException {
        mark();
        awaitAllBack();
    }

    /** From now on it is noted when each actor answers again. */
    void mark() {
        since = System.nanoTime();
        from = since;
        firstBack.clear();
        slowest.clear();
    }

    /** What began with the mark has come to its effect: only calls that are sent from now on tell that their actor answers again. */
    void harmed() {
        from = System.nanoTime();
        firstBack.clear();
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

    /** The calls that are not answered yet, and since when. */
    Map<String, Long> waiting() {
        return Map.copyOf(waiting);
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
            thread.join(LedgerReader.LIMIT.toMillis() * 2);
        }
    }
}
