package org.thespis.host.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.logging.LogFactory;
import org.flywaydb.core.api.output.MigrateResult;

/** Creates the tables in an empty database, and brings those of older versions up to date. */
final class Schema {

    private static final Logger LOG = System.getLogger(Schema.class.getName());
    private static final String HISTORY_TABLE = "thespis_schema";
    private static final String SCRIPTS = "classpath:org/thespis/host/jdbc";

    /** How many bytes of a text H2 keeps in its row: about a page of a table. */
    private static final String H2_IN_ROW = "SET MAX_LENGTH_INPLACE_LOB 16384";

    private static final String H2_APART =
            H2_IN_ROW + "; ALTER TABLE thespis_state ALTER COLUMN state SET DATA TYPE CLOB;"
                    + " ALTER TABLE thespis_entry ALTER COLUMN entry_value SET DATA TYPE CLOB";

    private Schema() {}

    /** @throws org.flywaydb.core.api.FlywayException if the database is newer than this version, or out of reach */
    static void migrate(DataSource dataSource) throws SQLException {
        Flyway flyway = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(SCRIPTS)
                .table(HISTORY_TABLE)
                .baselineOnMigrate(true) // tables of others may be there
                .baselineVersion("0")
                .placeholders(placeholders(dataSource))
                .load();
        LogFactory.setLogCreator(new SchemaLog()); // which to load has set back
        MigrateResult result = flyway.migrate();
        if (result.migrationsExecuted > 0) {
            LOG.log(Level.INFO, "the tables of actors were brought to version {0}", result.targetSchemaVersion);
        }
    }

    /** Text without a limit worth noticing, kept in the row if it is short, and bytes of keys. */
    private static Map<String, String> placeholders(DataSource dataSource) throws SQLException {
        return isH2(dataSource)
                ? Map.of("text", "VARCHAR(1000000000)", "bytes", "VARBINARY(1024)", "apart", H2_APART)
                : Map.of("text", "TEXT", "bytes", "BYTEA", "apart", "SELECT 1");
    }

    static boolean isH2(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("H2");
        }
    }
}
