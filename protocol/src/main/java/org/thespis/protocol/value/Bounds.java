package org.thespis.protocol.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/** What a plain value may be at most, whoever makes it: read or written, in every encoding. */
public final class Bounds {

    /** Levels of lists and maps. */
    public static final int MAX_DEPTH = 256;

    /** Bits of a whole number; a thousand decimal digits. Arithmetic and text of longer ones cost more than their length. */
    public static final int MAX_NUMBER_BITS = 3_322;

    /** Characters of a number in text: digits, signs, point and exponent. */
    public static final int MAX_NUMBER_CHARS = 1_002;

    private Bounds() {}

    /** Whether a whole number keeps its bound. */
    public static boolean holds(BigInteger number) {
        return number.bitLength() <= MAX_NUMBER_BITS;
    }

    /** Whether a decimal keeps its bound, also when it is written out without an exponent. */
    public static boolean holds(BigDecimal number) {
        long scale = number.scale(); // asked first: the digits of a long number cost time to count
        return holds(number.unscaledValue())
                && scale <= MAX_NUMBER_CHARS
                && number.precision() - scale <= MAX_NUMBER_CHARS;
    }
}
