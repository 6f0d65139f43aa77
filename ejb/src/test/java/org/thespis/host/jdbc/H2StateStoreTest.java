package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
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
