package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.StateStoreContract;

/** With the real server, from its binaries. */
class PostgreSqlStateStoreTest extends StateStoreContract {

    private static EmbeddedPostgres postgres;
    private static StateStore store;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        store = JdbcStateStore.open(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    protected StateStore store() {
        return store;
    }

    @Test
    void anOlderDatabaseIsBroughtUpToDate() throws Exception {
        try (EmbeddedPostgres older = EmbeddedPostgres.start()) {
            Upgrade.keepsStatesAndWakeTimes(older.getPostgresDatabase());
        }
    }

    @Test
    void aDatabaseThatIsAwayIsAStoreException() throws IOException {
        EmbeddedPostgres other = EmbeddedPostgres.start();
        StateStore lost = JdbcStateStore.open(other.getPostgresDatabase());
        other.close();
        assertThatThrownBy(() -> lost.find("x")).isInstanceOf(StoreException.class);
    }

    @Test
    void veryManyEntriesOfADeletedActorAreRemovedLittleByLittle() throws Exception {
        LeftEntries.areSwept(store, postgres.getPostgresDatabase());
    }

    @Test
    void twoNodesThatSweepWhatOneActorLeftLeaveNothingAndNothingOfTheNextOneIsGone() throws Exception {
        LeftEntries.areSweptByTwo(store, postgres.getPostgresDatabase());
    }
}
