package org.thespis.host.jdbc;

import jakarta.transaction.NotSupportedException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoreTransaction;
import org.thespis.api.spi.StoredActor;

/** A JTA transaction of the thread that began it, which only that one may commit. */
final class JtaTransaction implements StoreTransaction, Synchronization {

    private static final Logger LOG = System.getLogger(JtaTransaction.class.getName());

    /** In place of longer times, which servers count in milliseconds. */
    private static final long MAX_SECONDS = 1_000_000;

    private final JdbcStateStore store;
    private final DataSource dataSource;
    private final Jta jta;
    private final Object key;
    private volatile boolean committing;
    private Write written; // null until there is one
    private boolean over;

    private JtaTransaction(JdbcStateStore store, DataSource dataSource, Jta jta) {
        this.store = store;
        this.dataSource = dataSource;
        this.jta = jta;
        this.key = jta.registry().getTransactionKey();
    }

    static JtaTransaction begin(JdbcStateStore store, DataSource dataSource, Jta jta, Duration timeout) {
        begin(jta, timeout);
        try {
            JtaTransaction begun = new JtaTransaction(store, dataSource, jta);
            jta.registry().registerInterposedSynchronization(begun);
            return begun;
        } catch (RuntimeException e) {
            leave(jta);
            throw new StoreException("a transaction could not be begun: " + e.getMessage(), e);
        }
    }

    static void begin(Jta jta, Duration timeout) {
        long seconds = Math.min(Math.max(1, timeout.plusMillis(999).toSeconds()), MAX_SECONDS);
        try {
            jta.user().setTransactionTimeout((int) seconds);
            try {
                jta.user().begin();
            } finally {
                jta.user().setTransactionTimeout(0); // what is set counts for the next ones of this thread, too
            }
        } catch (NotSupportedException | SystemException | RuntimeException e) {
            throw new StoreException("a transaction could not be begun: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean isActive() {
        return !over
                && jta.status() == Status.STATUS_ACTIVE
                && key.equals(jta.registry().getTransactionKey());
    }

    @Override
    public boolean write(Write write) {
        written = write;
        return join(connection -> store.write(connection, List.of(write)).isEmpty());
    }

    @Override
    public boolean delete(String id, long version) {
        return join(connection -> store.delete(connection, id, version));
    }

    @FunctionalInterface
    private interface Joining {
        boolean run(Connection connection) throws SQLException;
    }

    /** On a connection that the server makes part of the transaction. */
    private boolean join(Joining joining) {
        try (Connection connection = dataSource.getConnection()) {
            return joining.run(connection);
        } catch (SQLException e) {
            throw new StoreException("the database failed: " + e.getMessage(), e);
        }
    }

    @Override
    public Outcome commit() {
        committing = true;
        over = true;
        try {
            jta.user().commit();
            return Outcome.COMMITTED;
        } catch (Exception | Error e) { // servers also say that it is rolled back where the database did not answer
            LOG.log(Level.WARNING, "a transaction could not be committed", e);
            leave(jta);
            return find();
        }
    }

    /** What became of it, as the state that it was to write says. */
    private Outcome find() {
        if (written == null) {
            return Outcome.UNKNOWN;
        }
        try {
            Optional<StoredActor> stored = store.loadBehindWriters(written.actorId());
            long version = stored.map(StoredActor::version).orElse(0L);
            if (version == written.version()) {
                return Outcome.ROLLED_BACK;
            }
            boolean ours = version == written.version() + 1
                    && Arrays.equals(stored.get().state(), written.state());
            return ours ? Outcome.COMMITTED : Outcome.UNKNOWN;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "what became of a transaction is not known", e);
            return Outcome.UNKNOWN;
        }
    }

    @Override
    public void rollback() {
        if (!over) {
            over = true;
            leave(jta);
        }
    }

    /** Sees to it that this thread is in no transaction, also of one that was begun in the place of another. */
    static void leave(Jta jta) {
        if (isOut(jta)) {
            return;
        }
        try {
            jta.user().rollback();
        } catch (Exception
                | Error e) { // it may have been rolled back by its time-out, and the thread know nothing of it
            LOG.log(Level.DEBUG, "a transaction was over already", e);
        }
        if (isOut(jta)) {
            return;
        }
        LOG.log(Level.ERROR, "a thread is still in a transaction that is over, of state {0}", jta.status());
    }

    private static boolean isOut(Jta jta) {
        return jta.status() == Status.STATUS_NO_TRANSACTION;
    }

    /** An author may not commit what the turn has not finished. */
    @Override
    public void beforeCompletion() {
        if (!committing) {
            LOG.log(Level.WARNING, "a transactional action may not end its transaction itself; it is rolled back");
            jta.registry().setRollbackOnly();
        }
    }

    @Override
    public void afterCompletion(int status) {
        // the thread of the turn looks itself; this may be any
    }
}
