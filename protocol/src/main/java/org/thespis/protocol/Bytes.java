package org.thespis.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes. Used by one thread. */
final class Bytes {

    private static final char REPLACEMENT = '\uFFFD';

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

    /** Reads UTF-8 strictly. */
    static String text(byte[] utf8) throws MalformedMessageException {
        String text = new String(utf8, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : strictText(utf8);
    }

    /** Tells a replacement character that was sent from one that stands for what is no UTF-8. */
    private static String strictText(byte[] utf8) throws MalformedMessageException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
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

    void append(Bytes other) {
        ensure(other.size);
        System.arraycopy(other.buffer, 0, buffer, size, other.size);
        size += other.size;
    }

    String utf8Text() {
        return new String(buffer, 0, size, StandardCharsets.UTF_8);
    }

    private void ensure(int more) {
        if (size + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
