package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;

/** What a database of an older version must keep when the store opens it. */
final class Upgrade {

    private Upgrade() {}

    /** Of version 2, in which each state had the time at which its actor is to be woken. */
    static void keepsStatesAndWakeTimes(DataSource empty) throws SQLException {
        migrateToVersion2(empty);
        try (Connection connection = empty.getConnection();
                Statement statement = connection.createStatement()) {
            for (String actor : new String[] {"planned", "idle"}) {
                statement.executeUpdate("INSERT INTO thespis_actor (id, name, actor_key, created) VALUES ('" + actor
                        + "', 'old', '" + actor + "', 1)");
            }
            statement.executeUpdate("INSERT INTO thespis_state (actor_id, version, wake_at, state) VALUES"
                    + " ('planned', 3, 1000, 'p'), ('idle', 4, 9223372036854775807, 'i')");
        }
        StateStore store = JdbcStateStore.open(empty);
        assertThat(store.due(Long.MAX_VALUE, 10)).containsExactly("planned");
        assertThat(store.due(Long.MAX_VALUE, 10, Set.of("old"))).containsExactly("planned");
        assertThat(store.due(Long.MAX_VALUE, 10, Set.of("other"))).isEmpty();
        plansOfAnOlderVersionBesideAreFound(empty, store);
        StoredActor idle = store.load("idle").orElseThrow();
        assertThat(idle.version()).isEqualTo(4);
        assertThat(idle.state()).isEqualTo("i".getBytes(StandardCharsets.UTF_8));
    }

    /** It knows no names of types there. */
    private static void plansOfAnOlderVersionBesideAreFound(DataSource dataSource, StateStore store)
            throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO thespis_wake (actor_id, wake_at) VALUES ('idle', 5)");
        }
        assertThat(store.due(Long.MAX_VALUE, 10, Set.of("old"))).containsExactly("idle", "planned");
    }

    private static void migrateToVersion2(DataSource empty) {
        Flyway.configure()
                .dataSource(empty)
                .locations("classpath:org/thespis/host/jdbc")
                .table("thespis_schema")
                .placeholders(Map.of("text", "VARCHAR(1000)", "bytes", "none yet"))
                .target("2")
                .load()
                .migrate();
    }
}
