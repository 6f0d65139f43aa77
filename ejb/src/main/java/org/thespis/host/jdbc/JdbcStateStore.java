package org.thespis.host.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoreTransaction;
import org.thespis.api.spi.StoredActor;
import org.thespis.api.spi.StoredEntries;

/**
 * Keeps actors in a few tables of H2 or PostgreSQL. Each call is one transaction of its own, but for what joins one that was
 * {@linkplain #begin begun}. Any thread.
 */
public final class JdbcStateStore implements StateStore {

    private static final Logger LOG = System.getLogger(JdbcStateStore.class.getName());

    private static final String UNIQUE_VIOLATION = "23505"; // SQLSTATE, the same on H2 and PostgreSQL

    /** How long who cannot know what became of a transaction waits until nobody writes the actor. */
    private static final int BEHIND_WRITERS_SECONDS = 10;

    private static final String RECORD = "SELECT id, name, actor_key, created";

    private final DataSource dataSource;
    private final Entries entries;
    private final H2Compaction compaction; // null elsewhere
    private final H2Lock lock; // null elsewhere
    private final Jta jta; // null where there is none

    private JdbcStateStore(DataSource dataSource, Jta jta, boolean h2) {
        this.dataSource = dataSource;
        this.jta = jta;
        this.entries = new Entries(h2);
        this.compaction = h2 ? new H2Compaction() : null;
        this.lock = h2 ? new H2Lock(System::nanoTime, System::gc) : null;
    }

    /**
     * Opens the store, and creates or updates its tables.
     *
     * @throws StoreException if the database is out of reach, or its tables are of a newer version
     */
    public static JdbcStateStore open(DataSource dataSource) {
        return open(dataSource, null);
    }

    /**
     * The same where the server has transactions that the data source may take part in.
     *
     * @param jta null for none
     */
    public static JdbcStateStore open(DataSource dataSource, Jta jta) {
        try {
            Schema.migrate(dataSource);
            return new JdbcStateStore(dataSource, jta, Schema.isH2(dataSource));
        } catch (SQLException | FlywayException e) {
            throw new StoreException("the tables could not be set up: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(Work<T> work) {
        boolean committing = false;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.run(connection);
                committing = true; // from now on it may be done, whatever fails
                connection.commit();
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            }
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException e) {
            if (lock != null) {
                lock.failed(e);
            }
            throw new StoreException("the database failed: " + e.getMessage(), e, committing);
        }
    }

