package org.thespis.cluster.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.thespis.cluster.Lease;

/** The lease as a row of the table {@code thespis_lease}, which is made if need be. */
public final class JdbcLease implements Lease {

    private static final int TIMEOUT_SECONDS = 5;
    private static final String READ = "SELECT owner, beat FROM thespis_lease WHERE cluster = ?";
    private static final String RENEW =
            "UPDATE thespis_lease SET owner = ?, beat = beat + 1 WHERE cluster = ? AND owner = ? AND beat = ?";
    private static final String FIRST = "INSERT INTO thespis_lease (owner, beat, cluster) VALUES (?, 1, ?)";
    private static final String MAKE = "CREATE TABLE thespis_lease (cluster VARCHAR(200) NOT NULL PRIMARY KEY,"
            + " owner VARCHAR(200) NOT NULL, beat BIGINT NOT NULL)";

    private final DataSource dataSource;
    private final String cluster;

    public JdbcLease(DataSource dataSource, String cluster) {
        this.dataSource = dataSource;
        this.cluster = cluster;
    }

    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T use(String sql, Use<T> use) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            return use.of(statement);
        } catch (SQLException e) {
            throw new IllegalStateException("the lease cannot be reached", e);
        }
    }

    /** Makes the table; two nodes may do so at once. Blocks. */
    public void prepare() {
        try {
            read();
        } catch (IllegalStateException missing) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(MAKE);
            } catch (SQLException e) {
                read(); // another node has made it
            }
        }
    }

    @Override
    public Optional<Row> read() {
        return use(READ, statement -> {
            statement.setString(1, cluster);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(new Row(rows.getString(1), rows.getLong(2))) : Optional.empty();
            }
        });
    }

    @Override
    public boolean take(Optional<Row> seen, String owner) {
        if (seen.isEmpty()) {
            return first(owner);
        }
        return use(RENEW, statement -> {
            statement.setString(1, owner);
            statement.setString(2, cluster);
            statement.setString(3, seen.get().owner());
            statement.setLong(4, seen.get().beat());
            return statement.executeUpdate() == 1;
        });
    }

    private boolean first(String owner) {
        try {
            return use(FIRST, statement -> {
                statement.setString(1, owner);
                statement.setString(2, cluster);
                return statement.executeUpdate() == 1;
            });
        } catch (IllegalStateException e) {
            if (read().isPresent()) {
                return false; // another node was first
            }
            throw e;
        }
    }
}
