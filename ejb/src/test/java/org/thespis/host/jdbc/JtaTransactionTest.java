package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
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
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoreTransaction;
import org.thespis.api.spi.StoreTransaction.Outcome;

/** A state that is written in a JTA transaction, on H2, with a transaction manager in the hand of the test. */
class JtaTransactionTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String ID = "id";

    @TempDir
    Path folder;

    private JdbcConnectionPool pool;
    private FakeJta jta;
    private StateStore store;

    @BeforeEach
    void open() throws SQLException {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("actors") + ";LOCK_TIMEOUT=5000", "sa", "");
        jta = new FakeJta(pool);
        store = JdbcStateStore.open(jta.dataSource(), jta.jta());
        store.create(
                new ActorRecord(ID, "till", ActorKey.of("a"), Instant.EPOCH), bytes("{\"count\":0}"), Long.MAX_VALUE);
        run("CREATE TABLE author_row (number INT)");
    }

    @AfterEach
    void close() {
        assertThat(jta.getStatus()).as("of this thread").isEqualTo(Status.STATUS_NO_TRANSACTION);
        pool.dispose();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Write write(long version, String state) {
        EntryChange entry = new EntryChange.Put("lines", bytes("k"), bytes("1"));
        return new Write(ID, version, bytes(state), OptionalLong.of(7), List.of(entry));
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = jta.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    private int rows(String table) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM " + table);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** All that a transaction was to do, or nothing. */
    private void isThere(boolean all) throws SQLException {
        EntryRange range = new EntryRange("lines", null, null, false, 10, 1_000);
        assertThat(store.load(ID).orElseThrow().version()).isEqualTo(all ? 2 : 1);
        assertThat(store.entries(ID, range).entries()).hasSize(all ? 1 : 0);
        assertThat(store.due(10, 10)).hasSize(all ? 1 : 0);
        assertThat(rows("author_row")).isEqualTo(all ? 1 : 0);
    }

    private StoreTransaction begun() throws SQLException {
        StoreTransaction transaction = store.begin(LIMIT);
        assertThat(transaction.isActive()).isTrue();
        run("INSERT INTO author_row VALUES (1)");
        return transaction;
    }

    private StoreTransaction written() throws SQLException {
        StoreTransaction transaction = begun();
        assertThat(transaction.write(write(1, "{\"count\":1}"))).isTrue();
        return transaction;
    }

    @Test
    void stateEntriesWakeTimeAndRowsAreCommittedTogether() throws SQLException {
        assertThat(written().commit()).isEqualTo(Outcome.COMMITTED);
        isThere(true);
    }

    @Test
    void orNothingIs() throws SQLException {
        written().rollback();
        isThere(false);
    }

    @Test
    void anotherVersionIsRefused() throws SQLException {
        StoreTransaction transaction = begun();
        assertThat(transaction.write(write(2, "{\"count\":1}"))).isFalse();
        transaction.rollback();
        isThere(false);
    }

    @Test
    void theActorIsRemovedWithTheCommit() throws SQLException {
        StoreTransaction transaction = begun();
        assertThat(transaction.delete(ID, 1)).isTrue();
        transaction.rollback();
        isThere(false);
        transaction = begun();
        assertThat(transaction.delete(ID, 1)).isTrue();
        assertThat(transaction.commit()).isEqualTo(Outcome.COMMITTED);
        assertThat(store.find(ID)).isEmpty();
    }

    @Test
    void aCommitThatIsRefusedIsKnownToBeRolledBack() throws SQLException {
        jta.commit = FakeJta.Commit.REFUSED;
        assertThat(written().commit()).isEqualTo(Outcome.ROLLED_BACK);
        isThere(false);
    }

    @Test
    void aCommitThatCameThroughIsFoundThoughTheServerSaysItDidNot() throws SQLException {
        jta.commit = FakeJta.Commit.DONE_UNSEEN;
        assertThat(written().commit()).isEqualTo(Outcome.COMMITTED);
        isThere(true);
    }

    @Test
    void oneThatMayStillComeThroughIsWaitedFor() throws Exception {
        jta.commit = FakeJta.Commit.HANGS;
        StoreTransaction transaction = written();
        CompletableFuture<Void> later = new CompletableFuture<>();
        Thread database = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(500);
                FakeJta.end(jta.hanging, true);
                later.complete(null);
            } catch (InterruptedException | SQLException e) {
                later.completeExceptionally(e);
            }
        });
        database.start();
        assertThat(transaction.commit()).isEqualTo(Outcome.COMMITTED);
        later.get(5, TimeUnit.SECONDS);
        isThere(true);
    }

    @Test
    void whatNobodyCanSayIsUnknown() throws SQLException {
        jta.commit = FakeJta.Commit.REFUSED;
        StoreTransaction transaction = store.begin(LIMIT);
        transaction.write(write(1, "{\"count\":1}"));
        jta.commit = FakeJta.Commit.HANGS; // and does not let go
        assertThat(transaction.commit()).isEqualTo(Outcome.UNKNOWN);
        FakeJta.end(jta.hanging, false);
    }

    @Test
    void whatAnotherNodeWroteMeanwhileLeavesItUnknown() throws SQLException {
        jta.commit = FakeJta.Commit.DONE_UNSEEN;
        StoreTransaction transaction = written();
        jta.behind = () -> store.write(List.of(new Write(ID, 2, bytes("{\"count\":9}"), OptionalLong.empty())));
        assertThat(transaction.commit()).isEqualTo(Outcome.UNKNOWN);
    }

    @Test
    void onlyTheTurnMayCommitIt() throws Exception {
        StoreTransaction transaction = written();
        assertThatThrownBy(jta::commit).isInstanceOf(RollbackException.class);
        assertThat(transaction.isActive()).isFalse();
        transaction.rollback();
        isThere(false);
    }

    @Test
    void whatTheAuthorBeganInItsPlaceIsRolledBack() throws Exception {
        StoreTransaction transaction = written();
        jta.rollback();
        jta.begin();
        run("INSERT INTO author_row VALUES (1)");
        assertThat(transaction.isActive()).isFalse();
        transaction.rollback();
        isThere(false);
    }

    @Test
    void aThreadThatIsInATransactionBeginsNoOther() throws Exception {
        jta.begin();
        assertThatThrownBy(() -> store.begin(LIMIT)).isInstanceOf(StoreException.class);
        assertThat(jta.getStatus()).as("it is still in its own").isEqualTo(Status.STATUS_ACTIVE);
        jta.rollback();
    }

    @Test
    void theTimeOutIsOfThisTransactionOnly() {
        store.begin(Duration.ofMillis(1_200)).rollback();
        store.begin(Duration.ofMillis(1)).rollback();
        store.begin(Duration.ofDays(36_500)).rollback();
        assertThat(jta.timeouts).containsExactly(2, 0, 1, 0, 1_000_000, 0);
    }

    @Test
    void aDataSourceThatTakesPartIsKnownByTrying() throws SQLException {
        assertThat(store.hasTransactions()).isTrue();
        assertThat(JdbcStateStore.open(pool, jta.jta()).hasTransactions())
                .as("each statement on its own")
                .isFalse();
        assertThat(JdbcStateStore.open(pool).hasTransactions()).isFalse();
        assertThat(JtaProbe.takesPart(forgetful(), jta.jta()))
                .as("nothing commits")
                .isFalse();
        assertThat(rows("thespis_gone")).isZero();
    }

    /** Whose connections have no transaction of the server and commit nothing. */
    private DataSource forgetful() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    Connection connection = pool.getConnection();
                    connection.setAutoCommit(false);
                    return Proxy.newProxyInstance(
                            getClass().getClassLoader(), new Class<?>[] {Connection.class}, (p, m, a) -> {
                                if (m.getName().equals("close")) {
                                    FakeJta.end(connection, false);
                                    return null;
                                }
                                return m.invoke(connection, a);
                            });
                });
    }
}
