package org.thespis.host.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Creates the tables in an empty database, and brings those of older versions up to date. */
final class Schema {

    private static final String HISTORY_TABLE = "thespis_schema";
    private static final String SCRIPTS = "classpath:org/thespis/host/jdbc";

    private Schema() {}

    /** @throws org.flywaydb.core.api.FlywayException if the database is newer than this version, or out of reach */
    static void migrate(DataSource dataSource) throws SQLException {
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(SCRIPTS)
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true) // tables of others may be there
                .baselineVersion("0")
                .placeholders(Map.of("text", textType(dataSource)))
                .load()
                .migrate();
    }

    /** Text without a limit worth noticing, kept in the row if it is short. */
    private static String textType(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return product.equals("H2") ? "VARCHAR(1000000000)" : "TEXT";
        }
    }
}
