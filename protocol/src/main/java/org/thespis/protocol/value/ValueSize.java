package org.thespis.protocol.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * Holds plain values that never were a message to the bounds of one: who calls inside the server sends no bytes whose number
 * somebody could count. Used once, by one thread.
 */
public final class ValueSize {

    private static final int NUMBER_BYTES = 8;
    private static final int SEPARATOR_BYTES = 2;

    private final long max;
    private long left;

    private ValueSize(long max) {
        this.max = max;
        this.left = max;
    }

    /**
     * Checks a value that is as deep as {@link Values#plain} lets it be.
     *
     * @param maxBytes of it, about as many as it would have in an encoding
     * @throws BindingException if it is larger, or holds a number beyond its bounds
     */
    public static void require(Object plain, long maxBytes) {
        new ValueSize(maxBytes).take(plain);
    }

    private void take(Object value) {
        if (value instanceof String text) {
            take(text.length());
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> {
                take(((String) key).length() + SEPARATOR_BYTES);
                take(member);
            });
        } else if (value instanceof List<?> list) {
            for (Object item : list) {
                take(SEPARATOR_BYTES);
                take(item);
            }
        } else if (value instanceof byte[] bytes) {
            take(bytes.length);
        } else {
            requireBounds(value);
            take(NUMBER_BYTES);
        }
    }

    private static void requireBounds(Object value) {
        if (value instanceof BigInteger number && !Bounds.holds(number)
                || value instanceof BigDecimal decimal && !Bounds.holds(decimal)) {
            throw new BindingException(
                    "a number of more than " + Bounds.MAX_NUMBER_BITS + " bits, or with more than "
                            + Bounds.MAX_NUMBER_CHARS + " digits written out",
                    null);
        }
    }

    private void take(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw new BindingException("it is larger than " + max + " bytes", null);
        }
    }
}
