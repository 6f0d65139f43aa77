package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.thespis.test.ClusterFaults.Scene;

/** The ways in which the database of a cluster is harmed. Used by one thread. */
final class DatabaseFaults {

    private static final String DEADLOCK = "40P01";
    private static final int LOCKINGS = 10;

    private final Random random;
    private final ClusterNodes nodes;

    DatabaseFaults(Random random, ClusterNodes nodes) {
        this.random = random;
        this.nodes = nodes;
    }

    private void sleep(int fromMillis, int toMillis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(fromMillis + random.nextInt(toMillis - fromMillis));
    }

    long[] restart(Scene scene) throws Exception {
        nodes.stopDatabase();
        scene.load().harmed();
        sleep(0, 2_000);
        nodes.startDatabase();
        return scene.load().awaitAllBack();
    }

    /** Nothing of it runs for a while. */
    long[] hang(Scene scene) throws Exception {
        hang(scene, 500, 4_000);
        return scene.load().awaitAllBack();
    }

    /** It runs for a short time again and again. */
    long[] slow(Scene scene) throws Exception {
        for (int i = 5 + random.nextInt(15); i > 0; i--) {
            hang(scene, 50, 300);
            sleep(5, 50);
        }
        return scene.load().awaitAllBack();
    }

    private void hang(Scene scene, int fromMillis, int toMillis) throws IOException, InterruptedException {
        ProcessHandle database = nodes.databaseProcess();
        List<Long> processes = LongStream.concat(
                        LongStream.of(database.pid()), database.descendants().mapToLong(ProcessHandle::pid))
                .boxed()
                .toList();
        signal("STOP", processes);
        scene.load().harmed();
        sleep(fromMillis, toMillis);
        signal("CONT", processes);
    }

    /** One that is gone meanwhile needs none. */
    private static void signal(String name, List<Long> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(process.toString()));
        Commands.in(Node.ROOT).run(1, command);
    }

    long[] lock(Scene scene) throws Exception {
        try (Connection connection = nodes.database().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'thespis%'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            assertThat(tables).isNotEmpty();
            connection.setAutoCommit(false);
            lock(connection, statement, tables);
            scene.load().harmed();
            statement.execute("SELECT pg_sleep(" + (500 + random.nextInt(3_500)) / 1_000.0 + ")");
            connection.rollback();
        }
        return scene.load().awaitAllBack();
    }

    /** Again if it is this that gives way to others which wait for its locks and have some that it wants. */
    private static void lock(Connection connection, Statement statement, List<String> tables) throws SQLException {
        for (int left = LOCKINGS; ; left--) {
            try {
                statement.execute("LOCK TABLE " + String.join(", ", tables));
                return;
            } catch (SQLException e) {
                if (left == 1 || !DEADLOCK.equals(e.getSQLState())) {
                    throw e;
                }
                connection.rollback();
            }
        }
    }
}
