package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
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
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;

/** H2 closes a database that it could not write; it is opened anew with all that was acknowledged. */
class H2ThatClosedItselfTest {

    private static final ActorRecord ACTOR =
            new ActorRecord("a", "name", ActorKey.of("k"), Instant.ofEpochMilli(1_000));

    @TempDir
    Path folder;

    private DataSource pool;
    private StateStore store;
    private long version = 1;

    @BeforeEach
    void open() {
        FullDisk.register();
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(
                "jdbc:h2:full:" + folder.resolve("actors") + ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE");
        source.setUser("sa");
        pool = CheckingPool.of(source);
        store = JdbcStateStore.open(pool);
        store.create(ACTOR, bytes("0"), Long.MAX_VALUE);
    }

    @AfterEach
    void close() throws SQLException {
        FullDisk.FULL.set(false);
        shutDown("SHUTDOWN");
    }

    private void shutDown(String how) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(how);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write(String text) {
        store.write(List.of(new Write(
                "a",
                version,
                bytes(text),
                OptionalLong.empty(),
                List.of(new EntryChange.Put("c", bytes("k" + version), bytes(text))))));
        version++;
    }

    private void assertIs(String text) {
        assertThat(store.load("a").orElseThrow().state()).isEqualTo(bytes(text));
        assertThat(store.entries("a", new EntryRange("c", null, null, true, 1_000, 1_000_000))
                        .entries())
                .hasSize((int) version - 1);
    }

    @Test
    void afterAFullDiskItGoesOnWhenThereIsRoom() {
        for (int i = 1; i <= 20; i++) {
            write("w" + i);
        }
        FullDisk.FULL.set(true);
        assertThatThrownBy(() -> write("lost")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> write("lost, too")).isInstanceOf(StoreException.class);
        FullDisk.FULL.set(false);
        assertIs("w20");
        write("w21");
        assertIs("w21");
    }

    @Test
    void afterAHeapThatWasFullItGoesOnWhenThereIsRoom() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        "jdbc:h2:" + folder.resolve("heap")
                                + ";WRITE_DELAY=0;RETENTION_TIME=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096")
                .redirectErrorStream(true)
                .start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).contains("closed=true kept=true goes on=true");
    }

    @Test
    void afterItWasShutDownItGoesOn() throws SQLException {
        write("w1");
        shutDown("SHUTDOWN IMMEDIATELY");
        assertIs("w1");
        write("w2");
        assertIs("w2");
    }
}
