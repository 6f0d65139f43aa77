package org.thespis.host.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class H2RowsOfFormatOneTest extends RowsOfFormatOne {

    @TempDir
    Path folder;

    private JdbcConnectionPool pool;

    @Override
    DataSource empty() {
        pool = JdbcConnectionPool.create("jdbc:h2:file:" + folder.resolve("older"), "sa", "");
        return pool;
    }

    @Override
    String dump() {
        return "h2.sql";
    }

    @AfterEach
    @Override
    void end() {
        super.end();
        pool.dispose();
    }
}
