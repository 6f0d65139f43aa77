package org.thespis.host.jdbc;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** As the JTA of a server: one connection for each transaction of a thread, and failures in the hand of a test. */
final class FakeJta implements UserTransaction, TransactionSynchronizationRegistry {

    /** What becomes of a commit. */
    enum Commit {
        DONE,
        /** It is done, and the server says that it is rolled back, as the answer did not come. */
        DONE_UNSEEN,
        REFUSED,
        /** Nothing is done yet: the connection is left to the test. */
        HANGS
    }

    private static final class Open {

        private final List<Synchronization> synchronizations = new ArrayList<>();
        private Connection connection;
        private int status = Status.STATUS_ACTIVE;
    }

    private final DataSource plain;
    private final ThreadLocal<Open> present = new ThreadLocal<>();
    final List<Integer> timeouts = new ArrayList<>();
    Commit commit = Commit.DONE;
    Connection hanging;
    Runnable behind = () -> {}; // what happens before the answer comes

    FakeJta(DataSource plain) {
        this.plain = plain;
    }

    Jta jta() {
        return new Jta(this, this);
    }

    /** Whose connections take part. */
    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                FakeJta.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    boolean joins = method.getName().equals("getConnection") && present.get() != null;
                    return joins ? joined(present.get()) : method.invoke(plain, arguments);
                });
    }

    private Connection joined(Open open) throws SQLException {
        if (open.connection == null) {
            open.connection = plain.getConnection();
            open.connection.setAutoCommit(false);
        }
        Connection shared = open.connection;
        return (Connection) Proxy.newProxyInstance(
                FakeJta.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(shared, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void begin() throws NotSupportedException {
        if (present.get() != null) {
            throw new NotSupportedException("this thread is in a transaction");
        }
        present.set(new Open());
    }

    @Override
    public void commit() throws RollbackException {
        Open open = require();
        open.synchronizations.forEach(Synchronization::beforeCompletion);
        present.remove();
        try {
            if (open.connection == null) {
                return;
            }
            switch (open.status == Status.STATUS_ACTIVE ? commit : Commit.REFUSED) {
                case DONE -> end(open.connection, true);
                case DONE_UNSEEN -> {
                    end(open.connection, true);
                    behind.run();
                    throw new RollbackException("as it seems");
                }
                case REFUSED -> {
                    end(open.connection, false);
                    throw new RollbackException("refused");
                }
                default -> {
                    hanging = open.connection;
                    throw new RollbackException("as it seems");
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void end(Connection connection, boolean commit) throws SQLException {
        if (commit) {
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        connection.close();
    }

    private Open require() {
        if (present.get() == null) {
            throw new IllegalStateException("this thread is in no transaction");
        }
        return present.get();
    }

    @Override
    public void rollback() {
        Open open = require();
        present.remove();
        try {
            if (open.connection != null) {
                end(open.connection, false);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void setRollbackOnly() {
        require().status = Status.STATUS_MARKED_ROLLBACK;
    }

    @Override
    public int getStatus() {
        return present.get() == null ? Status.STATUS_NO_TRANSACTION : present.get().status;
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        timeouts.add(seconds);
    }

    @Override
    public Object getTransactionKey() {
        return present.get();
    }

    @Override
    public void putResource(Object key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object getResource(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        require().synchronizations.add(synchronization);
    }

    @Override
    public int getTransactionStatus() {
        return getStatus();
    }

    @Override
    public boolean getRollbackOnly() {
        return require().status == Status.STATUS_MARKED_ROLLBACK;
    }
}
