package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;

/** Whatever breaks in the middle of a transaction, nothing of it is done. */
class HalfATransactionTest {

    @TempDir
    Path folder;

    private StateStore store;

    /** Runs before each statement for entries, which come behind those for states. */
    private Callable<?> beforeEntries = () -> null;

    private Callable<?> beforeRollback = () -> null;

    @BeforeEach
    void open() {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("actors"));
        source.setUser("sa");
        store = JdbcStateStore.open((DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    return breaking(source.getConnection());
                }));
        store.create(
                new ActorRecord("a", "name", ActorKey.of("k"), Instant.ofEpochMilli(1)), bytes("0"), Long.MAX_VALUE);
    }

    private Connection breaking(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            && ((String) arguments[0]).contains("thespis_entry")) {
                        beforeEntries.call();
                    }
                    if (method.getName().equals("rollback")) {
                        beforeRollback.call();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write() {
        store.write(List.of(new Write(
                "a", 1, bytes("1"), OptionalLong.empty(), List.of(new EntryChange.Put("c", bytes("k"), bytes("v"))))));
    }

    private void assertNothingIsDone() {
        beforeEntries = () -> null;
        assertThat(store.load("a").orElseThrow().state()).isEqualTo(bytes("0"));
        write();
        assertThat(store.load("a").orElseThrow().state()).isEqualTo(bytes("1"));
        assertThat(store.entries("a", new EntryRange("c", null, null, true, 10, 1_000))
                        .entries())
                .hasSize(1);
    }

    @Test
    void anErrorTakesAllBack() {
        beforeEntries = () -> {
            throw new OutOfMemoryError("no heap");
        };
        assertThatThrownBy(this::write).isInstanceOf(OutOfMemoryError.class);
        assertNothingIsDone();
    }

    @Test
    void anErrorTakesAllBackAlsoIfItCannotBeRolledBack() {
        beforeEntries = () -> {
            throw new StackOverflowError();
        };
        beforeRollback = () -> {
            throw new SQLException("not now");
        };
        assertThatThrownBy(this::write).isInstanceOf(StackOverflowError.class);
        assertNothingIsDone();
    }

    @Test
    void aRuntimeExceptionTakesAllBack() {
        beforeEntries = () -> {
            throw new IllegalStateException("a driver");
        };
        assertThatThrownBy(this::write).isInstanceOf(IllegalStateException.class);
        assertNothingIsDone();
    }
}
