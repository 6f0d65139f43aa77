package org.thespis.host.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of the actors that are to be woken, and when. Each call is part of a transaction of its caller's. */
final class WakeTimes {

    private static final long NEVER = Long.MAX_VALUE;

    private static final String INSERT = "INSERT INTO thespis_wake (actor_id, actor_name, wake_at)"
            + " SELECT id, name, CAST(? AS BIGINT) FROM thespis_actor WHERE id = ?";

    /** Of actors of any type. */
    static final Set<String> ALL_NAMES = Set.of();

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
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map.Entry<String, Long> time : times.entrySet()) {
                if (time.getValue() != NEVER) {
                    insert.setLong(1, time.getValue());
                    insert.setString(2, time.getKey());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /**
     * The actors whose time has come, the most urgent first. Some may be left of actors that were deleted by hand.
     *
     * @param names of the types that are asked for; the empty one is of actors whose type was not written down
     */
    static List<String> due(Connection connection, long millis, int limit, Set<String> names) throws SQLException {
        String ofTypes = names.equals(ALL_NAMES) ? "" : " AND w.actor_name IN (''" + ", ?".repeat(names.size()) + ")";
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT w.actor_id FROM thespis_wake w JOIN thespis_actor a ON a.id = w.actor_id"
                        + " WHERE w.wake_at <= ?" + ofTypes + " ORDER BY w.wake_at LIMIT ?")) {
            int next = 1;
            select.setLong(next++, millis);
            for (String name : names) {
                select.setString(next++, name);
            }
            select.setInt(next, limit);
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
