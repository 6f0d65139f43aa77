package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.runtime.commit.EntryReads;
import org.thespis.runtime.message.ActorException;

/** Entries in a database whose readers lose patience, and which two nodes sweep. */
class EntriesInH2Test {

    private static final int MANY = 4_000;

    @TempDir
    Path folder;

    private JdbcConnectionPool pool;
    private StateStore store;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @BeforeEach
    void open() {
        pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("actors")
                        + ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=1024",
                "sa",
                "");
        store = JdbcStateStore.open(pool);
    }

    @AfterEach
    void close() throws Exception {
        threads.shutdownNow();
        threads.awaitTermination(10, TimeUnit.SECONDS);
        pool.dispose();
    }

    private static String create(StateStore in) {
        String id = UUID.randomUUID().toString();
        in.create(new ActorRecord(id, "a", ActorKey.of(id), Instant.EPOCH), new byte[0], Long.MAX_VALUE);
        return id;
    }

    private static byte[] key(int i) {
        return ByteBuffer.allocate(4).putInt(i).array();
    }

    private static void fill(StateStore in, String id, int many, int length) {
        byte[] value = ("\"" + "x".repeat(length) + "\"").getBytes(StandardCharsets.US_ASCII);
        List<EntryChange> entries = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            entries.add(new EntryChange.Put("c", key(i), value));
        }
        in.write(List.of(new Write(id, 1, new byte[0], OptionalLong.empty(), entries)));
    }

    @Test
    void aReadThatIsGivenUpHarmsNoOtherActor() throws Exception {
        String id = create(store);
        fill(store, id, MANY, 5_000);
        String other = create(store);
        EntryReads reads = new EntryReads(store, threads, Duration.ofMillis(2));
        Random random = new Random(1);
        int late = 0;
        for (int i = 0; i < 300 && late < 100; i++) {
            try {
                reads.read(id, new EntryRange("c", key(random.nextInt(MANY)), null, false, 200, Integer.MAX_VALUE));
            } catch (ActorException e) {
                late++;
            }
        }
        assertThat(late).isPositive();
        assertThatCode(() -> store.load(other)).doesNotThrowAnyException();
        assertThatCode(() -> store.write(List.of(new Write(other, 1, new byte[] {'1'}, OptionalLong.empty()))))
                .doesNotThrowAnyException();
        assertThat(store.load(other).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void twoNodesThatSweepAtOnceLeaveNothing() throws Exception {
        String id = create(store);
        fill(store, id, 6_000, 1);
        assertThat(store.delete(id, 2)).isTrue();
        List<Future<?>> nodes = new ArrayList<>();
        for (int node = 0; node < 2; node++) {
            StateStore one = JdbcStateStore.open(pool);
            nodes.add(threads.submit(() -> {
                while (left() > 0) { // one that finds the other at it does nothing this time
                    one.due(0, 1);
                }
                return null;
            }));
        }
        for (Future<?> node : nodes) {
            node.get(60, TimeUnit.SECONDS);
        }
        assertThat(left()).isZero();
    }

    private long left() throws SQLException {
        try (var connection = pool.getConnection();
                var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM thespis_entry")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
