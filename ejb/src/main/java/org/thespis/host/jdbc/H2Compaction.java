package org.thespis.host.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Has H2 use the space anew of which little is left in use, while the database is open. With {@code WRITE_DELAY=0} H2 has no
 * thread that does so, and each commit of one small row left 2 KB in the file for good. H2 offers it to Java only; as the
 * driver is the server's, it is called by reflection. Used by one thread at a time.
 */
final class H2Compaction {

    private static final Logger LOG = System.getLogger(H2Compaction.class.getName());

    /** What is written together is rewritten when so little of all is in use. */
    private static final int FILL_PERCENT = 30;

    /** Rewritten at a time, for which commits wait some 50 ms. */
    private static final int MAX_BYTES = 2 * 1_024 * 1_024;

    private boolean refused; // it is another H2, or one in another process

    /** Rewrites some of the file if that is worth it. */
    void run(DataSource dataSource) throws SQLException {
        if (refused) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            Object store = store(connection);
            if (store != null) {
                store.getClass().getMethod("compact", int.class, int.class).invoke(store, FILL_PERCENT, MAX_BYTES);
            }
        } catch (InvocationTargetException e) {
            throw new SQLException("H2 could not use its space anew", e.getCause());
        } catch (ReflectiveOperationException e) {
            refuse(e);
        }
    }

    private void refuse(Exception e) {
        refused = true;
        LOG.log(Level.INFO, "this H2 uses its space anew only when it is closed: " + e);
    }

    /** The {@code MVStore} behind a connection of a pool; null if that does not show it. */
    private Object store(Connection connection) throws ReflectiveOperationException {
        Object driver;
        try {
            driver = ofDriver(connection);
        } catch (SQLException | RuntimeException e) { // a pool that hides it
            refuse(e);
            return null;
        }
        return storeOf(driver);
    }

    /** The connection of H2 behind that of a pool: WildFly's shows it in its metadata, Payara's unwraps it. */
    private static Object ofDriver(Connection connection) throws SQLException, ClassNotFoundException {
        Connection behind = connection.getMetaData().getConnection();
        if (behind.getClass().getName().startsWith("org.h2.")) {
            return behind;
        }
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return connection.unwrap(Class.forName("org.h2.jdbc.JdbcConnection", false, loader));
    }

    private static Object storeOf(Object connection) throws ReflectiveOperationException {
        Object result = connection;
        for (String getter : new String[] {"getSession", "getDatabase", "getStore", "getMvStore"}) {
            result = result.getClass().getMethod(getter).invoke(result);
        }
        return result;
    }
}
