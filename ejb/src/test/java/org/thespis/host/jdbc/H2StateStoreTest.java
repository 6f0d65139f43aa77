package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.StateStoreContract;

class H2StateStoreTest extends StateStoreContract {

    @TempDir
    Path folder;

    private JdbcConnectionPool pool;
    private StateStore store;

    @BeforeEach
    void open() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("actors"), "sa", "");
        store = JdbcStateStore.open(pool);
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Override
    protected StateStore store() {
        return store;
    }

    @Test
    void openingAgainChangesNothing() {
        assertThat(JdbcStateStore.open(pool).list("nothing", 1)).isEmpty();
    }

    @Test
    void openingTellsNothingButWhatChanged() {
        List<String> lines = new ArrayList<>();
        Handler all = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(new SimpleFormatter().formatMessage(record));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(all);
        try {
            JdbcStateStore.open(pool);
            assertThat(lines).isEmpty();
            JdbcConnectionPool empty = JdbcConnectionPool.create("jdbc:h2:mem:tells", "sa", "");
            JdbcStateStore.open(empty);
            empty.dispose();
            assertThat(lines).singleElement().asString().startsWith("the tables of actors were brought to version ");
        } finally {
            root.removeHandler(all);
        }
    }

    @Test
    void anOlderDatabaseIsBroughtUpToDate() throws SQLException {
        JdbcConnectionPool older = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("older"), "sa", "");
        Upgrade.keepsStatesAndWakeTimes(older);
        older.dispose();
    }

    @Test
    void veryManyEntriesOfADeletedActorAreRemovedLittleByLittle() throws Exception {
        LeftEntries.areSwept(store, pool);
    }

    @Test
    void twoNodesThatSweepWhatOneActorLeftLeaveNothingAndNothingOfTheNextOneIsGone() throws Exception {
        LeftEntries.areSweptByTwo(store, pool);
    }
}
