package org.thespis.runtime.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes of keys have the order of the keys. */
class EntryKeysTest {

    private static <K extends Comparable<K>> void assertOrdered(List<K> keys) {
        for (K one : keys) {
            for (K other : keys) {
                int bytes = Arrays.compareUnsigned(EntryKeys.of(one), EntryKeys.of(other));
                assertThat(Integer.signum(bytes))
                        .as(one + " and " + other)
                        .isEqualTo(Integer.signum(one.compareTo(other)));
            }
        }
    }

    @Test
    void theirOrderIsThatOfTheKeys() {
        Random random = new Random(1);
        assertOrdered(List.of(
                "",
                "a",
                "ab",
                "b",
                "A",
                "\0",
                "ä",
                "☃",
                "\ud83d\ude80",
                "\ud83d",
                "\ude80",
                "\uffee",
                "a\0",
                "\u07ff",
                "\u0800"));
        assertOrdered(List.of(0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 255, 256));
        assertOrdered(List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE));
        assertOrdered(List.of((short) -3, (short) 5));
        assertOrdered(List.of((byte) -3, (byte) 5));
        assertOrdered(List.of('a', '\0', '\uffff'));
        assertOrdered(List.of(true, false));
        assertOrdered(List.of(
                0.0, -0.0, 1.5, -1.5, 1e300, -1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
        assertOrdered(List.of(0f, -0f, 1.5f, -1.5f, Float.NaN));
        assertOrdered(List.of(
                Instant.EPOCH, Instant.MIN, Instant.MAX, Instant.ofEpochSecond(1, 5), Instant.ofEpochSecond(-1, 5)));
        assertOrdered(List.of(LocalDate.MIN, LocalDate.EPOCH, LocalDate.MAX));
        assertOrdered(List.of(
                LocalDateTime.MIN, LocalDateTime.of(2020, 1, 1, 1, 1), LocalDateTime.of(2020, 1, 1, 1, 1, 0, 1)));
        assertOrdered(IntStream.range(0, 50)
                .mapToObj(i -> new UUID(random.nextLong(), random.nextLong()))
                .toList());
    }

    @Test
    void whatIsBehindAKeyIsTheNextOne() {
        byte[] key = EntryKeys.of("a");
        assertThat(Arrays.compareUnsigned(EntryKeys.behind(key), key)).isPositive();
        assertThat(Arrays.compareUnsigned(EntryKeys.behind(key), EntryKeys.of("a\0")))
                .isZero();
    }
}
