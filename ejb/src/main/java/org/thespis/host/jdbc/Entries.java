package org.thespis.host.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StoredEntries;

/** The table of the entries of durable collections. Each call is part of a transaction of its caller's. Any thread. */
final class Entries {

    /** There is no actor of that number. */
    private static final long NOBODY = 0;

    /** Rows that the driver holds while a range is read: they may be long. */
    private static final int FETCH_SIZE = 16;

    private static final String OF_ACTOR = " FROM thespis_actor WHERE id = ?";
    private static final String COLUMNS = "thespis_entry (actor_number, collection, entry_key, entry_value)";
    private static final String PUT_H2 = "MERGE INTO " + COLUMNS + " KEY (actor_number, collection, entry_key)"
            + " SELECT number, CAST(? AS VARCHAR), CAST(? AS VARBINARY), CAST(? AS VARCHAR)" + OF_ACTOR;
    private static final String PUT = "INSERT INTO " + COLUMNS + " SELECT number, ?, ?, ?" + OF_ACTOR
            + " ON CONFLICT (actor_number, collection, entry_key) DO UPDATE SET entry_value = EXCLUDED.entry_value";
    private static final String DELETE =
            "DELETE FROM thespis_entry WHERE actor_number = (SELECT number" + OF_ACTOR + ") AND collection = ?";

    /** Entries that one transaction removes of an actor that is gone. */
    private static final int SWEPT = 1_000;

    private static final String DELETE_SOME_H2 =
            "DELETE FROM thespis_entry WHERE actor_number = ? FETCH FIRST " + SWEPT + " ROWS ONLY";
    private static final String DELETE_SOME = "DELETE FROM thespis_entry WHERE ctid = ANY (ARRAY("
            + "SELECT ctid FROM thespis_entry WHERE actor_number = ? LIMIT " + SWEPT + "))";

    /** Length of what the driver, which keeps it, is given before it sends it; the last entry may pass it. */
    private static final int BATCH_BYTES = 1_024 * 1_024;

    /** Another node that sweeps now has its row: what it is removing would look to this one like all that is left. */
    private static final String GONE = "SELECT actor_number FROM thespis_gone LIMIT 1 FOR UPDATE SKIP LOCKED";

    private final boolean h2;

    Entries(boolean h2) {
        this.h2 = h2;
    }

    /** Changes the entries of actors whose states this transaction has written, and so keeps others away from. */
    void change(Connection connection, Map<String, List<EntryChange>> byActor) throws SQLException {
        for (Map.Entry<String, List<EntryChange>> one : byActor.entrySet()) {
            clear(connection, one.getKey(), one.getValue());
        }
        put(connection, byActor);
        remove(connection, byActor);
    }

    /** First, as what is put into a collection that is cleared comes behind that. */
    private static void clear(Connection connection, String actorId, List<EntryChange> changes) throws SQLException {
        for (EntryChange change : changes) {
            if (change instanceof EntryChange.Clear) {
                try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                    delete.setString(1, actorId);
                    delete.setString(2, change.collection());
                    delete.executeUpdate();
                }
            }
        }
    }

    private void put(Connection connection, Map<String, List<EntryChange>> byActor) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement(h2 ? PUT_H2 : PUT)) {
            long bytes = 0;
            for (Map.Entry<String, List<EntryChange>> one : byActor.entrySet()) {
                for (EntryChange change : one.getValue()) {
                    if (change instanceof EntryChange.Put entry) {
                        put.setString(1, entry.collection());
                        put.setBytes(2, entry.key());
                        put.setString(3, new String(entry.value(), StandardCharsets.UTF_8));
                        put.setString(4, one.getKey());
                        put.addBatch();
                        bytes += entry.length();
                        if (bytes >= BATCH_BYTES) {
                            put.executeBatch();
                            bytes = 0;
                        }
                    }
                }
            }
            if (bytes > 0) {
                put.executeBatch();
            }
        }
    }

    private static void remove(Connection connection, Map<String, List<EntryChange>> byActor) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DELETE + " AND entry_key = ?")) {
            boolean some = false;
            for (Map.Entry<String, List<EntryChange>> one : byActor.entrySet()) {
                for (EntryChange change : one.getValue()) {
                    if (change instanceof EntryChange.Remove entry) {
                        delete.setString(1, one.getKey());
                        delete.setString(2, entry.collection());
                        delete.setBytes(3, entry.key());
                        delete.addBatch();
                        some = true;
                    }
                }
            }
            if (some) {
                delete.executeBatch();
            }
        }
    }

    /** The version is read last: if it is still that of the asker, nobody else has changed what was read before. */
    StoredEntries read(Connection connection, String actorId, EntryRange range) throws SQLException {
        long number = number(connection, actorId);
        if (number == NOBODY) {
            return new StoredEntries(0, List.of());
        }
        List<StoredEntries.Entry> found = range.isEmpty() ? List.of() : rows(connection, number, range);
        try (PreparedStatement select =
                connection.prepareStatement("SELECT version FROM thespis_state WHERE actor_number = ?")) {
            select.setLong(1, number);
            try (ResultSet row = select.executeQuery()) {
                return new StoredEntries(row.next() ? row.getLong(1) : 0, found);
            }
        }
    }

    private static List<StoredEntries.Entry> rows(Connection connection, long number, EntryRange range)
            throws SQLException {
        String order = range.descending() ? " DESC" : "";
        String sql = "SELECT entry_key, entry_value FROM thespis_entry WHERE actor_number = ? AND collection = ?"
                + (range.from() == null ? "" : " AND entry_key >= ?")
                + (range.to() == null ? "" : " AND entry_key < ?")
                + " ORDER BY actor_number" + order + ", collection" + order + ", entry_key" + order + " LIMIT ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH_SIZE);
            int next = 1;
            select.setLong(next++, number);
            select.setString(next++, range.collection());
            if (range.from() != null) {
                select.setBytes(next++, range.from());
            }
            if (range.to() != null) {
                select.setBytes(next++, range.to());
            }
            select.setInt(next, range.limit());
            List<StoredEntries.Entry> found = new ArrayList<>();
            long bytes = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (bytes < range.maxBytes() && rows.next()) {
                    byte[] value = rows.getString(2).getBytes(StandardCharsets.UTF_8);
                    found.add(new StoredEntries.Entry(rows.getBytes(1), value));
                    bytes += value.length;
                }
            }
            return found;
        }
    }

    /** The number of an actor; {@code NOBODY} if there is none. */
    static long number(Connection connection, String actorId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT number" + OF_ACTOR)) {
            select.setString(1, actorId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : NOBODY;
            }
        }
    }

    /** Removes the entries of an actor that this transaction has removed; very many are left for {@link #sweep}. */
    void delete(Connection connection, long number) throws SQLException {
        if (number != NOBODY && deleteSome(connection, number) == SWEPT) {
            update(connection, "INSERT INTO thespis_gone (actor_number) VALUES (?)", number);
        }
    }

    /** Removes some of the entries that actors who are gone have left, those of one that nobody else sweeps. A transaction of its own. */
    void sweep(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(GONE);
                ResultSet row = select.executeQuery()) {
            if (row.next() && deleteSome(connection, row.getLong(1)) < SWEPT) {
                update(connection, "DELETE FROM thespis_gone WHERE actor_number = ?", row.getLong(1));
            }
        }
    }

    private int deleteSome(Connection connection, long number) throws SQLException {
        return update(connection, h2 ? DELETE_SOME_H2 : DELETE_SOME, number);
    }

    private static int update(Connection connection, String sql, long number) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, number);
            return update.executeUpdate();
        }
    }
}
