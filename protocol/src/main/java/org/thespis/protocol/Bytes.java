package org.thespis.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes. Used by one thread. */
final class Bytes {

    private static final char REPLACEMENT = '\uFFFD';

    /** Far above what messages and bodies may have by default; a value that holds another many times over ends here. */
    static final int MAX_SIZE = 64 << 20;

    /** Up to here a loop is faster than a copy of the text. */
    private static final int SHORT_TEXT = 48;

    /** For what follows a long text, so that the buffer does not grow for that alone. */
    private static final int SPARE = 32;

    private byte[] buffer = new byte[128];
    private int size;

    int size() {
        return size;
    }

    void u8(int value) {
        ensure(1);
        buffer[size++] = (byte) value;
    }

    /** Big-endian, the lowest {@code count} bytes. */
    void bigEndian(long value, int count) {
        ensure(count);
        for (int shift = 8 * (count - 1); shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
    }

    void raw(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
    }

    void ascii(String text) {
        int length = text.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            buffer[size++] = (byte) text.charAt(i);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Counts the bytes of a text.
     *
     * @throws UnencodableException if it is null, or half a surrogate pair is in it, which has no form in UTF-8
     */
    static int utf8Length(String text) {
        requireText(text);
        int length = text.length();
        int size = length;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (Character.isSurrogate(c)) {
                requirePair(text, i++);
                size += 2;
            } else {
                size += c < 0x800 ? 1 : 2;
            }
        }
        return size;
    }

    static void requireText(String text) {
        if (text == null) {
            throw new UnencodableException("a name or text that is missing");
        }
    }

    private static void requirePair(String text, int at) {
        if (at + 1 == text.length() || !Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1))) {
            throw new UnencodableException("text with half a surrogate pair");
        }
    }

    /** Whether a loop over a text is faster than copies of it. */
    static boolean isShort(String text) {
        requireText(text);
        return text.length() <= SHORT_TEXT;
    }

    /** Writes a text whose {@link #utf8Length} is known. */
    void shortText(String text, int utf8Length) {
        if (utf8Length == text.length()) {
            ascii(text);
        } else {
            raw(utf8(text));
        }
    }

    /**
     * A text in UTF-8.
     *
     * @throws UnencodableException as {@link #utf8Length}
     */
    static byte[] strictUtf8(String text) {
        byte[] utf8 = utf8(text);
        // of the same length is plain ASCII, or has half a pair that became one question mark
        if (utf8.length != text.length() || !text.equals(new String(utf8, StandardCharsets.ISO_8859_1))) {
            utf8Length(text);
        }
        return utf8;
    }

    /** Leaves room for the length of what is written next; gives its place, for {@link #endData}. */
    int startData() {
        u8(0);
        return size;
    }

    /** Writes the length of all that was written since, as BARE has it, in front of that. */
    void endData(int start) {
        int length = size - start;
        int more = (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(length | 1)) / 7;
        if (more > 0) {
            ensure(more);
            System.arraycopy(buffer, start, buffer, start + more, length);
            size += more;
        }
        for (int i = 0; i < more; i++) {
            buffer[start - 1 + i] = (byte) (length >>> 7 * i | 0x80);
        }
        buffer[start - 1 + more] = (byte) (length >>> 7 * more);
    }

    /** Reads UTF-8 strictly. */
    static String text(byte[] utf8) throws MalformedMessageException {
        return text(utf8, 0, utf8.length);
    }

    static String text(byte[] in, int from, int length) throws MalformedMessageException {
        String text = new String(in, from, length, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : strictText(ByteBuffer.wrap(in, from, length));
    }

    /** Tells a replacement character that was sent from one that stands for what is no UTF-8. */
    private static String strictText(ByteBuffer utf8) throws MalformedMessageException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessageException("text that is not UTF-8", e);
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(buffer, size);
    }

    /** What was written, without a copy: nothing must be written any more. */
    ByteBuffer toBuffer() {
        return ByteBuffer.wrap(buffer, 0, size);
    }

    String utf8Text() {
        return new String(buffer, 0, size, StandardCharsets.UTF_8);
    }

    private void ensure(int more) {
        if (more > buffer.length - size) {
            grow((long) size + more);
        }
    }

    private void grow(long needed) {
        if (needed > MAX_SIZE) {
            throw tooLong();
        }
        buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_SIZE, Math.max(needed + SPARE, 2L * buffer.length)));
    }

    static UnencodableException tooLong() {
        return new UnencodableException("a message of more than " + MAX_SIZE + " bytes");
    }
}
