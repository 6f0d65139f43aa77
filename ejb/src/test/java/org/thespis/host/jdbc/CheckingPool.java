package org.thespis.host.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/**
 * A pool that runs a query on each connection before it hands it out, as {@code server-config} has the servers do. To ask a
 * connection of H2 whether it is valid is not enough: one of a database that closed itself says yes.
 */
final class CheckingPool {

    private final DataSource source;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    private CheckingPool(DataSource source) {
        this.source = source;
    }

    static DataSource of(DataSource source) {
        CheckingPool pool = new CheckingPool(source);
        return (DataSource) Proxy.newProxyInstance(
                CheckingPool.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> pool.connection());
    }

    private Connection connection() throws SQLException {
        for (Connection next = idle.poll(); next != null; next = idle.poll()) {
            if (answers(next)) {
                return lent(next);
            }
            next.close();
        }
        return lent(source.getConnection());
    }

    private static boolean answers(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            return false;
        }
    }

    private Connection lent(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                CheckingPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        idle.add(connection);
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
