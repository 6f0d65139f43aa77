package org.thespis.runtime.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When expressions come true, asked for the first time and again. */
class CrontabTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-03-28T12:00:00Z");

    private final Crontab crontab = new Crontab();

    private String next(String expression, ZoneId zone, Instant from) {
        return Instant.ofEpochMilli(crontab.next(expression, zone, from)).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 * * * * | UTC | 2026-03-28T13:00:00Z",
                "*/7 * * * * | UTC | 2026-03-28T12:07:00Z",
                "0 3 * * * | UTC | 2026-03-29T03:00:00Z",
                "30 8 * * * | Europe/Berlin | 2026-03-29T06:30:00Z",
                "30 8 * * * | America/New_York | 2026-03-28T12:30:00Z",
                "0 0 1 1 * | UTC | 2027-01-01T00:00:00Z",
                "0 12 * * 1 | UTC | 2026-03-30T12:00:00Z",
                "0 0 29 2 * | UTC | 2028-02-29T00:00:00Z",
                "0,30 12-13 * * * | UTC | 2026-03-28T12:30:00Z",
            })
    void anExpressionComesTrueAtTheSameTimeHoweverOftenItIsAsked(String expression, String zone, String expected) {
        for (int i = 0; i < 3; i++) {
            assertThat(next(expression, ZoneId.of(zone), NOON)).isEqualTo(expected);
        }
    }

    @Test
    void eachZoneHasTimesOfItsOwn() {
        assertThat(next("0 3 * * *", BERLIN, NOON)).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(next("0 3 * * *", ZoneOffset.UTC, NOON)).isEqualTo("2026-03-29T03:00:00Z");
        assertThat(next("0 3 * * *", BERLIN, NOON)).isEqualTo("2026-03-29T01:00:00Z");
    }

    @Test
    void manyThreadsAskAtOnce() {
        assertThat(IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(i -> next("0 * * * *", ZoneOffset.UTC, NOON.plusSeconds(3600L * (i % 100))))
                        .distinct())
                .hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "61 * * * *", "* * * *", "nonsense", "0 0 0 0 0 0 0"})
    void whatIsNoExpressionIsRefusedAgainAndAgainAndNotKept(String expression) {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> crontab.next(expression, BERLIN, NOON))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(crontab.kept()).isZero();
    }

    @Test
    void whatNeverComesTrueIsNever() {
        assertThat(crontab.next("0 0 30 2 *", BERLIN, NOON)).isEqualTo(Plans.NEVER);
    }

    @Test
    void onlySoManyAreKeptAndNoneThatIsLong() {
        IntStream.range(0, 24 * 60).forEach(i -> crontab.next(i % 60 + " " + i / 60 + " * * *", BERLIN, NOON));
        assertThat(crontab.kept()).isEqualTo(256);
        Crontab fresh = new Crontab();
        assertThat(fresh.next("0," + "0,".repeat(200) + "0 * * * *", ZoneOffset.UTC, NOON))
                .isEqualTo(NOON.plusSeconds(3600).toEpochMilli());
        assertThat(fresh.kept()).isZero();
    }
}
