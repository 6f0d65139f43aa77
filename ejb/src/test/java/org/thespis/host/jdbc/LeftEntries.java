package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;

/** What becomes of the rows of an actor that had very many and was deleted. */
final class LeftEntries {

    private static final int MANY = 2_500;

    private LeftEntries() {}

    static void areSwept(StateStore store, DataSource dataSource) throws SQLException {
        long before = count(dataSource, "thespis_entry");
        ActorKey key = ActorKey.of(UUID.randomUUID().toString());
        String id = create(store, key);
        assertThat(store.delete(id, 2)).isTrue();
        assertThat(count(dataSource, "thespis_entry") - before).isBetween(1L, MANY - 1L);
        for (int i = 0; i < 3; i++) {
            store.due(0, 1);
        }
        assertThat(count(dataSource, "thespis_entry")).isEqualTo(before);
        assertThat(count(dataSource, "thespis_gone")).isZero();
    }

    /**
     * Two nodes sweep what two actors of one key have left, one after the other, while the third one lives: the first node has
     * not committed as the second one begins.
     */
    static void areSweptByTwo(StateStore store, DataSource dataSource) throws Exception {
        long before = count(dataSource, "thespis_entry");
        ActorKey key = ActorKey.of(UUID.randomUUID().toString());
        for (int i = 0; i < 2; i++) {
            assertThat(store.delete(create(store, key), 2)).isTrue();
        }
        String living = create(store, key);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < 6; i++) {
                sweepTwice(dataSource, other);
            }
        } finally {
            other.shutdown();
        }
        assertThat(count(dataSource, "thespis_gone")).isZero();
        assertThat(count(dataSource, "thespis_entry") - before).isEqualTo(MANY);
        store.delete(living);
    }

    private static void sweepTwice(DataSource dataSource, ExecutorService other) throws Exception {
        Entries entries = new Entries(Schema.isH2(dataSource));
        Future<?> second;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            entries.sweep(connection);
            CountDownLatch begun = new CountDownLatch(1);
            second = other.submit(() -> {
                try (Connection own = dataSource.getConnection()) {
                    own.setAutoCommit(false);
                    begun.countDown();
                    entries.sweep(own);
                    own.commit();
                }
                return null;
            });
            begun.await();
            waitsOrEnds(dataSource, second);
            connection.commit();
        }
        second.get(30, TimeUnit.SECONDS);
    }

    /** Until the second one has ended, or waits for a lock of the first one. */
    private static void waitsOrEnds(DataSource dataSource, Future<?> second) throws Exception {
        String waiting = Schema.isH2(dataSource)
                ? "information_schema.sessions WHERE blocker_id IS NOT NULL"
                : "pg_locks WHERE NOT granted";
        for (int i = 0; i < 3_000 && !second.isDone() && count(dataSource, waiting) == 0; i++) {
            Thread.sleep(5);
        }
    }

    /** An actor with very many entries, of version 2. */
    private static String create(StateStore store, ActorKey key) {
        String id = UUID.randomUUID().toString();
        store.create(new ActorRecord(id, "left", key, Instant.EPOCH), new byte[0], Long.MAX_VALUE);
        List<EntryChange> entries = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            entries.add(
                    new EntryChange.Put("c", ByteBuffer.allocate(4).putInt(i).array(), new byte[] {'1'}));
        }
        store.write(List.of(new Write(id, 1, new byte[0], OptionalLong.empty(), entries)));
        return id;
    }

    private static long count(DataSource dataSource, String table) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }
}
