package org.thespis.protocol;

import java.math.BigInteger;
import java.util.Base64;
import org.thespis.protocol.value.Bounds;

/** What the writers of all encodings share: what they take for plain values, and how deep. Used by one thread. */
abstract class ValueWriter {

    abstract void text(String text);

    /**
     * Writes a plain value.
     *
     * @param levels how deep it may be nested
     */
    abstract void value(Object value, int levels);

    /** @throws UnencodableException if the value is no plain one or beyond its bounds; what was written is then of no use */
    final void value(Object value) {
        value(value, Bounds.MAX_DEPTH);
    }

    /** The levels that are left inside of a list or map. Lists that hold themselves end here, too. */
    static int inner(int levels) {
        if (levels == 0) {
            throw new UnencodableException("a value nested deeper than " + Bounds.MAX_DEPTH + " levels");
        }
        return levels - 1;
    }

    final void key(Object key) {
        if (!(key instanceof String text)) {
            throw new UnencodableException("a key that is no text");
        }
        text(text);
    }

    static String base64(byte[] bytes) {
        if (bytes.length > Bytes.MAX_SIZE) {
            throw Bytes.tooLong();
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    static UnencodableException notPlain() {
        return new UnencodableException("a value of a class that is not a plain one");
    }

    /**
     * The digits of a bigint.
     *
     * @throws UnencodableException if it has too many
     */
    static String digits(BigInteger number) {
        requireBounds(number);
        return number.toString();
    }

    static void requireBounds(BigInteger number) {
        if (!Bounds.holds(number)) {
            throw new UnencodableException("a bigint of more than " + Bounds.MAX_NUMBER_BITS + " bits");
        }
    }
}
