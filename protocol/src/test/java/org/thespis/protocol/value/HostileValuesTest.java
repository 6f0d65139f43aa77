package org.thespis.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.protocol.CpuTime;

/** Values that are made to cost much are bound in time, or refused. */
@Timeout(20)
class HostileValuesTest {

    private static final long HALF_A_SECOND = 500_000_000L;
    private static final String DIGITS = "7".repeat(1_000_000);

    public static class Linked {
        public Linked next;
    }

    public static class AllNumbers {
        public int i;
        public Integer integer;
        public long l;
        public double d;
        public Double real;
        public float f;
        public short s;
        public byte b;
        public BigInteger big;
        public BigDecimal decimal;
        public Number number;
        public Map<BigInteger, String> bigKeys;
        public Map<BigDecimal, String> decimalKeys;
        public Map<Number, String> numberKeys;
        public OptionalInt optionalInt;
        public OptionalLong optionalLong;
        public OptionalDouble optionalDouble;
        public Instant instant;
        public Duration duration;
        public Object any;
    }

    private final Values values = Values.create();

    private void bindInTime(Object plain, Type type) {
        long start = CpuTime.nanos();
        try {
            values.bind(plain, type);
        } catch (BindingException e) {
            // as it may be
        }
        assertThat(CpuTime.nanos() - start).as(type.getTypeName()).isLessThan(HALF_A_SECOND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i",
                "integer",
                "l",
                "d",
                "real",
                "f",
                "s",
                "b",
                "big",
                "decimal",
                "number",
                "optionalInt",
                "optionalLong",
                "optionalDouble",
                "instant",
                "duration",
                "any"
            })
    void longNumbersAreBoundInTime(String member) throws Exception {
        values.bind(Map.of(), AllNumbers.class);
        Class<?> type = AllNumbers.class.getField(member).getType();
        for (Object plain : new Object[] {
            DIGITS,
            "1e1000000000",
            "-1E-1000000000",
            "0." + DIGITS,
            "PT" + DIGITS + "S",
            "2030-01-01T00:00:00." + DIGITS + "Z",
            new BigDecimal("1e1000000000"),
            new BigDecimal("1e-1000000000"),
            1e308,
            4.9e-324
        }) {
            bindInTime(plain, type);
            bindInTime(Map.of(member, plain), AllNumbers.class);
        }
    }

    @Test
    void decimalsWithHugeExponentsDoNotReachTheAuthor() {
        for (String number : new String[] {"1e1000000000", "1e-1000000000", DIGITS}) {
            for (String member : List.of("decimal", "number")) {
                assertThatThrownBy(() -> values.bind(Map.of(member, number), AllNumbers.class))
                        .isInstanceOf(BindingException.class);
            }
            for (String member : List.of("bigKeys", "decimalKeys", "numberKeys")) {
                assertThatThrownBy(() -> values.bind(Map.of(member, Map.of(number, "a")), AllNumbers.class))
                        .as(member)
                        .isInstanceOf(BindingException.class);
            }
        }
        for (String number : new String[] {"1e1000000000", "1e-1000000000"}) {
            assertThatThrownBy(() -> values.bind(new BigDecimal(number), BigInteger.class))
                    .isInstanceOf(BindingException.class);
        }
        assertThat(((AllNumbers) values.bind(Map.of("decimal", "12.50", "big", "12"), AllNumbers.class)).decimal)
                .isEqualByComparingTo("12.5");
        for (Object number : new Object[] {"12.50", new BigDecimal("12.50")}) {
            assertThat(((AllNumbers) values.bind(Map.of("number", number), AllNumbers.class)).number)
                    .isEqualTo(new BigDecimal("12.50"));
        }
    }

    @Test
    void largeDoublesAreTheIntegersThatJavaScriptShows() {
        assertThat(values.bind(0x1p63, BigInteger.class)).isEqualTo(new BigInteger("9223372036854776000"));
        assertThat(values.bind(1e300, BigInteger.class)).isEqualTo(new BigDecimal("1e300").toBigInteger());
    }

    @Test
    void valuesThatHoldThemselvesAreRefused() {
        List<Object> list = new ArrayList<>();
        list.add(Map.of("a", new Object[] {list}));
        assertThatThrownBy(() -> values.plain(list))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("nested deeper");
        Linked last = null;
        for (int i = 0; i < 400; i++) {
            Linked linked = new Linked();
            linked.next = last;
            last = linked;
        }
        Linked first = last;
        assertThatThrownBy(() -> values.plain(first)).isInstanceOf(BindingException.class);
    }

    @Test
    void theDeepestValueIsStillBound() {
        Object plain = 1L;
        for (int i = 0; i < Bounds.MAX_DEPTH; i++) {
            plain = i % 2 == 0 ? List.of(plain) : Map.of("next", plain);
        }
        Object deepest = plain;
        assertThatCode(() -> values.bind(Map.of("any", deepest), AllNumbers.class))
                .doesNotThrowAnyException();
        assertThat(values.plain(deepest)).isEqualTo(deepest);
    }
}
