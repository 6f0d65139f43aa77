package org.thespis.host.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of the actors that are to be woken, and when. Each call is part of a transaction of its caller's. */
final class WakeTimes {

    private static final long NEVER = Long.MAX_VALUE;

    private static final String INSERT = "INSERT INTO thespis_wake (actor_id, actor_name, wake_at)"
            + " SELECT id, name, CAST(? AS BIGINT) FROM thespis_actor WHERE id = ?";

    /** Some rows may be left of actors that were deleted by hand. */
    private static final String DUE = "SELECT w.actor_id, w.wake_at FROM thespis_wake w"
            + " JOIN thespis_actor a ON a.id = w.actor_id WHERE w.wake_at <= ?";

    /** Of rows that an application of an older version has added. */
    private static final String NAMELESS = "";

    private record Due(String id, long at) {}

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

    /** The actors whose time has come, the most urgent first. */
    static List<String> due(Connection connection, long millis, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(DUE + " ORDER BY w.wake_at LIMIT ?")) {
            select.setLong(1, millis);
            select.setInt(2, limit);
            return ids(rows(select), limit);
        }
    }

    /**
     * The same of some types, and of actors whose type was not written down. Asked for one type after the other: so the index
     * gives the first of each, however many are due.
     */
    static List<String> due(Connection connection, long millis, int limit, Set<String> names) throws SQLException {
        List<Due> found = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(DUE + " AND w.actor_name = ? ORDER BY w.actor_name, w.wake_at LIMIT ?")) {
            select.setLong(1, millis);
            select.setInt(3, limit);
            select.setString(2, NAMELESS);
            found.addAll(rows(select));
            for (String name : names) {
                select.setString(2, name);
                found.addAll(rows(select));
            }
        }
        return ids(found, limit);
    }

    private static List<String> ids(List<Due> found, int limit) {
        return found.stream()
                .sorted(Comparator.comparingLong(Due::at))
                .limit(limit)
                .map(Due::id)
                .toList();
    }

    private static List<Due> rows(PreparedStatement select) throws SQLException {
        List<Due> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(new Due(rows.getString(1), rows.getLong(2)));
            }
        }
        return found;
    }
}
