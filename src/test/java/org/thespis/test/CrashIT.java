package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
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

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 1);
    private static final int SOME_ENTRIES = 20;
    private static final int SOME_TILLS = 5;
    private static final int MIN_LOAD_MILLIS = 300;
    private static final int MAX_LOAD_MILLIS = 1_500;
    private static final long BACK_SECONDS = 60;

    @Test
    void nothingAcknowledgedIsLostAndStateAndRowsNeverDisagreeOnH2() throws Exception {
        killAgainAndAgain("H2", TestEar.withFixtures(Map.of()));
    }

    @Test
    void nothingAcknowledgedIsLostAndStateAndRowsNeverDisagreeOnPostgreSql() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            killAgainAndAgain("PostgreSQL", TestEar.withPostgreSql(postgres.getJdbcUrl("postgres", "postgres")));
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
                CrashTally ledger = new CrashTally(server, "ledger");
                assertThat(ledger.post("away", "add", "\"c\",1")).isEqualTo("{\"output\":1}");
                postgres.close();
                assertThat(ledger.post("away", "add", "\"c\",2")).contains("\"service_unavailable\"");
                assertThat(ledger.post("other", "add", "\"c\",2")).contains("\"service_unavailable\"");
                postgres = postgres(port, data);
                long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BACK_SECONDS);
                while (System.nanoTime() < end
                        && !ledger.post("away", "add", "\"c\",3").equals("{\"output\":2}")) {
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                assertThat(ledger.post("away", "entries", "\"c\"")).isEqualTo("{\"output\":[1,3]}");
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

    private static void killAgainAndAgain(String database, EnterpriseArchive ear) throws Exception {
        Path file = Report.folder("crash").resolve("thespis.ear");
        ear.addAsLibrary(TillEar.library()).as(ZipExporter.class).exportTo(file.toFile(), true);
        try (ServerProcess server = new ServerProcess("crash-" + database, file)) {
            CrashTally ledgers = new CrashTally(server, "ledger");
            CrashTally tills = new CrashTally(server, "till");
            List<CrashTally> both = List.of(ledgers, tills);
            server.start();
            for (int round = 0; round < ROUNDS; round++) {
                for (CrashTally tally : both) {
                    tally.load(database + "-" + System.nanoTime() + "-");
                }
                ledgers.awaitSome(SOME_ENTRIES); // the first calls on a server take as long as they do
                tills.awaitSome(SOME_TILLS);
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(MIN_LOAD_MILLIS, MAX_LOAD_MILLIS));
                server.kill();
                server.start();
                for (CrashTally tally : both) {
                    tally.compare();
                    Report.write(
                            "crashes-" + tally.type() + "-" + database,
                            tally.summary(database)); // of a run that is cut off, too
                }
            }
            ledgers.requireNothingWrong(database, false);
            tills.requireNothingWrong(database, true);
            ledgers.requireSomethingDone(SOME_ENTRIES * ROUNDS);
            tills.requireSomethingDone(SOME_TILLS * ROUNDS);
        }
    }
}
