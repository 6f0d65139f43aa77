package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;

/** The file of H2 follows what it holds, not what was ever written. */
class H2CompactionTest {

    private static final int COMMITS = 10_000;
    private static final String ENTRY = "\"" + "x".repeat(60) + "\"";

    /** So often the timer asks for plans while that many commits are made. */
    private static final int COMMITS_PER_SECOND = 1_000;

    @TempDir
    Path folder;

    @Test
    void manyCommitsOfOneEntryNeedLessThanTenTimesWhatTheyHold() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("actors") + ";WRITE_DELAY=0;RETENTION_TIME=0", "sa", "");
        StateStore store = JdbcStateStore.open(pool);
        String id = created(store);
        byte[] value = ENTRY.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < COMMITS; i++) {
            byte[] state = ("{\"size\":" + i + "}").getBytes(StandardCharsets.US_ASCII);
            EntryChange put = new EntryChange.Put("messages", key(i), value);
            store.write(List.of(new Write(id, i + 1, state, OptionalLong.empty(), List.of(put))));
            if (i % COMMITS_PER_SECOND == 0) {
                store.due(0, 1);
            }
        }
        long held = (long) COMMITS * (value.length + key(0).length + "messages".length());
        assertThat(Files.size(folder.resolve("actors.mv.db"))).isLessThan(10 * held);
        assertThat(store.entries(id, new EntryRange("messages", null, null, true, 1, 1_000))
                        .entries()
                        .get(0)
                        .value())
                .isEqualTo(value);
        pool.dispose();
    }

    @Test
    void aLargeStateIsNotWrittenAnewWithThoseOfItsNeighbours() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create(
                "jdbc:h2:file:" + folder.resolve("actors") + ";WRITE_DELAY=0;RETENTION_TIME=0", "sa", "");
        StateStore store = JdbcStateStore.open(pool);
        String small = created(store);
        String large = created(store);
        byte[] much = ("\"" + "y".repeat(2_000_000) + "\"").getBytes(StandardCharsets.US_ASCII);
        store.write(List.of(new Write(large, 1, much, OptionalLong.empty())));
        for (int i = 0; i < 200; i++) {
            byte[] state = Integer.toString(i).getBytes(StandardCharsets.US_ASCII);
            store.write(List.of(new Write(small, i + 1, state, OptionalLong.empty())));
        }
        assertThat(Files.size(folder.resolve("actors.mv.db"))).isLessThan(10L * much.length);
        assertThat(store.load(large).orElseThrow().state()).isEqualTo(much);
        pool.dispose();
    }

    /** A pool that shows nothing of the driver. */
    private static DataSource hiding(DataSource pool) {
        return proxy(DataSource.class, (method, arguments) -> {
            Object result = method.invoke(pool, arguments);
            return result instanceof Connection connection ? hiding(connection) : result;
        });
    }

    private static Connection hiding(Connection connection) {
        Connection[] hiding = new Connection[1];
        hiding[0] = proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("unwrap")) {
                throw new SQLException("not a wrapper");
            }
            Object result = method.invoke(connection, arguments);
            return result instanceof DatabaseMetaData data
                    ? proxy(
                            DatabaseMetaData.class,
                            (of, more) -> of.getName().equals("getConnection") ? hiding[0] : of.invoke(data, more))
                    : result;
        });
        return hiding[0];
    }

    private interface Call {
        Object make(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader() == null ? H2CompactionTest.class.getClassLoader() : type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> {
                    try {
                        return call.make(method, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Test
    void whereThePoolHidesTheDriverThoseWhoAreDueAreFoundAllTheSame() {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:hidden;DB_CLOSE_DELAY=-1", "sa", "");
        StateStore store = JdbcStateStore.open(hiding(pool));
        String id = UUID.randomUUID().toString();
        store.create(new ActorRecord(id, "a", ActorKey.of(id), Instant.EPOCH), new byte[0], 5);
        assertThat(store.due(10, 10)).containsExactly(id);
        assertThat(store.due(10, 10)).containsExactly(id);
        pool.dispose();
    }

    private static String created(StateStore store) {
        String id = UUID.randomUUID().toString();
        store.create(new ActorRecord(id, "a", ActorKey.of(id), Instant.EPOCH), new byte[0], Long.MAX_VALUE);
        return id;
    }

    private static byte[] key(int i) {
        return ByteBuffer.allocate(4).putInt(i).array();
    }
}
