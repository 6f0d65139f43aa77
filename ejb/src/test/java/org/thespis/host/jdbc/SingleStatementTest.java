package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;

/** What is one statement is run without a transaction around it, on a connection that others have used. */
class SingleStatementTest {

    @TempDir
    Path folder;

    private Connection only;
    private StateStore store;
    private boolean answersGetLost;

    @BeforeEach
    void open() throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("actors"));
        source.setUser("sa");
        only = source.getConnection();
        store = JdbcStateStore.open(proxy(DataSource.class, source, "getConnection", () -> lent(only)));
        store.create(
                new ActorRecord("a", "name", ActorKey.of("k"), Instant.ofEpochMilli(1)), bytes("0"), Long.MAX_VALUE);
    }

    @AfterEach
    void close() throws SQLException {
        only.close();
    }

    private interface Instead {
        Object get() throws Exception;
    }

    private static <T> T proxy(Class<T> type, T real, String name, Instead instead) {
        return type.cast(Proxy.newProxyInstance(
                SingleStatementTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        method.getName().equals(name) ? instead.get() : method.invoke(real, arguments)));
    }

    /** As a pool does: it is not closed, and stays as it was left. */
    private Connection lent(Connection real) {
        Connection kept = proxy(Connection.class, real, "close", () -> null);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(kept, arguments);
                    return result instanceof PreparedStatement statement ? losing(statement) : result;
                });
    }

    private PreparedStatement losing(PreparedStatement real) {
        return proxy(PreparedStatement.class, real, "executeBatch", () -> {
            int[] done = real.executeBatch();
            if (answersGetLost) {
                throw new SQLException("the answer got lost");
            }
            return done;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write() {
        store.write(List.of(new Write("a", 1, bytes("1"), OptionalLong.empty())));
    }

    private void leaveHalfDone() throws SQLException {
        only.setAutoCommit(false);
        try (Statement statement = only.createStatement()) {
            statement.executeUpdate("UPDATE thespis_state SET state = 'half'");
        }
    }

    @Test
    void aWriteWhoseAnswerGotLostIsNotSaidToHaveChangedNothing() {
        answersGetLost = true;
        assertThatThrownBy(this::write)
                .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isOutcomeUnknown())
                        .isTrue());
        assertThat(store.load("a").orElseThrow().state()).isEqualTo(bytes("1"));
    }

    @Test
    void aWriteDoesNotCommitWhatSomebodyLeftHalfDone() throws SQLException {
        leaveHalfDone();
        write();
        only.rollback();
        assertThat(store.load("a").orElseThrow().state()).isEqualTo(bytes("1"));
    }

    @Test
    void aReadDoesNotSeeWhatSomebodyLeftHalfDone() throws SQLException {
        leaveHalfDone();
        assertThat(store.load("a").orElseThrow().state()).isEqualTo(bytes("0"));
    }
}
