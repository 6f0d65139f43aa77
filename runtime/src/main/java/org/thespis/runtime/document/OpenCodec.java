package org.thespis.runtime.document;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.thespis.protocol.value.BindingException;

/**
 * Values of a declared type of the platform that more than one class of the platform has, as {@code Object}, {@code Number}
 * or {@code List}: the class that is usual there as it is, others with their name beside them, {@code
 * {"@type":"TreeMap","value":{...}}}. Names are those of {@link Kinds} alone, so that no document makes an object of another
 * class.
 */
final class OpenCodec extends Codec {

    static final String MARK = "@type";

    private static final byte[] MARK_KEY = JsonOutput.quoted(MARK);

    private static final int MAYBE_NO_INT = 10; // digits and signs

    private record Named(String name, Codec codec) {}

    private final TypeUse declared;
    private final Map<Class<?>, Named> byClass = new HashMap<>();
    private final Map<String, Codec> byName = new HashMap<>();
    private Codec usual;

    OpenCodec(TypeUse declared) {
        this.declared = declared;
    }

    void add(Class<?> type, String name, Codec codec) {
        byClass.put(type, new Named(name, codec));
        byName.put(name, codec);
    }

    /** The class that is written as it is; without it those are that JSON itself tells from each other. */
    void usual(Class<?> type) {
        Named named = byClass.get(type);
        usual = named == null ? null : named.codec;
    }

    @Override
    void write(Object value, JsonOutput out) {
        Named named = byClass.get(value.getClass());
        if (named == null) {
            throw strange(value, declared.toString(), "declare the class itself, or a sealed type; copy views");
        }
        if (usual == null ? isTold(value, named) : named.codec == usual) {
            named.codec.write(value, out);
            return;
        }
        out.sign('{');
        out.raw(MARK_KEY);
        out.text(named.name);
        out.sign(',');
        out.raw(JsonOutput.VALUE_KEY);
        named.codec.write(value, out);
        out.sign('}');
    }

    /** Whether JSON itself tells that it is one of this class, see {@link #told}. */
    private static boolean isTold(Object value, Named named) {
        return switch (named.name) {
            case "String", "Integer", "Boolean", "ArrayList" -> true;
            case "Double" -> Double.isFinite((Double) value);
            case "LinkedHashMap" -> ((MapCodec) named.codec).isObject((Map<?, ?>) value);
            default -> false;
        };
    }

    private static String told(JsonInput in) {
        return switch (in.peek()) {
            case '"' -> "String";
            case 't', 'f' -> "Boolean";
            case '[' -> "ArrayList";
            case '{' -> "LinkedHashMap";
            default -> in.isFraction() ? "Double" : integer(in.lookAtNumber());
        };
    }

    /** Long ones are written with their name, but not so by JSON-B. */
    private static String integer(String number) {
        if (number.length() < MAYBE_NO_INT) {
            return "Integer";
        }
        try {
            int bits = new BigInteger(number).bitLength();
            return bits < Integer.SIZE ? "Integer" : bits < Long.SIZE ? "Long" : "BigInteger";
        } catch (NumberFormatException e) {
            return "Integer"; // whose fault it is then
        }
    }

    @Override
    Object read(JsonInput in) {
        if (!in.tryMark(MARK_KEY)) {
            return (usual != null ? usual : named(told(in))).read(in);
        }
        String name = in.text();
        if (!in.tryKey(JsonOutput.VALUE_KEY)) {
            throw in.fault("a value of " + name);
        }
        Object value = named(name).read(in);
        in.endObject();
        return value;
    }

    /** One that the declared type no longer admits becomes the usual one, as a list does that was a set. */
    private Codec named(String name) {
        Codec codec = byName.get(name);
        if (codec != null) {
            return codec;
        }
        if (usual instanceof CollectionCodec || usual instanceof MapCodec) {
            return usual;
        }
        throw new BindingException("a " + name + " is no " + declared, null);
    }

    /** Text is a key as it is; others are parts of a pair, with their name. */
    @Override
    boolean isText() {
        return usual == null && byName.containsKey("String");
    }

    @Override
    String toText(Object value) {
        return value instanceof String text ? text : null;
    }

    @Override
    Object fromText(String text) {
        return text;
    }
}
