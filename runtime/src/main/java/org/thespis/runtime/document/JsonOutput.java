package org.thespis.runtime.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.thespis.protocol.value.BindingException;

/** Writes JSON into bytes at once. One thread at a time; may be used again after {@link #reset}. */
public final class JsonOutput {

    /** How deep values may be nested in a field; what holds itself is deeper than any limit. */
    public static final int MAX_LEVELS = 500;

    private static final int FIRST_SIZE = 128;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
    private static final int MAX_LONG_DIGITS = 20;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    /** The name of a value that stands beside the name of its class. */
    static final byte[] VALUE_KEY = quoted("value");

    private final int maxBytes;
    private final boolean canonical;
    private byte[] bytes;
    private int length;
    private int level;

    /** @param maxBytes what is longer is refused with a {@link TooLongException} */
    public JsonOutput(int maxBytes) {
        this(maxBytes, FIRST_SIZE);
    }

    /** @param expected the length that is likely, so that what is written need not be copied as it grows */
    public JsonOutput(int maxBytes, int expected) {
        this(maxBytes, expected, false);
    }

    private JsonOutput(int maxBytes, int expected, boolean canonical) {
        this.maxBytes = maxBytes;
        this.canonical = canonical;
        this.bytes = new byte[Math.min(Math.max(expected, FIRST_SIZE), maxBytes)];
    }

    /** One that writes what has no order (hash maps and sets) sorted, so that equal values have equal bytes. */
    static JsonOutput canonical() {
        return new JsonOutput(Integer.MAX_VALUE, FIRST_SIZE, true);
    }

    /** The name of a member and a colon, as JSON. */
    static byte[] quoted(String name) {
        JsonOutput out = new JsonOutput(Integer.MAX_VALUE);
        out.text(name);
        out.sign(':');
        return out.toByteArray();
    }

    /** The same after a comma. */
    static byte[] follow(String name) {
        JsonOutput out = new JsonOutput(Integer.MAX_VALUE);
        out.sign(',');
        out.raw(quoted(name));
        return out.toByteArray();
    }

    boolean isCanonical() {
        return canonical;
    }

    /** An empty one of the same kind. */
    JsonOutput fresh() {
        JsonOutput other = new JsonOutput(maxBytes, FIRST_SIZE, canonical);
        other.level = level;
        return other;
    }

    public int length() {
        return length;
    }

    /** The array that is written into; its first {@link #length} bytes count until the next change. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets everything from that length on, as after a failure. */
    public void reset(int newLength) {
        length = newLength;
        level = 0;
    }

    /** Takes back what was written from that length on. */
    void back(int newLength) {
        length = newLength;
    }

    /** Enters a value that holds others. */
    void enter() {
        if (++level > MAX_LEVELS) {
            throw new BindingException("it is nested deeper than " + MAX_LEVELS + " levels, or holds itself", null);
        }
    }

    void leave() {
        level--;
    }

    private void room(int more) {
        int needed = length + more;
        if (needed > bytes.length || needed < 0) {
            if (needed < 0 || needed > maxBytes || needed > LONGEST_ARRAY) {
                throw new TooLongException(maxBytes);
            }
            long roomy = Math.max(needed, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.min(maxBytes, LONGEST_ARRAY), roomy));
        }
    }

    /** Writes one byte of JSON's own signs. */
    public void sign(char sign) {
        room(1);
        bytes[length++] = (byte) sign;
    }

    /** Writes the comma before an element, unless it is the first. */
    void separate(int index) {
        if (index > 0) {
            sign(',');
        }
    }

    /** Writes bytes that are JSON already. */
    public void raw(byte[] json) {
        raw(json, 0, json.length);
    }

    /** The same for the bytes from {@code from} to before {@code to}. */
    public void raw(byte[] json, int from, int to) {
        room(to - from);
        System.arraycopy(json, from, bytes, length, to - from);
        length += to - from;
    }

    /** Writes ASCII text without quotes: a number, true, false, null. */
    @SuppressWarnings("deprecation") // the one way that copies ASCII without an encoder
    void word(String ascii) {
        int size = ascii.length();
        room(size);
        ascii.getBytes(0, size, bytes, length);
        length += size;
    }

    public void number(long value) {
        if (value == Long.MIN_VALUE) {
            word(Long.toString(value));
            return;
        }
        long rest = Math.abs(value);
        room(digits(rest) + (value < 0 ? 1 : 0));
        if (value < 0) {
            bytes[length++] = '-';
        }
        int end = length + digits(rest);
        length = end;
        while (rest > Integer.MAX_VALUE) {
            bytes[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        int small = (int) rest;
        do {
            bytes[--end] = (byte) ('0' + small % 10);
            small /= 10;
        } while (small != 0);
    }

    private static int digits(long value) {
        int digits = 1;
        for (long power = 10; power <= value && digits < MAX_LONG_DIGITS - 1; power *= 10) {
            digits++;
        }
        return digits;
    }

    /** Writes text in quotes; half a surrogate pair as an escape, as UTF-8 has no bytes for it. */
    public void text(String text) {
        int size = text.length();
        room(size + 2);
        byte[] into = bytes;
        int to = length;
        into[to++] = '"';
        int i = 0;
        while (i < size && isPlain(text.charAt(i))) {
            into[to++] = (byte) text.charAt(i++);
        }
        length = to;
        while (i < size) {
            char c = text.charAt(i++);
            boolean pair = Character.isHighSurrogate(c) && i < size && Character.isLowSurrogate(text.charAt(i));
            if (pair) {
                fourBytes(Character.toCodePoint(c, text.charAt(i++)));
            } else {
                one(c);
            }
        }
        sign('"');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
    }

    private void one(char c) {
        room(lengthOf(c));
        if (isPlain(c)) {
            bytes[length++] = (byte) c;
        } else if (c == '"' || c == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = (byte) c;
        } else if (c < ' ' || Character.isSurrogate(c)) {
            escape(c);
        } else if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | c >> 6);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        } else {
            bytes[length++] = (byte) (0xe0 | c >> 12);
            bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
            bytes[length++] = (byte) (0x80 | c & 0x3f);
        }
    }

    private static int lengthOf(char c) {
        if (c < ' ' || Character.isSurrogate(c)) {
            return 6;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 2 : 1;
        }
        return c < 0x800 ? 2 : 3;
    }

    private void fourBytes(int point) {
        room(4);
        bytes[length++] = (byte) (0xf0 | point >> 18);
        bytes[length++] = (byte) (0x80 | point >> 12 & 0x3f);
        bytes[length++] = (byte) (0x80 | point >> 6 & 0x3f);
        bytes[length++] = (byte) (0x80 | point & 0x3f);
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[c >> shift & 0xf];
        }
    }
}
