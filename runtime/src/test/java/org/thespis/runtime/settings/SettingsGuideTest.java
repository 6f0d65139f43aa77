package org.thespis.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of the guide is what the code says. */
class SettingsGuideTest {

    private static final Path GUIDE = Path.of("../docs/settings.md");

    @Test
    void theGuideHasAllOptionsAsTheyAre() throws IOException {
        String rows = Arrays.stream(TypeOption.values())
                .map(SettingsGuideTest::row)
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(Files.readString(GUIDE))
                .as("write this into %s:\n%s", GUIDE, rows)
                .contains("|---|---|---|---|---|---|\n" + rows + "\n");
    }

    private static String row(TypeOption option) {
        return "| `%s` | `%s` | %s | %s | %s | %s |"
                .formatted(
                        option.key(),
                        option.member(),
                        shown(option.general(ActorSettings.defaults())),
                        option.unit(),
                        option.purpose(),
                        option.change());
    }

    private static Object shown(Object value) {
        return value instanceof Duration duration ? duration.toMillis() : value;
    }
}
