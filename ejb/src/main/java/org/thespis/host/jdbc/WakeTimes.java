package org.thespis.host.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The table of the actors that are to be woken, and when. Each call is part of a transaction of its caller's. */
final class WakeTimes {

    private static final long NEVER = Long.MAX_VALUE;

    private WakeTimes() {}

    /** Sets the times of actors whose states this transaction has written, and so keeps others away from. */
    static void change(Connection connection, Map<String, Long> times) throws SQLException {
        if (!times.isEmpty()) {
            delete(connection, times.keySet());
            insert(connection, times);
        }
    }

    static void delete(Connection connection, Collection<String> actorIds) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM thespis_wake WHERE actor_id = ?")) {
            for (String id : actorIds) {
                delete.setString(1, id);
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** Of actors that have none. */
    static void insert(Connection connection, Map<String, Long> times) throws SQLException {
        if (times.values().stream().allMatch(at -> at == NEVER)) {
            return;
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO thespis_wake (actor_id, wake_at) VALUES (?, ?)")) {
            for (Map.Entry<String, Long> time : times.entrySet()) {
                if (time.getValue() != NEVER) {
                    insert.setString(1, time.getKey());
                    insert.setLong(2, time.getValue());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** The actors whose time has come, the most urgent first. Some may be left of actors that were deleted by hand. */
    static List<String> due(Connection connection, long millis, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT w.actor_id FROM thespis_wake w JOIN thespis_actor a ON a.id = w.actor_id"
                        + " WHERE w.wake_at <= ? ORDER BY w.wake_at LIMIT ?")) {
            select.setLong(1, millis);
            select.setInt(2, limit);
            List<String> ids = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }
}