    /**
     * Runs a single statement, which is a transaction by itself: on PostgreSQL that takes two ways to the database, one of them to look
     * whether the connection is of use, in place of three.
     *
     * @param writes whether it may be done although it failed
     */
    private <T> T alone(boolean writes, Work<T> statement) {
        boolean asked = false;
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.getAutoCommit()) { // somebody left it so, whose rollback had failed
                connection.rollback();
                connection.setAutoCommit(true);
            }
            asked = true;
            return statement.run(connection);
        } catch (SQLException e) {
            if (lock != null) {
                lock.failed(e);
            }
            throw new StoreException("the database failed: " + e.getMessage(), e, writes && asked);
        }
    }

    /** Where that fails, too, nothing else is tried: to go back to commits of each statement would commit what there is. */
    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException | RuntimeException | Error e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public boolean keepsEntries() {
        return true;
    }

    @Override
    public StoredEntries entries(String actorId, EntryRange range) {
        return inTransaction(connection -> entries.read(connection, actorId, range));
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
        return create(actor, state, wakeAt, List.of());
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt, List<EntryChange> changes) {
        boolean created = inTransaction(connection -> {
            boolean inserted = insert(connection, actor, state, wakeAt);
            if (inserted) {
                entries.change(connection, Map.of(actor.id(), changes));
            }
            return inserted;
        });
        if (created) {
            return new Creation(actor, true);
        }
        return find(actor.name(), actor.key())
                .map(existing -> new Creation(existing, false))
                .orElseGet(() -> create(actor, state, wakeAt, changes)); // it was deleted meanwhile
    }

    private static boolean insert(Connection connection, ActorRecord actor, byte[] state, long wakeAt)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO thespis_actor (id, name, actor_key, created) VALUES (?, ?, ?, ?)");
                PreparedStatement insertState = connection.prepareStatement(
                        "INSERT INTO thespis_state (actor_number, version, state) SELECT number, 1, ? FROM thespis_actor WHERE id = ?")) {
            insert.setString(1, actor.id());
            insert.setString(2, actor.name());
            insert.setString(3, actor.key().toString());
            insert.setLong(4, actor.created().toEpochMilli());
            insert.executeUpdate();
            insertState.setString(1, text(state));
            insertState.setString(2, actor.id());
            insertState.executeUpdate();
            WakeTimes.insert(connection, Map.of(actor.id(), wakeAt));
            return true;
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                connection.rollback();
                return false;
            }
            throw e;
        }
    }

    private static String text(byte[] state) {
        return new String(state, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<StoredActor> load(String id) {
        return alone(false, connection -> load(connection, id));
    }

    private static Optional<StoredActor> load(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(RECORD
                + ", version, state FROM thespis_actor JOIN thespis_state ON actor_number = number WHERE id = ?")) {
            select.setString(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(stored(rows)) : Optional.empty();
            }
        }
    }

    private static StoredActor stored(ResultSet row) throws SQLException {
        return new StoredActor(record(row), row.getLong(5), row.getString(6).getBytes(StandardCharsets.UTF_8));
    }

    private static ActorRecord record(ResultSet row) throws SQLException {
        return new ActorRecord(
                row.getString(1),
                row.getString(2),
                ActorKey.parse(row.getString(3)),
                Instant.ofEpochMilli(row.getLong(4)));
    }

    @Override
    public Set<String> write(List<Write> writes) {
        Write first = writes.get(0);
        if (writes.size() == 1 && first.entries().isEmpty() && first.wakeAt().isEmpty()) {
            return alone(true, connection -> update(connection, writes));
        }
        List<Write> sorted = new ArrayList<>(writes);
        sorted.sort(Comparator.comparing(Write::actorId)); // two nodes must not wait for each other
        return inTransaction(connection -> write(connection, sorted));
    }

    /** As part of a transaction of its caller's. */
    Set<String> write(Connection connection, List<Write> sorted) throws SQLException {
        Set<String> refused = update(connection, sorted);
        entries.change(connection, entries(sorted, refused));
        WakeTimes.change(connection, changes(sorted, refused));
        return refused;
    }

    @Override
    public boolean mayWriteInThisThread() {
        return jta == null || jta.isFree();
    }

    @Override
    public boolean hasTransactions() {
        return jta != null && JtaProbe.takesPart(dataSource, jta);
    }

    @Override
    public StoreTransaction begin(Duration timeout) {
        return JtaTransaction.begin(this, dataSource, jta, timeout);
    }

    /** The version and the document of an actor, behind all who are about to write it. */
    Optional<StoredActor> loadBehindWriters(String id) {
        return inTransaction(connection -> {
            try (PreparedStatement lock = connection.prepareStatement("SELECT version FROM thespis_state"
                    + " WHERE actor_number = (SELECT number FROM thespis_actor WHERE id = ?) FOR UPDATE")) {
                lock.setQueryTimeout(BEHIND_WRITERS_SECONDS);
                lock.setString(1, id);
                lock.executeQuery();
            }
            return load(connection, id);
        });
    }

    private static Set<String> update(Connection connection, List<Write> sorted) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE thespis_state SET state = ?, version = version + 1"
                        + " WHERE actor_number = (SELECT number FROM thespis_actor WHERE id = ?) AND version = ?")) {
            for (Write write : sorted) {
                update.setString(1, text(write.state()));
                update.setString(2, write.actorId());
                update.setLong(3, write.version());
                update.addBatch();
            }
            return refused(sorted, update.executeBatch());
        }
    }

    private static Map<String, List<EntryChange>> entries(List<Write> writes, Set<String> refused) {
        Map<String, List<EntryChange>> changes = new LinkedHashMap<>();
        for (Write write : writes) {
            if (!write.entries().isEmpty() && !refused.contains(write.actorId())) {
                changes.put(write.actorId(), write.entries());
            }
        }
        return changes;
    }

    private static Map<String, Long> changes(List<Write> writes, Set<String> refused) {
        Map<String, Long> changes = new LinkedHashMap<>();
        for (Write write : writes) {
            if (write.wakeAt().isPresent() && !refused.contains(write.actorId())) {
                changes.put(write.actorId(), write.wakeAt().getAsLong());
            }
        }
        return changes;
    }

    private static Set<String> refused(List<Write> writes, int[] counts) {
        Set<String> refused = new HashSet<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                refused.add(writes.get(i).actorId());
            }
        }
        return refused;
    }

    @Override
    public List<String> due(long millis, int limit) {
        return tidied(inTransaction(connection -> WakeTimes.due(connection, millis, limit)));
    }

    @Override
    public List<String> due(long millis, int limit, Set<String> names) {
        return tidied(inTransaction(connection -> WakeTimes.due(connection, millis, limit, names)));
    }

    private List<String> tidied(List<String> due) {
        try {
            tidy();
        } catch (SQLException | RuntimeException e) { // those who are due are woken all the same
            LOG.log(Level.WARNING, "the database could not be tidied up", e);
        }
        return due;
    }

    /** Done when plans are asked for, which is again and again, with nobody who waits for it. */
    private void tidy() throws SQLException {
        inTransaction(connection -> {
            entries.sweep(connection);
            return null;
        });
        if (compaction != null) {
            compaction.run(dataSource);
        }
    }

    @Override
    public Optional<ActorRecord> find(String id) {
        return select(1, " WHERE id = ?", id).stream().findFirst();
    }

    @Override
    public Optional<ActorRecord> find(String name, ActorKey key) {
        return select(1, " WHERE name = ? AND actor_key = ?", name, key.toString()).stream()
                .findFirst();
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return limit == 0 ? List.of() : select(limit, " WHERE name = ? ORDER BY created DESC", name);
    }

    private List<ActorRecord> select(int limit, String where, String... parameters) {
        return alone(false, connection -> {
            try (PreparedStatement select = connection.prepareStatement(RECORD + " FROM thespis_actor" + where)) {
                select.setMaxRows(limit);
                for (int i = 0; i < parameters.length; i++) {
                    select.setString(i + 1, parameters[i]);
                }
                List<ActorRecord> found = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        found.add(record(rows));
                    }
                }
                return found;
            }
        });
    }

    @Override
    public boolean delete(String id) {
        return inTransaction(connection -> delete(connection, id));
    }

    @Override
    public boolean delete(String id, long version) {
        return inTransaction(connection -> delete(connection, id, version));
    }

    /** As part of a transaction of its caller's. */
    boolean delete(Connection connection, String id, long version) throws SQLException {
        return lock(connection, id, version) && delete(connection, id);
    }

    /** Keeps writers of the state away until the end of the transaction, if it has that version. */
    private static boolean lock(Connection connection, String id, long version) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("UPDATE thespis_state SET version = version + 1"
                + " WHERE actor_number = (SELECT number FROM thespis_actor WHERE id = ?) AND version = ?")) {
            lock.setString(1, id);
            lock.setLong(2, version);
            return lock.executeUpdate() == 1;
        }
    }

    private boolean delete(Connection connection, String id) throws SQLException {
        long number = Entries.number(connection, id);
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM thespis_actor WHERE id = ?")) {
            delete.setString(1, id);
            boolean deleted = delete.executeUpdate() == 1;
            entries.delete(connection, number); // behind a write that was under way
            WakeTimes.delete(connection, Set.of(id)); // last: a write that was under way may have added it
            return deleted;
        }
    }
}
