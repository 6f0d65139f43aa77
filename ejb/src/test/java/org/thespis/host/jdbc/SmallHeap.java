package org.thespis.host.jdbc;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;

/**
 * Fills its own heap until H2 closes the database, makes room again and goes on: {@code SmallHeap URL}, to be run with a heap
 * of some 100 MB. Prints how it went; ends with 0 if what was acknowledged is there.
 */
final class SmallHeap {

    private static final int STATE_BYTES = 400_000;
    private static final int BALLAST_BYTES = 32_000;
    private static final int MAX_TRIES = 2_000;
    private static final int MAX_OPENINGS = 1_000;

    private final DataSource pool;
    private final StateStore store;
    private final List<byte[]> ballast = new ArrayList<>();
    private long version = 1;
    private long acknowledged;

    private SmallHeap(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        pool = CheckingPool.of(source);
        store = JdbcStateStore.open(pool);
    }

    public static void main(String[] args) throws SQLException {
        SmallHeap heap = new SmallHeap(args[0]);
        heap.store.create(
                new ActorRecord("a", "name", ActorKey.of("k"), Instant.ofEpochMilli(1_000)), state(0), Long.MAX_VALUE);
        heap.write(1);
        boolean closed = heap.writeUntilClosed();
        heap.ballast.clear();
        boolean kept = heap.isKept();
        long before = heap.acknowledged;
        heap.write(before + 1);
        System.out.println("closed=" + closed + " kept=" + kept + " goes on=" + (heap.stored() == before + 1));
        System.exit(closed && kept && heap.stored() == before + 1 ? 0 : 1);
    }

    private boolean writeUntilClosed() throws SQLException {
        Connection open = pool.getConnection(); // one that was there before
        for (int i = 2; i < MAX_TRIES; i++) {
            fill();
            try {
                write(i);
            } catch (StoreException | OutOfMemoryError e) {
                ballast.clear();
                if (isClosed(open)) {
                    open.close(); // as a pool does that checks
                    return true;
                }
                version = store.load("a").orElseThrow().version();
            }
        }
        return false;
    }

    /** Leaves some room, another amount each time, as what it is that finds none decides what happens. */
    private void fill() {
        try {
            while (true) {
                ballast.add(new byte[BALLAST_BYTES]);
            }
        } catch (OutOfMemoryError e) {
            int room = 1 + (int) (version * 7 % 60);
            for (int i = 0; i < room && !ballast.isEmpty(); i++) {
                ballast.remove(ballast.size() - 1);
            }
        }
    }

    private static boolean isClosed(Connection connection) {
        try (var statement = connection.createStatement()) {
            statement.execute("SET @ALIVE 1");
            return false;
        } catch (SQLException e) {
            return true;
        }
    }

    private void write(long number) {
        store.write(List.of(new Write("a", version, state(number), OptionalLong.empty(), List.of())));
        version++;
        acknowledged = number;
    }

    /** What was told as lost may have been written; what was acknowledged must have been. */
    private boolean isKept() {
        version = whenOpen().version();
        return stored() >= acknowledged;
    }

    private StoredActor whenOpen() {
        StoreException last = null;
        for (int i = 0; i < MAX_OPENINGS; i++) {
            try {
                return store.load("a").orElseThrow();
            } catch (StoreException e) {
                last = e;
            }
            pause(); // the lock goes when the collector's own thread has come to it
        }
        throw last;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long stored() {
        return ByteBuffer.wrap(store.load("a").orElseThrow().state()).getLong();
    }

    private static byte[] state(long number) {
        return ByteBuffer.allocate(STATE_BYTES).putLong(number).array();
    }
}
