package org.thespis.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thespis.bench.Comparison.Contender;

/** What a turn costs, and a waking, as the state of an actor grows: in a plain list, and in a durable one. */
final class Growth {

    private static final int[] PLAIN = {0, 1_000, 10_000, 100_000};
    private static final int[] ROWS = {0, 1_000, 100_000, 1_000_000};
    private static final int BRIEF = 1_000;

    /** Entries that one call adds. */
    private static final int FILL = 10_000;

    private static final int WAKINGS = 11;
    private static final int WINDOW = 64;
    private static final double MAX_WAKING = 2;
    private static final Goal LIKE_EMPTY = Goal.rate(1 / 1.2);
    private static final Goal NEAR_EMPTY = Goal.rate(1 / 1.5);
    private static final int OK = 200;

    /** Of an entry as JSON. */
    private static final double ENTRY_BYTES = 72;

    private static final int MAX_FILE = 10;

    private final Stage stage;
    private final HttpClient http = HttpClient.newHttpClient();

    Growth(Stage stage) {
        this.stage = stage;
    }

    /** Fills the actors, and measures turns. */
    void run(String database) throws Exception {
        fill("benchRows", ROWS);
        fill("benchList", PLAIN);
        compare(database + ", DurableList, ping", "benchRows", "ping", ROWS, LIKE_EMPTY);
        compare(database + ", DurableList, append", "benchRows", "append", ROWS, NEAR_EMPTY);
        compare(database + ", List, action that only reads", "benchList", "read", PLAIN, NEAR_EMPTY);
        compare(database + ", List, ping", "benchList", "ping", PLAIN, null);
        compare(database + ", List, append", "benchList", "append", PLAIN, null);
        stage.comparison()
                .run(
                        database + ", 1 actor, 1 connection, " + WINDOW + " in flight",
                        new Contender("NONE", probe("benchNone", "one", "increment", WINDOW), null),
                        new Contender("COMMIT", probe("benchCommit", "one", "increment", WINDOW), null),
                        new Contender(
                                "COMMIT, append to a DurableList", probe("benchRows", "n0", "append", WINDOW), null));
    }

    private int[] sizes(int[] full) {
        return stage.settings().brief() ? new int[] {0, BRIEF} : full;
    }

    private void fill(String actor, int[] full) throws Exception {
        for (int size : sizes(full)) {
            for (int filled = 0; filled < size; filled += FILL) {
                call(actor, "n" + size, "fill", Integer.toString(Math.min(FILL, size - filled)));
            }
            call(actor, "n" + size, "ping", "");
        }
    }

    private String call(String actor, String key, String action, String arguments)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + stage.host().name() + ":"
                                + stage.host().port() + "/gateway/" + actor + "/action/" + action + Peer.query(key)))
                .POST(BodyPublishers.ofString("{\"args\":[" + arguments + "]}"))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IllegalStateException(action + " of " + actor + " " + key + ": " + answer.body());
        }
        return answer.body();
    }

    private void compare(String workload, String actor, String action, int[] full, Goal goal) throws Exception {
        List<Contender> contenders = new ArrayList<>();
        for (int size : sizes(full)) {
            String name = String.format(Locale.ROOT, "%,d entries", size);
            contenders.add(new Contender(name, probe(actor, "n" + size, action, 1), size == 0 ? null : goal));
        }
        stage.comparison().run(workload, contenders.toArray(Contender[]::new));
    }

    private Probe probe(String actor, String key, String action, int inFlight) throws Exception {
        Peer peer = Peer.json(stage.host(), actor, key, action, "");
        return CallProbe.onEach(stage.group(), peer, 1, inFlight);
    }

    /** Makes actors that {@link #wake} wakes. */
    void prepareToWake() throws Exception {
        int[] sizes = sizes(ROWS);
        for (int i = 0; i < WAKINGS; i++) {
            call("benchRows", "empty" + i, "append", "");
        }
        call("benchRows", "n" + sizes[sizes.length - 1], "ping", "");
    }

    /** Measures wakings; the server was started anew. */
    void wake(String database) throws Exception {
        int[] sizes = sizes(ROWS);
        int largest = sizes[sizes.length - 1];
        call("benchRows", "empty0", "ping", ""); // the first request of a server is another matter
        call("benchRows", "n" + sizes[1], "ping", "");
        List<Long> empty = new ArrayList<>();
        for (int i = 1; i < WAKINGS; i++) {
            empty.add(nanos("empty" + i));
        }
        double usual = empty.stream().sorted().toList().get(empty.size() / 2) / 1e6;
        double large = nanos("n" + largest) / 1e6;
        stage.table().plainHeading(database + ": waking");
        stage.table().plain("an actor with 1 entry, median", text(usual), "");
        boolean met = large <= MAX_WAKING * usual;
        stage.table()
                .plain(
                        String.format(Locale.ROOT, "one with %,d", largest),
                        text(large),
                        "≤ " + MAX_WAKING + " of that" + (met ? ": met" : ": **missed**"));
    }

    private long nanos(String key) throws Exception {
        long begin = System.nanoTime();
        call("benchRows", key, "ping", "");
        return System.nanoTime() - begin;
    }

    private static String text(double millis) {
        return String.format(Locale.ROOT, "%.2f ms", millis);
    }

    /** Tells how long the files of H2 are beside what they hold. */
    void files() throws Exception {
        double bytes = (entries("benchRows", ROWS) + entries("benchList", PLAIN)) * ENTRY_BYTES;
        long file = stage.server().bytesOfH2();
        stage.table().plainHeading("H2: length of its file");
        stage.table().plain("what it holds, of the entries", megabytes(bytes), "");
        boolean met = file < MAX_FILE * bytes || stage.settings().brief();
        stage.table()
                .plain("file", megabytes(file), "≤ " + MAX_FILE + " times that" + (met ? ": met" : ": **missed**"));
    }

    /** How many entries all have now, those included that were appended meanwhile. */
    private long entries(String actor, int[] full) throws IOException, InterruptedException {
        long all = 0;
        for (int size : sizes(full)) {
            all += Long.parseLong(call(actor, "n" + size, "ping", "").replaceAll("\\D", ""));
        }
        return all;
    }

    private static String megabytes(double bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
