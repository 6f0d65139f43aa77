package org.thespis.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.thespis.api.Undefined;

/**
 * Writes plain values as CBOR (RFC 8949), to clients with marks for bigints, bytes and undefined. No plain number is an
 * 8-byte integer, as it would be taken for a bigint.
 */
final class CborWriter extends ValueWriter {

    private static final int UNSIGNED = 0;
    private static final int NEGATIVE = 1;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;
    private static final int BYTES_AS_SUCH = 64; // RFC 8746
    private static final long MAX_UINT32 = 0xffff_ffffL;
    private static final double NANOS = 1e9;

    private final Bytes out;
    private final boolean marks;

    CborWriter(Bytes out) {
        this(out, true);
    }

    /** @param marks whether who reads it knows the marks, see {@link Marks} */
    CborWriter(Bytes out, boolean marks) {
        this.out = out;
        this.marks = marks;
    }

    @Override
    void value(Object value, int levels) {
        if (value == null) {
            out.u8(0xf6);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Integer || value instanceof Long) {
            number(((Number) value).longValue());
        } else if (value instanceof Double number) {
            number(number);
        } else if (value instanceof Boolean flag) {
            out.u8(flag ? 0xf5 : 0xf4);
        } else if (value instanceof Map<?, ?> map) {
            map(map, inner(levels));
        } else if (value instanceof List<?> list) {
            list(list, inner(levels));
        } else {
            rare(value);
        }
    }

    private void rare(Object value) {
        if (value instanceof BigInteger number) {
            bigInteger(number);
        } else if (value instanceof BigDecimal number) {
            value(Marks.number(number));
        } else if (value instanceof byte[] bytes) {
            bytes(bytes);
        } else if (value instanceof Instant instant) {
            out.u8(0xc1);
            float64(instant.getEpochSecond() + instant.getNano() / NANOS);
        } else if (value instanceof Undefined) {
            undefined();
        } else {
            throw notPlain();
        }
    }

    private void undefined() {
        if (marks) {
            mark(Marks.UNDEFINED, 0);
        } else {
            out.u8(0xf7);
        }
    }

    private void bytes(byte[] bytes) {
        if (marks) {
            mark(Marks.BYTES, base64(bytes));
        } else {
            out.u8(0xd8);
            out.u8(BYTES_AS_SUCH);
            raw(bytes);
        }
    }

    private void raw(byte[] bytes) {
        head(BYTES, bytes.length);
        out.raw(bytes);
    }

    private void bigInteger(BigInteger number) {
        if (marks) {
            mark(Marks.BIG_INT, digits(number));
            return;
        }
        requireBounds(number);
        boolean negative = number.signum() < 0;
        BigInteger unsigned = negative ? number.not() : number;
        if (unsigned.bitLength() <= Long.SIZE) {
            out.u8(negative ? 0x3b : 0x1b);
            out.bigEndian(unsigned.longValue(), 8);
        } else {
            out.u8(negative ? 0xc3 : 0xc2);
            raw(unsigned.toByteArray());
        }
    }

    private void map(Map<?, ?> map, int levels) {
        startMap(map.size());
        map.forEach((key, member) -> {
            key(key);
            value(member, levels);
        });
    }

    private void mark(String mark, Object value) {
        head(LIST, 2);
        text(mark);
        value(value);
    }

    private void list(List<?> list, int levels) {
        head(LIST, list.size());
        Iterator<?> items = list.iterator();
        if (marks && Marks.looksLikeMark(list)) {
            text("$" + items.next());
        }
        items.forEachRemaining(item -> value(item, levels));
    }

    private void number(long number) {
        if (number >= 0 && number <= MAX_UINT32) {
            head(UNSIGNED, number);
        } else if (number < 0 && -1 - number <= MAX_UINT32) {
            head(NEGATIVE, -1 - number);
        } else if (Marks.isSafe(number)) {
            float64(number);
        } else {
            bigInteger(BigInteger.valueOf(number));
        }
    }

    private void number(double number) {
        int whole = (int) number;
        if (whole == number && (whole != 0 || Double.doubleToRawLongBits(number) == 0)) {
            number((long) whole);
        } else {
            float64(number);
        }
    }

    private void float64(double number) {
        out.u8(0xfb);
        out.bigEndian(Double.doubleToLongBits(number), 8);
    }

    /** An id: always 8 bytes, as only those reach the client as bigints. */
    void id(long id) {
        out.u8(0x1b);
        out.bigEndian(id, 8);
    }

    void startMap(int size) {
        head(MAP, size);
    }

    @Override
    void text(String text) {
        if (Bytes.isShort(text)) {
            int size = Bytes.utf8Length(text);
            head(TEXT, size);
            out.shortText(text, size);
        } else {
            byte[] utf8 = Bytes.strictUtf8(text);
            head(TEXT, utf8.length);
            out.raw(utf8);
        }
    }

    private void head(int major, long value) {
        int type = major << 5;
        if (value < 24) {
            out.u8(type | (int) value);
        } else if (value <= 0xff) {
            out.u8(type | 24);
            out.u8((int) value);
        } else if (value <= 0xffff) {
            out.u8(type | 25);
            out.bigEndian(value, 2);
        } else {
            out.u8(type | 26);
            out.bigEndian(value, 4);
        }
    }
}
