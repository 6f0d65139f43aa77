package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.thespis.test.fixture.alarm.first.FirstAlarm;
import org.thespis.test.fixture.alarm.second.SecondAlarm;

/** Two applications on one database, by the data source of {@code docs/store.md}, word for word but for its address and login. */
@ExtendWith(ArquillianExtension.class)
class StoreIT {

    private static final String FIRST = "first";
    private static final String SECOND = "second";
    private static final String SERVER =
            "localhost:" + (System.getProperty("arquillian.launch").equals("payara") ? "8080" : "28080");
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final int LONG_ENOUGH_TO_UNDEPLOY = 20_000;
    private static final EmbeddedPostgres POSTGRES = start();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String key = UUID.randomUUID().toString();

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        POSTGRES.close();
    }

    @Deployment(name = FIRST, managed = false, testable = false)
    static EnterpriseArchive first() throws IOException {
        return TestEar.asBuiltWith(
                dataSource(), ShrinkWrap.create(JavaArchive.class, "alarm.jar").addClass(FirstAlarm.class));
    }

    @Deployment(name = SECOND, managed = false, testable = false)
    static EnterpriseArchive second() throws IOException {
        return TestEar.secondWith(
                dataSource(), ShrinkWrap.create(JavaArchive.class, "alarm.jar").addClass(SecondAlarm.class));
    }

    private static String dataSource() throws IOException {
        String page = Files.readString(Node.ROOT.resolve("docs/store.md"));
        String fence = "```xml\n";
        int from = page.indexOf(fence, page.indexOf("## A data source of your own")) + fence.length();
        String shown = page.substring(from, page.indexOf("```", from));
        String url = POSTGRES.getJdbcUrl("postgres", "postgres");
        String ours = shown.replace("jdbc:postgresql://db.example/actors", url.replace("&", "&amp;"))
                .replace(">thespis<", ">postgres<")
                .replace(">secret<", ">postgres<");
        assertThat(ours).contains("<url>jdbc:postgresql://localhost").contains("<user>postgres<");
        return ours;
    }

    @ArquillianResource
    Deployer deployer;

    @Test
    void eachApplicationWakesItsOwnActorsAndLeavesThoseOfTheOtherAlone() throws Exception {
        int from = TestEar.serverLog().length();
        deployer.deploy(FIRST);
        deployer.deploy(SECOND);
        boolean there = true;
        try {
            call("/second", "secondAlarm", "plan", LONG_ENOUGH_TO_UNDEPLOY);
            deployer.undeploy(SECOND);
            there = false;
            awaitDue();
            call("", "firstAlarm", "plan", 3_000);
            awaitRung("", "firstAlarm");
            assertThat(due())
                    .as("the plan of the other, of which nobody took care")
                    .isEqualTo(1);
            String log = TestEar.serverLog().substring(from);
            assertThat(log).doesNotContain("could not be woken").doesNotContain("The store has actors of the type");
            deployer.deploy(SECOND);
            there = true;
            awaitRung("/second", "secondAlarm");
            assertThat(TestEar.serverLog().substring(from).toLowerCase()).doesNotContain("flyway");
        } finally {
            if (there) {
                deployer.undeploy(SECOND);
            }
            deployer.undeploy(FIRST);
        }
    }

    private void awaitDue() throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        while (due() == 0) {
            assertThat(System.nanoTime()).as("the plan is due").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Plans of the second application whose time has come. */
    private static int due() throws SQLException {
        try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM thespis_wake"
                        + " WHERE actor_name = 'secondAlarm' AND wake_at < " + System.currentTimeMillis())) {
            row.next();
            return row.getInt(1);
        }
    }

    private void awaitRung(String application, String actor) throws Exception {
        long end = System.nanoTime() + TIME.toNanos();
        String rung = call(application, actor, "rung");
        while (!rung.equals("{\"output\":1}")) {
            assertThat(System.nanoTime()).as(rung).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(100);
            rung = call(application, actor, "rung");
        }
    }

    private String call(String application, String actor, String action, Object... arguments) throws Exception {
        String address = "http://" + SERVER + application + "/gateway/" + actor + "/action/" + action + "?"
                + Bystander.query(key);
        String body = "{\"args\":" + java.util.Arrays.toString(arguments) + "}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .timeout(TIME)
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
