package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What became of the calls of clients of one actor type on a server that is killed under them. */
final class CrashTally {

    private static final String HALF = "entries_unavailable"; // the database was away in the middle of an action
    private static final String LEDGER = "ledger";
    private static final int CLIENTS = 6;
    private static final int ACTORS = 2;
    private static final long END_SECONDS = 30;
    private static final long PLANNED_SECONDS = 30;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ServerProcess server;
    private volatile ServerProcess asked;
    private final String type;
    private final Map<String, List<CrashClient>> loads = new LinkedHashMap<>(); // by key; of this round
    private final Set<String> codes = new TreeSet<>();
    private int kills;
    private int acknowledged;
    private int seen;
    private int lost;
    private int seenButLost;
    private int doubled;
    private int refused;
    private int refusedButThere;
    private int unlike;
    private int unordered;
    private int livedTwice;

    CrashTally(ServerProcess server, String type) {
        this.server = server;
        this.asked = server;
        this.type = type;
    }

    String type() {
        return type;
    }

    /** Lets clients of new actors begin. */
    void load(String key) {
        for (int i = 0; i < ACTORS; i++) {
            List<CrashClient> clients = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                clients.add(start(address("ws", key + i, "connect"), "c" + c));
            }
            loads.put(key + i, clients);
        }
    }

    /** Once more if it is refused, as its actor may move. */
    private static CrashClient start(URI address, String name) {
        try {
            return CrashClient.start(address, name);
        } catch (CompletionException refused) {
            return CrashClient.start(address, name);
        }
    }

    /** The same by another server of the cluster, as this one may be dead, once the lines of all clients are cut. */
    void compare(ServerProcess other) throws Exception {
        asked = other;
        loads.values().forEach(clients -> clients.forEach(CrashClient::cut));
        compare();
    }

    /** Compares what the clients were told with what is there after the kill. */
    void compare() throws Exception {
        kills++;
        for (Map.Entry<String, List<CrashClient>> load : loads.entrySet()) {
            compare(load.getKey(), load.getValue());
        }
        loads.clear();
    }

    private void compare(String key, List<CrashClient> clients) throws Exception {
        for (CrashClient client : clients) {
            assertThat(client.ended.await(END_SECONDS, TimeUnit.SECONDS)).isTrue();
            List<Integer> state = entriesWith(client.acknowledged, key, client.name());
            Set<Integer> once = new HashSet<>(state);
            Set<Integer> told = new HashSet<>();
            clients.forEach(c -> told.addAll(c.seen.getOrDefault(client.name(), Set.of())));
            acknowledged += client.acknowledged.size();
            seen += told.size();
            doubled += state.size() - once.size();
            refused += client.refused.size();
            codes.addAll(client.codes);
            unordered += client.unordered.get();
            refusedButThere +=
                    (int) client.refused.stream().filter(once::contains).count();
            lost += (int)
                    client.acknowledged.stream().filter(n -> !once.contains(n)).count();
            String alike = answered(key, "isAlike", "\"" + client.name() + "\"");
            unlike += alike.equals("{\"output\":true}") ? 0 : 1;
            seenButLost += (int) told.stream().filter(n -> !once.contains(n)).count();
        }
        if (type.equals(LEDGER)) {
            livedTwice += Integer.parseInt(answered(key, "livedTwice", "").replaceAll("\\D", ""));
        }
    }

    String summary(String database) {
        return ("%s on %s: kills %d, acknowledged %d, lost: %d, doubled: %d, events seen %d, seen-but-lost: %d,"
                        + " refused %d, refused-but-there: %d, unlike: %d, events doubled or out of order: %d,"
                        + " two lives that both changed it: %d, codes %s%n")
                .formatted(
                        type,
                        database,
                        kills,
                        acknowledged,
                        lost,
                        doubled,
                        seen,
                        seenButLost,
                        refused,
                        refusedButThere,
                        unlike,
                        unordered,
                        livedTwice,
                        codes);
    }

    /** @param atomic whether actions that fail have done nothing */
    void requireNothingWrong(String database, boolean atomic) {
        int halfDone = codes.contains(HALF) ? 0 : unlike; // who throws in the middle keeps what it did before
        assertThat(lost + doubled + seenButLost + halfDone + unordered + livedTwice + (atomic ? refusedButThere : 0))
                .as(summary(database))
                .isZero();
    }

    void requireSomethingDone(int calls) {
        assertThat(acknowledged).as("acknowledged calls of " + type).isGreaterThan(calls);
    }

    /** Waits for what is planned. */
    private List<Integer> entriesWith(Set<Integer> numbers, String key, String client)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PLANNED_SECONDS);
        List<Integer> entries = entries(key, client);
        while (!new HashSet<>(entries).containsAll(numbers) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            entries = entries(key, client);
        }
        return entries;
    }

    private List<Integer> entries(String key, String client) throws IOException, InterruptedException {
        String answer = answered(key, "entries", "\"" + client + "\"");
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(answer);
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group()));
        }
        return numbers;
    }

    /** The answer of an action that only reads, which is asked again while its actor moves. */
    private String answered(String key, String action, String arguments) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        String answer = post(key, action, arguments);
        while (!answer.startsWith("{\"output\":") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            answer = post(key, action, arguments);
        }
        assertThat(answer).startsWith("{\"output\":");
        return answer;
    }

    /** Calls an action over HTTP, and gives what is answered, whatever it is. */
    String post(String key, String action, String arguments) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(asked, "http", key, "action/" + action))
                .POST(BodyPublishers.ofString("{\"args\":[" + arguments + "]}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private URI address(String scheme, String key, String rest) {
        return address(server, scheme, key, rest);
    }

    private URI address(ServerProcess node, String scheme, String key, String rest) {
        return URI.create(scheme + "://localhost:" + node.address().getPort() + "/gateway/" + type + "/" + rest
                + "?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=" + key);
    }
}
