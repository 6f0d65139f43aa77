package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.thespis.test.CrashClient.Pace;

/** What became of the calls of clients of one actor type on a server that is killed under them. */
final class CrashTally {

    private static final String HALF = "entries_unavailable"; // the database was away in the middle of an action
    private static final String LEDGER = "ledger";
    private static final int CLIENTS = 6;
    private static final int ACTORS = 2;
    private static final long END_SECONDS = 30;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess server;
    private final String type;
    private final int actors;
    private final int clients;
    private final Pace pace;
    private final Map<String, List<CrashClient>> loads = new ConcurrentHashMap<>(); // by key; of this round
    private final CrashCounts total = new CrashCounts();
    private int kills;

    CrashTally(ServerProcess server, String type) {
        this(server, type, ACTORS, CLIENTS, Pace.FAST);
    }

    /**
     * @param actors in each round
     * @param clients of each actor
     */
    CrashTally(ServerProcess server, String type, int actors, int clients, Pace pace) {
        this.server = server;
        this.type = type;
        this.actors = actors;
        this.clients = clients;
        this.pace = pace;
    }

    String type() {
        return type;
    }

    /** Lets clients of new actors begin. */
    void load(String key) {
        for (int i = 0; i < actors; i++) {
            List<CrashClient> all = new ArrayList<>();
            for (int c = 0; c < clients; c++) {
                all.add(start(LedgerReader.address(server, "ws", type, key + i, "connect"), "c" + c, pace));
            }
            loads.put(key + i, all);
        }
    }

    /** Once more if it is refused, as its actor may move. */
    private static CrashClient start(URI address, String name, Pace pace) {
        try {
            return CrashClient.start(address, name, pace);
        } catch (CompletionException refused) {
            return CrashClient.start(address, name, pace);
        }
    }

    /**
     * The same by another server of the cluster, as this one may be dead, once the lines of all clients are cut: those that live on have
     * had their answers before. What became of this round.
     */
    CrashCounts compare(ServerProcess other) throws Exception {
        int hanging = 0;
        for (List<CrashClient> clients : loads.values()) {
            clients.forEach(CrashClient::callNoMore);
            for (CrashClient client : clients) {
                hanging += client.awaitAnswers(LedgerReader.LIMIT);
                client.cut();
            }
        }
        CrashCounts round = compareBy(other);
        round.hanging += hanging;
        total.hanging += hanging;
        return round;
    }

    /** Waits until more calls than these are answered, or that takes too long. */
    void awaitSome(int calls) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        while (answered() <= calls && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private int answered() {
        return loads.values().stream()
                .flatMap(List::stream)
                .mapToInt(client -> client.acknowledged.size())
                .sum();
    }

    /** The calls of all clients that are not answered, and since when. Any thread. */
    Map<String, Long> waiting() {
        Map<String, Long> waiting = new LinkedHashMap<>();
        loads.forEach((key, all) -> all.forEach(client -> waiting.putAll(client.waiting(key))));
        return waiting;
    }

    /** Compares what the clients were told with what is there after the kill. */
    void compare() throws Exception {
        compareBy(server);
    }

    private CrashCounts compareBy(ServerProcess asked) throws Exception {
        kills++;
        CrashCounts round = new CrashCounts();
        LedgerReader reader = new LedgerReader(http, asked, type);
        for (Map.Entry<String, List<CrashClient>> load : loads.entrySet()) {
            compare(reader, round, load.getKey(), load.getValue());
        }
        loads.clear();
        total.add(round);
        return round;
    }

    private void compare(LedgerReader reader, CrashCounts round, String key, List<CrashClient> clients)
            throws Exception {
        for (CrashClient client : clients) {
            assertThat(client.ended.await(END_SECONDS, TimeUnit.SECONDS)).isTrue();
            List<Integer> state = reader.entriesWith(client.acknowledged, key, client.name());
            Set<Integer> once = new HashSet<>(state);
            Set<Integer> told = new HashSet<>();
            clients.forEach(c -> told.addAll(c.seen.getOrDefault(client.name(), Set.of())));
            round.acknowledged += client.acknowledged.size();
            round.seen += told.size();
            round.doubled += state.size() - once.size();
            round.refused += client.refused.size();
            round.codes.addAll(client.codes);
            round.unordered += client.unordered.get();
            round.refusedButThere += both(client.refused, once);
            round.notRunButThere += both(client.notRun, once);
            round.lost += client.acknowledged.size() - both(client.acknowledged, once);
            round.unlike += reader.isAlike(key, client.name()) ? 0 : 1;
            round.seenButLost += told.size() - both(told, once);
        }
        if (type.equals(LEDGER)) {
            round.livedTwice += reader.livedTwice(key);
        }
    }

    private static int both(Set<Integer> some, Set<Integer> others) {
        return (int) some.stream().filter(others::contains).count();
    }

    String summary(String database) {
        return "%s on %s: kills %d, %s%n".formatted(type, database, kills, total);
    }

    /** @param atomic whether actions that fail have done nothing */
    void requireNothingWrong(String database, boolean atomic) {
        int halfDone =
                total.codes.contains(HALF) ? 0 : total.unlike; // who throws in the middle keeps what it did before
        assertThat(total.wrong() + halfDone + (atomic ? total.refusedButThere : 0))
                .as(summary(database))
                .isZero();
    }

    void requireSomethingDone(int calls) {
        assertThat(total.acknowledged).as("acknowledged calls of " + type).isGreaterThan(calls);
    }

    /** Calls an action over HTTP, and gives what is answered, whatever it is. */
    String post(String key, String action, String arguments) throws IOException, InterruptedException {
        return new LedgerReader(http, server, type).post(key, action, arguments);
    }
}
