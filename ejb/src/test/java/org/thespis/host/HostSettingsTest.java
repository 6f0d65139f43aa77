package org.thespis.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.NamingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.runtime.LogOf;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.jndi.JndiSettings;
import org.thespis.runtime.jndi.SettingNames;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.Durations;
import org.thespis.runtime.settings.SettingException;

/** Settings by name, and names that are none. */
class HostSettingsTest {

    private final NamesOfTest names = NamesOfTest.open();
    private final JndiSettings jndi = new JndiSettings();

    @AfterEach
    void close() {
        names.close();
    }

    private List<String> told(ActorDefinition... types) {
        Set<String> others = Stores.names(jndi, List.of(types));
        try (LogOf log = LogOf.type(JndiSettings.class)) {
            jndi.tellUnknown(others);
            return log.lines();
        }
    }

    @Test
    void whatTheHostAsksForIsAKnownName() {
        HostSettings.actors(jndi);
        HostSettings.references(jndi);
        assertThat(NamesOfTest.ASKED).hasSizeGreaterThan(20).allSatisfy(asked -> assertThat(SettingNames.all())
                .contains(asked.substring(asked.lastIndexOf('/') + 1)));
    }

    @Test
    void theGuideHasAllNames() throws IOException {
        Set<String> written = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../server-config/README.md"))) {
            Matcher cell =
                    Pattern.compile("\\| (`[a-z-]+`(, `-per-[a-z]+`)*) \\|.*").matcher(line);
            if (cell.matches()) {
                addNames(written, cell.group(1).replace("`", "").split(", "));
            }
        }
        assertThat(written).containsExactlyInAnyOrderElementsOf(SettingNames.all());
    }

    /** The first one in full, of the others their ends. */
    private static void addNames(Set<String> written, String... names) {
        written.add(names[0]);
        for (int i = 1; i < names.length; i++) {
            written.add(names[0].replaceFirst("-per-[a-z]+$", "") + names[i]);
        }
    }

    @Test
    void aSettingThatIsBoundAndCannotBeHadRefusesTheStart() {
        for (String place : List.of("java:app/env/thespis/", "thespis/")) {
            NamesOfTest.NAMES.clear();
            NamesOfTest.NAMES.put(place + "management", new NamingException("of the factory"));
            assertThatThrownBy(() -> told())
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining(place + "management");
        }
    }

    @Test
    void namesThatAreNoSettingsAreTold() {
        NamesOfTest.NAMES.put("java:app/env/thespis/max-waitng-calls", 5);
        NamesOfTest.NAMES.put("java:app/env/thespis/max-threads", 5);
        NamesOfTest.NAMES.put("thespis/colour", "red");
        assertThat(told())
                .containsExactly(
                        "java:app/env/thespis/max-waitng-calls is no setting of Thespis; is max-waiting-calls meant?",
                        "thespis/colour is no setting of Thespis");
    }

    @Test
    void dataSourcesAreNoSettings() {
        NamesOfTest.NAMES.put("thespis/DataSource", "a");
        NamesOfTest.NAMES.put("thespis/Other", "b");
        NamesOfTest.NAMES.put("thespis/data-source", "java:/thespis/Other");
        assertThat(told()).isEmpty();
    }

    @Actor(dataSource = "java:/thespis/Rooms", executor = "thespis/pools/Slow")
    static class Room {}

    @Test
    void whatSingleTypesHaveOfTheServerIsNoSettingEither() {
        NamesOfTest.NAMES.put("thespis/Rooms", "a");
        NamesOfTest.NAMES.put("thespis/pools/Slow", "b");
        NamesOfTest.NAMES.put("thespis/Room", "c");
        assertThat(told(ActorDefinition.of(Room.class))).containsExactly("thespis/Room is no setting of Thespis");
    }

    @Test
    void anEntryThatIsNotNamedInFullIsTold() {
        NamesOfTest.NAMES.put("java:comp/env/thespis/max-threads", 5);
        assertThat(told())
                .containsExactly("java:comp/env/thespis/max-threads is not looked at; call it"
                        + " java:app/env/thespis/max-threads");
    }

    @Test
    void durationsMayBeWrittenInEachForm() {
        NamesOfTest.NAMES.put("thespis/action-timeout-millis", "2m");
        NamesOfTest.NAMES.put("thespis/commit-timeout-millis", "PT20S");
        NamesOfTest.NAMES.put("thespis/sleep-timeout-millis", "never");
        NamesOfTest.NAMES.put("thespis/sleep-grace-millis", 700L);
        ActorSettings settings = HostSettings.actors(jndi);
        assertThat(settings.actionTimeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.commitTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.sleepTimeout()).isEqualTo(Durations.LONGEST);
        assertThat(settings.sleepGrace()).isEqualTo(Duration.ofMillis(700));
        NamesOfTest.NAMES.put("thespis/action-timeout-millis", "soon");
        assertThatThrownBy(() -> HostSettings.actors(jndi))
                .hasMessage(
                        "thespis/action-timeout-millis must be a duration, as 1500 (milliseconds), 30s, 5m, 2h, 1d or"
                                + " PT30S, was soon");
    }

    @Test
    void entriesOfSingleTypesAreToldElsewhere() {
        NamesOfTest.NAMES.put("thespis/actors/chatRom/sleep-timeout-millis", "1");
        assertThat(told()).isEmpty();
    }

    @Test
    void whereNothingIsNothingIsTold() {
        assertThat(told()).isEmpty();
    }
}
