package org.thespis.bench.server;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Puts many idle actors into the database at once, as if each had been created and called. */
@Path("/seed")
public class SeedResource {

    private static final int BATCH = 1_000;
    private static final long MILLIS_SHIFT = 16;
    private static final long VERSION_7 = 0x7000;

    /** @param count actors of type {@code benchIdle} with the keys idle0, idle1, ... */
    @POST
    public void seed(@QueryParam("count") int count) throws NamingException, SQLException {
        DataSource source = (DataSource) new InitialContext().lookup("thespis/DataSource");
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            for (int from = 0; from < count; from += BATCH) {
                insert(connection, from, Math.min(count, from + BATCH));
                connection.commit();
            }
            connection.setAutoCommit(true);
        }
    }

    private static void insert(Connection connection, int from, int to) throws SQLException {
        try (PreparedStatement actors = connection.prepareStatement(
                        "INSERT INTO thespis_actor (id, name, actor_key, created) VALUES (?, 'benchIdle', ?, ?)");
                PreparedStatement states = connection.prepareStatement(
                        "INSERT INTO thespis_state (actor_number, version, state) SELECT number, 1, ? FROM thespis_actor WHERE id = ?")) {
            long now = System.currentTimeMillis();
            for (int i = from; i < to; i++) {
                String id = new UUID(
                                now << MILLIS_SHIFT | VERSION_7,
                                UUID.randomUUID().getLeastSignificantBits())
                        .toString();
                actors.setString(1, id);
                actors.setString(2, "idle" + i);
                actors.setLong(3, now);
                actors.addBatch();
                states.setString(2, id);
                states.setString(
                        1, "{\"format\":1,\"state\":{\"name\":\"an actor of which there are many\",\"calls\":1}}");
                states.addBatch();
            }
            actors.executeBatch();
            states.executeBatch();
        }
    }
}
