package org.thespis.runtime.document;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Keys of entries as bytes whose order, byte by byte without sign, is that of the keys. */
public final class EntryKeys {

    /** The longest key that a store takes. */
    public static final int MAX_BYTES = 1_024;

    private static final int MAX_CHAR_BYTES = 3;

    private static final Map<Class<?>, Function<Object, byte[]>> ENCODERS = new HashMap<>();

    static {
        ENCODERS.put(String.class, key -> text((String) key));
        ENCODERS.put(Character.class, key -> ofLong((Character) key));
        ENCODERS.put(Boolean.class, key -> ofLong((Boolean) key ? 1 : 0));
        ENCODERS.put(Byte.class, key -> ofLong((Byte) key));
        ENCODERS.put(Short.class, key -> ofLong((Short) key));
        ENCODERS.put(Integer.class, key -> ofLong((Integer) key));
        ENCODERS.put(Long.class, key -> ofLong((Long) key));
        ENCODERS.put(Float.class, key -> ofDouble((Float) key));
        ENCODERS.put(Double.class, key -> ofDouble((Double) key));
        ENCODERS.put(UUID.class, key -> {
            UUID uuid = (UUID) key;
            return longs(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        });
        ENCODERS.put(Instant.class, key -> longs(((Instant) key).getEpochSecond(), ((Instant) key).getNano()));
        ENCODERS.put(LocalDate.class, key -> ofLong(((LocalDate) key).toEpochDay()));
        ENCODERS.put(LocalDateTime.class, key -> {
            LocalDateTime time = (LocalDateTime) key;
            return longs(time.toLocalDate().toEpochDay(), time.toLocalTime().toNanoOfDay());
        });
    }

    private EntryKeys() {}

    /** Whether there is an order for keys of that class. */
    static boolean isKey(Class<?> type) {
        return ENCODERS.containsKey(type) || type.isEnum();
    }

    /**
     * The bytes of a key.
     *
     * @throws ClassCastException if its class is none of keys
     * @throws IllegalArgumentException if it is too long
     */
    public static byte[] of(Object key) {
        if (key instanceof Enum<?> constant) {
            return text(constant.name());
        }
        Function<Object, byte[]> encoder = ENCODERS.get(key.getClass());
        if (encoder == null) {
            throw new ClassCastException(key.getClass().getName() + " is no class of keys");
        }
        return encoder.apply(key);
    }

    public static byte[] ofLong(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value ^ Long.MIN_VALUE).array();
    }

    private static byte[] longs(long one, long other) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(one ^ Long.MIN_VALUE)
                .putLong(other ^ Long.MIN_VALUE)
                .array();
    }

    /** In the order of {@link Double#compare}: the bits of negative numbers fall as the numbers rise. */
    private static byte[] ofDouble(double value) {
        long bits = Double.doubleToLongBits(value);
        return ofLong(bits < 0 ? bits ^ Long.MAX_VALUE : bits);
    }

    /** Each UTF-16 unit for itself, as UTF-8 would write it: that has the order of {@link String#compareTo}. */
    private static byte[] text(String text) {
        if (text.length() > MAX_BYTES) {
            throw tooLong();
        }
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * MAX_CHAR_BYTES);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes.put((byte) c);
            } else if (c < 0x800) {
                bytes.put((byte) (0xc0 | c >> 6)).put((byte) (0x80 | c & 0x3f));
            } else {
                bytes.put((byte) (0xe0 | c >> 12))
                        .put((byte) (0x80 | c >> 6 & 0x3f))
                        .put((byte) (0x80 | c & 0x3f));
            }
        }
        if (bytes.position() > MAX_BYTES) {
            throw tooLong();
        }
        return java.util.Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static IllegalArgumentException tooLong() {
        return new IllegalArgumentException("a key has at most " + MAX_BYTES + " bytes");
    }

    /** The least key that is greater. */
    public static byte[] behind(byte[] key) {
        return java.util.Arrays.copyOf(key, key.length + 1);
    }
}
