package org.thespis.host.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.thespis.api.spi.StoreException;

/** Finds out whether a data source takes part in the transactions of the server: by trying, as nothing else says so for all. */
final class JtaProbe {

    private static final Logger LOG = System.getLogger(JtaProbe.class.getName());
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private JtaProbe() {}

    /** Whether what is written in a transaction goes when that is rolled back. Called by a thread that is in none. */
    static boolean takesPart(DataSource dataSource, Jta jta) {
        long mine = -ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE); // no number of an actor
        try {
            JtaTransaction.begin(jta, TIMEOUT);
            try {
                run(dataSource, "INSERT INTO thespis_gone (actor_number) VALUES (?)", mine);
                if (!isThere(dataSource, mine)) {
                    return false; // it writes on its own, and throws it away
                }
            } finally {
                JtaTransaction.leave(jta);
            }
            if (isThere(dataSource, mine)) {
                run(dataSource, "DELETE FROM thespis_gone WHERE actor_number = ?", mine);
                return false;
            }
            return true;
        } catch (SQLException | StoreException e) {
            LOG.log(Level.WARNING, "the data source could not be tried in a transaction", e);
            return false;
        }
    }

    private static void run(DataSource dataSource, String sql, long number) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, number);
            statement.executeUpdate();
        }
    }

    private static boolean isThere(DataSource dataSource, long number) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT 1 FROM thespis_gone WHERE actor_number = ?")) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }
}
