package org.thespis.host.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** A database of the last version that wrote documents of format 1 is read by this one; its dumps are of that version. */
abstract class RowsOfFormatOne {

    private JdbcStateStore store;
    private OneNode node;

    /** An empty database. */
    abstract DataSource empty() throws Exception;

    /** The dump of such a database. */
    abstract String dump();

    @BeforeEach
    void begin() throws Exception {
        DataSource database = empty();
        load(database);
        store = JdbcStateStore.open(database);
        node = new OneNode(store);
    }

    private void load(DataSource database) throws SQLException, IOException {
        try (InputStream dump = RowsOfFormatOne.class.getResourceAsStream("/format-1/" + dump());
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(dump.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @AfterEach
    void end() {
        node.close();
    }

    /** What is live is written, now in the format of today, and read by another node. */
    private void restart() {
        node.close();
        node = new OneNode(store);
    }

    private String actor(String name, String... key) {
        return store.find(name, ActorKey.of(key)).orElseThrow().id();
    }

    private String state(String id) {
        return new String(store.load(id).orElseThrow().state(), StandardCharsets.UTF_8);
    }

    @Test
    void allActorsAreThereUnderTheirKeys() {
        assertThat(store.list("formatOne", 10))
                .extracting(ActorRecord::key)
                .containsExactly(ActorKey.of("fresh"), ActorKey.of("filled"));
        assertThat(store.list("older", 10))
                .extracting(ActorRecord::key)
                .containsExactly(ActorKey.of("held"), ActorKey.of(), ActorKey.of("planned", "a/b", "ü"));
        assertThat(store.due(Long.MAX_VALUE, 10)).containsExactly(actor("older", "planned", "a/b", "ü"));
    }

    @Test
    void fieldsOfAllTypesAreEqualAndStaySoWhenTheyAreWrittenAnew() {
        String filled = actor("formatOne", "filled");
        assertThat(state(filled)).startsWith("{\"format\":1,");
        assertThat(node.call(filled, "differences")).isEqualTo(List.of());
        node.call(filled, "change");
        node.call(filled, "fill");
        assertThat(state(filled)).contains("\"format\":2,");
        restart();
        assertThat(node.call(filled, "differences")).isEqualTo(List.of());
    }

    /** JSON-B made empty optionals of null. */
    @Test
    void fieldsThatWereNeverSetAreNullAndOptionalsEmpty() {
        String fresh = actor("formatOne", "fresh");
        Object set = node.call(fresh, "set");
        assertThat(set)
                .asInstanceOf(InstanceOfAssertFactories.list(String.class))
                .allMatch(one ->
                        one.contains("null\n") && one.matches("(?s).* but was: Optional(Int|Long|Double)?\\.empty"));
        node.call(fresh, "later");
        restart();
        assertThat(node.call(fresh, "set")).isEqualTo(set);
    }

    /** As the version that wrote them read them itself. */
    @Test
    void valuesOfNoDeclaredTypeAreOfTheKindsOfJson() {
        List<String> held = List.of(
                "date String 2026-01-02",
                "decimal BigDecimal 1.10",
                "fraction BigDecimal 0.5",
                "int BigDecimal 5",
                "list ArrayList [1, a]",
                "long BigDecimal 9007199254740993",
                "map HashMap {a={b=[]}}",
                "null null",
                "text String t",
                "yes Boolean true",
                "BigDecimal 5",
                "BigDecimal 9007199254740993",
                "BigDecimal 0.5",
                "String t",
                "Boolean true",
                "ArrayList []",
                "HashMap {a=1}",
                "null");
        String actor = actor("older", "held");
        assertThat(node.call(actor, "held")).isEqualTo(held);
        restart();
        assertThat(node.call(actor, "held")).isEqualTo(held);
    }

    @Test
    void callsThatWereAnsweredAreAnsweredTheSameAndRunNoMore() {
        String actor = actor("older");
        for (int i = 0; i < 2; i++) {
            assertThat(reply("k1", actor, "turn")).hasToString("1");
            assertThat(new TreeMap<>((Map<?, ?>) reply("k2", actor, "rich")))
                    .hasToString("{bytes=Af4=, list=[1.5, x, true], n=1}");
            assertThat(node.once("k3", actor, "fail"))
                    .isInstanceOfSatisfying(Output.Failed.class, failed -> assertThat(failed.error())
                            .isEqualTo(new ActorError("user", "no", "Not this time", Map.of("why", List.of(1, 2)))));
            assertThat(reply("k4", actor, "ring", "r", 1L, List.of())).isNull();
            restart();
        }
        assertThat(node.call(actor, "turn")).hasToString("4");
        assertThat(node.call(actor, "rung")).isEqualTo(List.of("r 1 []"));
    }

    private Object reply(String key, String actor, String action, Object... arguments) {
        return ((Output.Reply) node.once(key, actor, action, arguments)).result();
    }

    @Test
    void whatWasPlannedIsStillPlanned() {
        String actor = actor("older", "planned", "a/b", "ü");
        assertThat(node.call(actor, "planned")).asList().contains("ring 30 2 * * *", "ring " + OlderActor.FUTURE);
        restart();
        assertThat(node.call(actor, "planned")).asList().contains("ring 30 2 * * *", "ring " + OlderActor.FUTURE);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void whatIsDueWakesItsActor() {
        String actor = actor("older", "planned", "a/b", "ü");
        while (!state(actor).contains("late 1 [1.5, x]")) {
            node.tick();
            Thread.onSpinWait();
        }
        assertThat(node.call(actor, "rung")).asList().contains("late 1 [1.5, x]");
    }
}
