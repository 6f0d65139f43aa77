package org.thespis.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.LogLevel;

/** What may be written into an entry, and what may not. */
class OptionValuesTest {

    private static List<String> origins(String text) {
        return ((OriginNames) TypeOption.ALLOWED_ORIGINS.parse(text).orElseThrow()).names();
    }

    @Test
    void originsAreSeparatedByBlanksOrCommas() {
        assertThat(origins(" https://app.example, http://localhost:*  http://[::1]:8080 capacitor://localhost"))
                .containsExactly(
                        "https://app.example", "http://localhost:*", "http://[::1]:8080", "capacitor://localhost");
        assertThat(origins("*")).containsExactly("*");
        assertThat(origins("-")).isEmpty();
        assertThat(TypeOption.ALLOWED_ORIGINS.parse("-").orElseThrow()).hasToString("-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "app.example",
                "https://app.example/",
                "https://app.example/page",
                "https://ann@app.example",
                "https://*.example",
                "https://app.example:port",
                "https://app.example *",
                "- https://app.example",
                "null",
                "https://app\u0000.example"
            })
    void whatIsNoOriginIsNone(String text) {
        assertThat(TypeOption.ALLOWED_ORIGINS.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"debug, DEBUG", "' OFF ', OFF", "Server, SERVER"})
    void levelsAreWrittenInAnyCase(String text, LogLevel level) {
        assertThat(TypeOption.LOG_LEVEL.parse(text))
                .hasValueSatisfying(v -> assertThat(v).isEqualTo(level));
    }

    @ParameterizedTest
    @CsvSource({"LOG_LEVEL, fine", "CREATED_BY, nobody", "MAX_INCOMING_BYTES, 0", "MAX_BODY_BYTES, 2147483648"})
    void otherValuesAreNone(TypeOption option, String text) {
        assertThat(option.parse(text)).isEmpty();
        assertThat(TypeOption.LOG_LEVEL.rule()).isEqualTo("SERVER, OFF, ERROR, WARNING, INFO, DEBUG or TRACE");
    }
}
