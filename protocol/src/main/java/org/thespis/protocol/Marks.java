package org.thespis.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.thespis.api.Undefined;
import org.thespis.protocol.value.Bounds;

/**
 * The marks for values that JSON lacks: lists of two whose first item is text that starts with {@code $}. A list of the
 * author that looks like one gets one more {@code $}.
 */
final class Marks {

    static final String BIG_INT = "$BigInt";
    static final String BYTES = "$Uint8Array";
    private static final String ARRAY_BUFFER = "$ArrayBuffer";
    static final String UNDEFINED = "$Undefined";
    private static final String SET = "$Set";
    private static final String ESCAPED = "$$";

    private static final int MARK_SIZE = 2;
    private static final int MAX_LONG_DIGITS = 18;

    /** The largest integer that every JavaScript number can hold: 2^53 - 1. */
    private static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private Marks() {}

    static boolean looksLikeMark(List<?> list) {
        return list.size() == MARK_SIZE && list.get(0) instanceof String s && s.startsWith("$");
    }

    /** Gives the value that a list from a client stands for: most often the list itself. */
    static Object read(List<Object> list) throws MalformedMessageException {
        if (!looksLikeMark(list)) {
            return list;
        }
        String mark = (String) list.get(0);
        Object value = list.get(1);
        if (mark.startsWith(ESCAPED)) {
            List<Object> unescaped = new ArrayList<>(list);
            unescaped.set(0, mark.substring(1));
            return unescaped;
        }
        return switch (mark) {
            case BIG_INT -> bigInteger(value);
            case BYTES, ARRAY_BUFFER -> bytes(value);
            case UNDEFINED -> Undefined.UNDEFINED;
            case SET -> {
                if (!(value instanceof List)) {
                    throw new MalformedMessageException("the mark of a set needs a list");
                }
                yield value;
            }
            default -> throw new MalformedMessageException("unknown mark");
        };
    }

    private static BigInteger bigInteger(Object value) throws MalformedMessageException {
        if (value instanceof String digits && digits.length() <= Bounds.MAX_NUMBER_CHARS) {
            BigInteger number = parse(digits);
            if (Bounds.holds(number)) {
                return number;
            }
        }
        throw new MalformedMessageException(
                "the mark of a bigint needs digits, of " + Bounds.MAX_NUMBER_BITS + " bits");
    }

    private static BigInteger parse(String digits) throws MalformedMessageException {
        try {
            return new BigInteger(digits);
        } catch (NumberFormatException e) {
            throw new MalformedMessageException("the mark of a bigint needs digits", e);
        }
    }

    private static byte[] bytes(Object value) throws MalformedMessageException {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof String base64) {
            try {
                return Base64.getDecoder().decode(base64);
            } catch (IllegalArgumentException e) {
                throw new MalformedMessageException("the mark of bytes needs base64", e);
            }
        }
        throw new MalformedMessageException("the mark of bytes needs base64");
    }

    /** Whether JavaScript reads this whole number exactly; if not, it travels as a bigint. */
    static boolean isSafe(long value) {
        return -MAX_SAFE_INTEGER <= value && value <= MAX_SAFE_INTEGER;
    }

    /**
     * A decimal of JSON-B as the number that JavaScript would make of it.
     *
     * @throws UnencodableException if it is out of the range of numbers
     */
    static Number number(BigDecimal decimal) {
        if (decimal.scale() <= 0 && (long) decimal.precision() - decimal.scale() <= MAX_LONG_DIGITS) {
            return decimal.longValue();
        }
        double number = decimal.doubleValue();
        if (Double.isInfinite(number)) {
            throw new UnencodableException("a number out of range");
        }
        return number;
    }
}
