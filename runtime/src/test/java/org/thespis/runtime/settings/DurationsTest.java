package org.thespis.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "1500, 1500",
        "' 1500 ', 1500",
        "+7, 7",
        "-5, -5",
        "250ms, 250",
        "30s, 30000",
        "5m, 300000",
        "2h, 7200000",
        "1d, 86400000",
        "PT30S, 30000",
        "pt1m, 60000",
        "P1DT1H, 90000000",
        "PT0.5S, 500",
    })
    void eachFormIsRead(String text, long millis) {
        assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "5 m",
                "5M",
                "5w",
                "5m30s",
                "1.5s",
                "1e3",
                "0x10",
                "NaN",
                "Infinity",
                "null",
                "true",
                "never",
                "P1Y",
                "PT",
                "9223372036854775808",
                "999999999999999999d",
                "PT9223372036854775807H",
                "\u0663\u0660s",
                "30\u0455",
                "${millis}"
            })
    void whatIsNoneIsNone(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void aTextThatIsMuchTooLongIsNone() {
        assertThat(Durations.parse("0".repeat(1_000_000))).isEmpty();
        assertThat(Durations.parse("PT" + "0".repeat(1_000_000) + "S")).isEmpty();
    }

    @Test
    void aTimeThatNeverComesIsTheLongest() {
        assertThat(Durations.parseOrNever(" Never ")).contains(Durations.LONGEST);
        assertThat(Durations.parseOrNever("30s")).contains(Duration.ofSeconds(30));
        assertThat(Durations.parseOrNever("nie")).isEmpty();
    }
}
