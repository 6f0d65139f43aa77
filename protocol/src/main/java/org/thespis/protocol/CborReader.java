package org.thespis.protocol;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.Undefined;
import org.thespis.protocol.value.Bounds;

/**
 * Reads CBOR (RFC 8949) to plain values. As the clients write it: 8-byte integers are bigints, a number beyond 32 bits
 * is a double. Keys are text or integers of at most 32 bits; of entries with the same key the last one counts, as in
 * JavaScript.
 */
final class CborReader extends ValueReader {

    private static final int TEXT = 3;
    private static final int MAX_BIG_NUMBER_BYTES = Bounds.MAX_NUMBER_BITS / Byte.SIZE + 1;

    /** Exponents of decimal and binary fractions; more than any double needs. */
    private static final long MAX_EXPONENT = 2_000;

    /** The range of dates in JavaScript. */
    private static final double MAX_SECONDS = 8.64e12;

    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;
    private static final long MILLION = 1_000_000L;

    private final byte[] in;
    private final int end;
    private final boolean marks;
    private int at;

    /** @param marks whether lists that look like marks are marks, see {@link Marks} */
    private CborReader(byte[] in, int from, int to, boolean marks, ReadLimits limits) {
        super(limits, to - from);
        this.in = in;
        this.at = from;
        this.end = to;
        this.marks = marks;
    }

    static Object read(byte[] in, boolean marks, ReadLimits limits) throws MalformedMessageException {
        return read(in, 0, in.length, marks, limits);
    }

    static Object read(byte[] in, int from, int to, boolean marks, ReadLimits limits) throws MalformedMessageException {
        CborReader reader = new CborReader(in, from, to, marks, limits);
        Object value = reader.value();
        if (reader.at != reader.end) {
            throw new MalformedMessageException("bytes behind the CBOR value");
        }
        return value;
    }

    private Object value() throws MalformedMessageException {
        int head = u8();
        int info = head & 0x1f;
        return switch (head >> 5) {
            case 0 -> integer(info, false);
            case 1 -> integer(info, true);
            case 2 -> bytes(info);
            case TEXT -> text(info);
            case 4 -> list(info);
            case 5 -> map(info);
            case 6 -> tagged(info);
            default -> simple(info);
        };
    }

    private Object integer(int info, boolean negative) throws MalformedMessageException {
        long value = length(info);
        if (info < 27) {
            return number(negative ? -1 - value : value);
        }
        takeBigNumber();
        BigInteger unsigned = value >= 0 ? BigInteger.valueOf(value) : new BigInteger(Long.toUnsignedString(value));
        return negative ? unsigned.not() : unsigned;
    }

    private Object simple(int info) throws MalformedMessageException {
        return switch (info) {
            case 20 -> false;
            case 21 -> true;
            case 22 -> null;
            case 23 -> Undefined.UNDEFINED;
            case 25 -> number(half((int) bigEndian(2)));
            case 26 -> number((double) Float.intBitsToFloat((int) bigEndian(4)));
            case 27 -> number(Double.longBitsToDouble(bigEndian(8)));
            default -> throw new MalformedMessageException("unknown simple value in CBOR");
        };
    }

    /** RFC 8949, appendix D. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1f;
        int mantissa = bits & 0x3ff;
        double value =
                switch (exponent) {
                    case 0 -> mantissa * 0x1p-24;
                    case 31 -> mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                    default -> (mantissa + 1024) * Math.pow(2, exponent - 25.0);
                };
        return (bits & 0x8000) == 0 ? value : -value;
    }

    private Object tagged(int info) throws MalformedMessageException {
        enter();
        Object value = tagged(length(info), value());
        leave();
        return value;
    }

    private Object tagged(long tag, Object value) throws MalformedMessageException {
        if (tag == 1 && value instanceof Number seconds) {
            return date(seconds.doubleValue());
        }
        if (tag == 2 && value instanceof byte[] bytes) {
            return bigNumber(bytes, false);
        }
        if (tag == 3 && value instanceof byte[] bytes) {
            return bigNumber(bytes, true);
        }
        if (tag == 4 || tag == 5) {
            return number(fraction(tag == 4, value));
        }
        return value; // 64 and others say how bytes are meant, 258 that a list is a set
    }

    private Instant date(double seconds) throws MalformedMessageException {
        if (!(Math.abs(seconds) <= MAX_SECONDS)) { // nor NaN
            throw new MalformedMessageException("a date out of range");
        }
        takeInstant();
        long micros = Math.round(seconds * MILLION);
        return Instant.ofEpochSecond(Math.floorDiv(micros, MILLION), Math.floorMod(micros, MILLION) * 1_000L);
    }

    private BigInteger bigNumber(byte[] bytes, boolean negative) throws MalformedMessageException {
        if (bytes.length <= MAX_BIG_NUMBER_BYTES) {
            takeBigNumber();
            BigInteger unsigned = new BigInteger(1, bytes);
            if (Bounds.holds(unsigned)) {
                return negative ? unsigned.not() : unsigned;
            }
        }
        throw new MalformedMessageException("a bigint of more than " + Bounds.MAX_NUMBER_BITS + " bits");
    }

    /** A mantissa and an exponent of 10 or 2, as the number that JavaScript would make of them. */
    private static double fraction(boolean decimal, Object value) throws MalformedMessageException {
        if (!(value instanceof List<?> parts) // an exponent first
                || parts.size() != 2
                || !(parts.get(0) instanceof Long exponent)
                || Math.abs(exponent) > MAX_EXPONENT
                || !(parts.get(1) instanceof Long || parts.get(1) instanceof BigInteger)) {
            throw new MalformedMessageException("a fraction that is not an exponent and an integer in range");
        }
        BigInteger mantissa = new BigInteger(parts.get(1).toString());
        double number = decimal
                ? new BigDecimal(mantissa, (int) -exponent).doubleValue()
                : Math.scalb(mantissa.doubleValue(), exponent.intValue());
        if (Double.isInfinite(number)) {
            throw new MalformedMessageException("a number out of range");
        }
        return number;
    }

