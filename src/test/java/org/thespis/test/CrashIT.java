package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Kills the server at random moments under load: all that was acknowledged is in the state exactly once, what was planned
 * for later too, and all that an event told of; and the durable collections beside it have the same, entry by entry, and so
 * have the rows that transactional actions write. {@code -Dcrash.rounds=200} does it often.
 */
@Timeout(value = 6, unit = TimeUnit.HOURS)
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 2);
    private static final int CLIENTS = 6;
    private static final int LEDGERS = 2;
    private static final int MIN_LOAD_MILLIS = 300;
    private static final int MAX_LOAD_MILLIS = 1_500;
    private static final long BACK_SECONDS = 60;
    private static final long END_SECONDS = 30;
    private static final long PLANNED_SECONDS = 30;
    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private static final String LEDGER = "ledger";
    private static final String TILL = "till";

    private final HttpClient http = HttpClient.newHttpClient();
    private int kills;
    private int acknowledged;
    private int seen;
    private int lost;
    private int seenButLost;
    private int doubled;
    private int refused;
    private final Set<String> codes = new TreeSet<>();
    private int refusedButThere;
    private int unlike;
    private String type = LEDGER; // of the actors

    @Test
    void nothingAcknowledgedIsLostOnH2() throws Exception {
        killAgainAndAgain("H2", LEDGER, TestEar.withFixtures(Map.of()).as(ZipExporter.class));
    }

    @Test
    void stateAndRowsNeverDisagreeOnH2() throws Exception {
        EnterpriseArchive ear = TillEar.small();
        killAgainAndAgain("H2", TILL, ear.as(ZipExporter.class));
    }

    @Test
    void stateAndRowsNeverDisagreeOnPostgreSql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            EnterpriseArchive ear = TillEar.small(url);
            killAgainAndAgain("PostgreSQL", TILL, ear.as(ZipExporter.class));
        }
    }

    @Test
    void nothingAcknowledgedIsLostOnPostgreSql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            killAgainAndAgain("PostgreSQL", LEDGER, TestEar.withPostgreSql(url).as(ZipExporter.class));
        }
    }

    @Test
    void theDatabaseGoesAwayAndComesBack() throws Exception {
        Path data = Files.createTempDirectory("postgres");
        int port = ServerProcess.freePort();
        EmbeddedPostgres postgres = postgres(port, data);
        try {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            Path file = Report.folder("crash").resolve("thespis.ear");
            TestEar.withFixtures(Map.of()).as(ZipExporter.class).exportTo(file.toFile(), true);
            try (ServerProcess server = ServerProcess.onPostgreSql("database", file, url)) {
                server.start();
                assertThat(post(server, "away", "add", "\"c\",1")).isEqualTo("{\"output\":1}");
                postgres.close();
                assertThat(post(server, "away", "add", "\"c\",2")).contains("\"service_unavailable\"");
                assertThat(post(server, "other", "add", "\"c\",2")).contains("\"service_unavailable\"");
                postgres = postgres(port, data);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_SECONDS);
                while (System.nanoTime() < end
                        && !post(server, "away", "add", "\"c\",3").equals("{\"output\":2}")) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                assertThat(post(server, "away", "entries", "\"c\"")).isEqualTo("{\"output\":[1,3]}");
            }
        } finally {
            postgres.close();
        }
    }

    private static EmbeddedPostgres postgres(int port, Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
    }

    private void killAgainAndAgain(String database, String actor, ZipExporter ear) throws Exception {
        type = actor;
        Path file = Report.folder("crash").resolve("thespis.ear");
        ear.exportTo(file.toFile(), true);
        try (ServerProcess server = new ServerProcess("crash-" + actor + "-" + database, file)) {
            server.start();
            for (int round = 0; round < ROUNDS; round++) {
                String key = database + "-" + System.nanoTime() + "-";
                List<List<CrashClient>> ledgers = load(server, key);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MIN_LOAD_MILLIS, MAX_LOAD_MILLIS));
                server.kill();
                kills++;
                server.start();
                for (int i = 0; i < LEDGERS; i++) {
                    compare(server, key + i, ledgers.get(i));
                }
                Report.write("crashes-" + actor + "-" + database, summary(database)); // also of a run that is cut off
            }
        }
        String summary = summary(database);
        assertThat(lost + doubled + seenButLost + unlike + (actor.equals(TILL) ? refusedButThere : 0))
                .as(summary)
                .isZero();
        assertThat(acknowledged).as("something was done").isGreaterThan(ROUNDS * (actor.equals(TILL) ? 5 : 20));
    }

    private String summary(String database) {
        return ("%s on %s: kills %d, acknowledged %d, lost: %d, doubled: %d, events seen %d, seen-but-lost: %d,"
                        + " refused %d, refused-but-there: %d, unlike: %d, codes %s%n")
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
                        codes);
    }

    private List<List<CrashClient>> load(ServerProcess server, String key) throws Exception {
        List<List<CrashClient>> ledgers = new ArrayList<>();
        for (int i = 0; i < LEDGERS; i++) {
            List<CrashClient> clients = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                clients.add(CrashClient.start(address(server, "ws", key + i, "connect"), "c" + c));
            }
            ledgers.add(clients);
        }
        return ledgers;
    }

    private void compare(ServerProcess server, String key, List<CrashClient> clients) throws Exception {
        for (CrashClient client : clients) {
            assertThat(client.ended.await(END_SECONDS, TimeUnit.SECONDS)).isTrue();
            List<Integer> state = entriesWith(client.acknowledged, server, key, client.name());
            Set<Integer> once = new HashSet<>(state);
            Set<Integer> told = new HashSet<>();
            clients.forEach(c -> told.addAll(c.seen.getOrDefault(client.name(), Set.of())));
            acknowledged += client.acknowledged.size();
            seen += told.size();
            doubled += state.size() - once.size();
            refused += client.refused.size();
            codes.addAll(client.codes);
            refusedButThere +=
                    (int) client.refused.stream().filter(once::contains).count();
            lost += (int)
                    client.acknowledged.stream().filter(n -> !once.contains(n)).count();
            String alike = post(server, key, "isAlike", "\"" + client.name() + "\"");
            unlike += alike.equals("{\"output\":true}") ? 0 : 1;
            seenButLost += (int) told.stream().filter(n -> !once.contains(n)).count();
        }
    }

    /** Waits for what is planned. */
    private List<Integer> entriesWith(Set<Integer> numbers, ServerProcess server, String key, String client)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PLANNED_SECONDS);
        List<Integer> entries = entries(server, key, client);
        while (!new HashSet<>(entries).containsAll(numbers) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            entries = entries(server, key, client);
        }
        return entries;
    }

    private List<Integer> entries(ServerProcess server, String key, String client)
            throws IOException, InterruptedException {
        String answer = post(server, key, "entries", "\"" + client + "\"");
        assertThat(answer).startsWith("{\"output\":[");
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(answer);
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group()));
        }
        return numbers;
    }

    private String post(ServerProcess server, String key, String action, String arguments)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(server, "http", key, "action/" + action))
                .POST(BodyPublishers.ofString("{\"args\":[" + arguments + "]}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    private URI address(ServerProcess server, String scheme, String key, String rest) {
        return URI.create(scheme + "://localhost:" + server.address().getPort() + "/gateway/" + type + "/" + rest
                + "?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=" + key);
    }
}
