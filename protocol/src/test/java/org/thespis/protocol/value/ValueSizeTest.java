package org.thespis.protocol.value;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValueSizeTest {

    private static void isTooLarge(Object plain, long max) {
        assertThatThrownBy(() -> ValueSize.require(plain, max))
                .isInstanceOf(BindingException.class)
                .hasMessage("it is larger than " + max + " bytes");
    }

    private static void isBeyond(Object plain) {
        assertThatThrownBy(() -> ValueSize.require(plain, 1_000_000))
                .isInstanceOf(BindingException.class)
                .hasMessageStartingWith("a number of more than 3322 bits");
    }

    @Test
    void textAndBytesCountTheirLength() {
        assertThatCode(() -> ValueSize.require("x".repeat(100), 100)).doesNotThrowAnyException();
        isTooLarge("x".repeat(101), 100);
        isTooLarge(List.of("x".repeat(60), "x".repeat(60)), 100);
        isTooLarge(Map.of("x".repeat(101), 1), 100);
        isTooLarge(new byte[101], 100);
    }

    @Test
    void manyThingsCountHoweverSmallTheyAre() {
        isTooLarge(Collections.nCopies(1_000, null), 1_000);
        isTooLarge(Collections.nCopies(1_000, ""), 1_000);
        isTooLarge(Collections.nCopies(1_000, List.of()), 1_000);
        assertThatCode(() -> ValueSize.require(Arrays.asList(1, null, true, List.of(), Map.of("a", 1.5)), 100))
                .doesNotThrowAnyException();
    }

    @Test
    void numbersAreBoundedAsInMessages() {
        assertThatCode(() -> ValueSize.require(List.of(BigInteger.TWO.pow(3_321), new BigDecimal("1e500")), 1_000))
                .doesNotThrowAnyException();
        isBeyond(BigInteger.TWO.pow(3_322));
        isBeyond(List.of(Map.of("a", new BigDecimal("1e1000000000"))));
        isBeyond(new BigDecimal("1e-2000"));
    }
}