    private byte[] bytes(int info) throws MalformedMessageException {
        if (info == INDEFINITE) {
            return bytes(chunks(2));
        }
        int length = available(length(info));
        at += length;
        return bytes(Arrays.copyOfRange(in, at - length, at));
    }

    private String text(int info) throws MalformedMessageException {
        if (info == INDEFINITE) {
            return text(Bytes.text(chunks(TEXT)));
        }
        int length = available(length(info));
        at += length;
        return text(Bytes.text(in, at - length, length));
    }

    /** Joins chunks: first their lengths are added, so that many small ones cost no more than they hold. */
    private byte[] chunks(int major) throws MalformedMessageException {
        int start = at;
        int size = 0;
        while (!atBreak()) {
            int length = chunk(major);
            at += length;
            size += length;
        }
        byte[] all = new byte[size];
        at = start;
        for (int filled = 0; !atBreak(); ) {
            int length = chunk(major);
            System.arraycopy(in, at, all, filled, length);
            at += length;
            filled += length;
        }
        return all;
    }

    private int chunk(int major) throws MalformedMessageException {
        int head = u8();
        if (head >> 5 != major || (head & 0x1f) == INDEFINITE) {
            throw new MalformedMessageException("a wrong chunk in CBOR");
        }
        return available(length(head & 0x1f));
    }

    private Object list(int info) throws MalformedMessageException {
        enter();
        List<Object> list = info == INDEFINITE ? endlessList() : list(count(info, 1));
        leave();
        return marks ? Marks.read(list) : list;
    }

    private List<Object> list(long count) throws MalformedMessageException {
        take(1, LIST_BYTES);
        take(count, ITEM_BYTES); // before the list is made as large: levels that all promise much cost nothing
        List<Object> list = new ArrayList<>((int) count);
        for (long left = count; left > 0; left--) {
            list.add(value());
        }
        return list;
    }

    private List<Object> endlessList() throws MalformedMessageException {
        take(1, LIST_BYTES);
        List<Object> list = new ArrayList<>(USUAL_ITEMS);
        while (!atBreak()) {
            take(1, ITEM_BYTES);
            list.add(value());
        }
        return list;
    }

    private Object map(int info) throws MalformedMessageException {
        enter();
        Map<String, Object> map = info == INDEFINITE ? endlessMap() : map(count(info, 2));
        leave();
        return map;
    }

    private Map<String, Object> map(long count) throws MalformedMessageException {
        take(1, MAP_BYTES);
        take(count, ENTRY_BYTES);
        Map<String, Object> map = new LinkedHashMap<>((int) (count + count / 3 + 1));
        for (long left = count; left > 0; left--) {
            String key = key();
            map.put(key, value());
        }
        return map;
    }

    private Map<String, Object> endlessMap() throws MalformedMessageException {
        take(1, MAP_BYTES);
        Map<String, Object> map = new LinkedHashMap<>(USUAL_ENTRIES);
        while (!atBreak()) {
            take(1, ENTRY_BYTES);
            String key = key();
            map.put(key, value());
        }
        return map;
    }

    private String key() throws MalformedMessageException {
        int head = u8();
        int info = head & 0x1f;
        int major = head >> 5;
        if (major == TEXT) {
            return text(info);
        }
        if (major > 1 || info == 27) {
            throw new MalformedMessageException("a key that is neither text nor a small integer");
        }
        long number = length(info);
        return text(Long.toString(major == 0 ? number : -1 - number));
    }

    /** A number of items, each of at least {@code itemSize} bytes, so a lie about it costs no memory. */
    private long count(int info, int itemSize) throws MalformedMessageException {
        long count = length(info);
        if (count < 0 || count > (end - at) / itemSize) {
            throw new MalformedMessageException("truncated");
        }
        return count;
    }

    private boolean atBreak() throws MalformedMessageException {
        if (at < end && (in[at] & 0xff) == BREAK) {
            at++;
            return true;
        }
        if (at >= end) {
            throw new MalformedMessageException("truncated");
        }
        return false;
    }

    private long length(int info) throws MalformedMessageException {
        if (info < 24) {
            return info;
        }
        return switch (info) {
            case 24 -> bigEndian(1);
            case 25 -> bigEndian(2);
            case 26 -> bigEndian(4);
            case 27 -> bigEndian(8);
            default -> throw new MalformedMessageException("a wrong length in CBOR");
        };
    }

    private long bigEndian(int count) throws MalformedMessageException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | u8();
        }
        return value;
    }

    private int available(long length) throws MalformedMessageException {
        if (length < 0 || length > end - at) {
            throw new MalformedMessageException("truncated");
        }
        return (int) length;
    }

    private int u8() throws MalformedMessageException {
        if (at >= end) {
            throw new MalformedMessageException("truncated");
        }
        return in[at++] & 0xff;
    }
}
