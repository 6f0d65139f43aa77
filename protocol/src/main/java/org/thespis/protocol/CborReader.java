package org.thespis.protocol;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.Undefined;

/**
 * Reads CBOR (RFC 8949) to plain values. As the clients write it: 8-byte integers are bigints, a number beyond 32 bits
 * is a double.
 */
final class CborReader {

    private static final int BREAK = 0xff;
    private static final int INDEFINITE = 31;
    private static final long MILLION = 1_000_000L;

    private final byte[] in;
    private final int end;
    private final boolean marks;
    private int at;
    private int depth;

    /** @param marks whether lists that look like marks are marks, see {@link Marks} */
    private CborReader(byte[] in, int from, int to, boolean marks) {
        this.in = in;
        this.at = from;
        this.end = to;
        this.marks = marks;
    }

    static Object read(byte[] in, boolean marks) throws MalformedMessageException {
        CborReader reader = new CborReader(in, 0, in.length, marks);
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
            case 2 -> chunks(2, info);
            case 3 -> Bytes.text(chunks(3, info));
            case 4 -> list(info);
            case 5 -> map(info);
            case 6 -> tagged(info);
            default -> simple(info);
        };
    }

    private Object integer(int info, boolean negative) throws MalformedMessageException {
        long value = length(info);
        if (info < 27) {
            return negative ? -1 - value : value;
        }
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(value));
        return negative ? unsigned.not() : unsigned;
    }

    private Object simple(int info) throws MalformedMessageException {
        return switch (info) {
            case 20 -> false;
            case 21 -> true;
            case 22 -> null;
            case 23 -> Undefined.UNDEFINED;
            case 25 -> half((int) bigEndian(2));
            case 26 -> (double) Float.intBitsToFloat((int) bigEndian(4));
            case 27 -> Double.longBitsToDouble(bigEndian(8));
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
        depth--;
        return value;
    }

    private static Object tagged(long tag, Object value) throws MalformedMessageException {
        if (tag == 1 && value instanceof Number seconds) {
            return date(seconds.doubleValue());
        }
        if (tag == 2 && value instanceof byte[] bytes) {
            return new BigInteger(1, bytes);
        }
        if (tag == 3 && value instanceof byte[] bytes) {
            return new BigInteger(1, bytes).not();
        }
        return value; // 64 and others say how bytes are meant, 258 that a list is a set
    }

    private static Instant date(double seconds) throws MalformedMessageException {
        try {
            long micros = Math.round(seconds * MILLION);
            return Instant.ofEpochSecond(Math.floorDiv(micros, MILLION), Math.floorMod(micros, MILLION) * 1_000L);
        } catch (DateTimeException e) {
            throw new MalformedMessageException("a date out of range", e);
        }
    }

    private byte[] chunks(int major, int info) throws MalformedMessageException {
        if (info != INDEFINITE) {
            return bytes(length(info));
        }
        Bytes all = new Bytes();
        while (!atBreak()) {
            int head = u8();
            if (head >> 5 != major || (head & 0x1f) == INDEFINITE) {
                throw new MalformedMessageException("a wrong chunk in CBOR");
            }
            all.raw(bytes(length(head & 0x1f)));
        }
        return all.toArray();
    }

    private Object list(int info) throws MalformedMessageException {
        enter();
        List<Object> list = new ArrayList<>();
        if (info == INDEFINITE) {
            while (!atBreak()) {
                list.add(value());
            }
        } else {
            for (long left = count(info, 1); left > 0; left--) {
                list.add(value());
            }
        }
        depth--;
        return marks ? Marks.read(list) : list;
    }

    private Object map(int info) throws MalformedMessageException {
        enter();
        Map<String, Object> map = new LinkedHashMap<>();
        if (info == INDEFINITE) {
            while (!atBreak()) {
                map.put(String.valueOf(value()), value());
            }
        } else {
            for (long left = count(info, 2); left > 0; left--) {
                map.put(String.valueOf(value()), value());
            }
        }
        depth--;
        return map;
    }

    private void enter() throws MalformedMessageException {
        if (++depth > JsonValueReader.MAX_DEPTH) {
            throw new MalformedMessageException("nested deeper than " + JsonValueReader.MAX_DEPTH + " levels");
        }
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

    private byte[] bytes(long length) throws MalformedMessageException {
        if (length < 0 || length > end - at) {
            throw new MalformedMessageException("truncated");
        }
        int from = at;
        at += (int) length;
        return Arrays.copyOfRange(in, from, at);
    }

    private int u8() throws MalformedMessageException {
        if (at >= end) {
            throw new MalformedMessageException("truncated");
        }
        return in[at++] & 0xff;
    }
}
