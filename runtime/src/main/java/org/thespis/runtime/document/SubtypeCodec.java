package org.thespis.runtime.document;

import java.util.HashMap;
import java.util.Map;
import org.thespis.protocol.value.BindingException;

/**
 * Values of an author's type that has subclasses: each with its name beside the members, {@code {"@type":"Circle","r":3}}.
 * Only the subclasses that the type itself names come back.
 */
final class SubtypeCodec extends Codec {

    private record Subtype(byte[] mark, Codec codec) {}

    private final TypeUse declared;
    private final String key;
    private final byte[] quotedKey;
    private final Map<Class<?>, Subtype> byClass = new HashMap<>();
    private final Map<String, Codec> byName = new HashMap<>();

    /** @param key of the name among the members */
    SubtypeCodec(TypeUse declared, String key) {
        this.declared = declared;
        this.key = key;
        this.quotedKey = JsonOutput.quoted(key);
    }

    void add(Class<?> type, String name, Codec codec) {
        JsonOutput out = new JsonOutput(Integer.MAX_VALUE);
        out.sign('{');
        out.text(key);
        out.sign(':');
        out.text(name);
        byClass.put(type, new Subtype(out.toByteArray(), codec));
        byName.put(name, codec);
    }

    private static Class<?> classOf(Object value) {
        return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    }

    @Override
    void write(Object value, JsonOutput out) {
        Subtype subtype = byClass.get(classOf(value));
        if (subtype == null) {
            throw strange(value, declared.toString(), "name it in @JsonbTypeInfo, or permit it in the sealed type");
        }
        out.raw(subtype.mark);
        if (subtype.codec instanceof ObjectCodec members) {
            members.writeMembers(value, out, ',');
        } else {
            out.sign(',');
            out.raw(JsonOutput.VALUE_KEY);
            subtype.codec.write(value, out);
        }
        out.sign('}');
    }

    @Override
    Object read(JsonInput in) {
        if (!in.tryMark(quotedKey)) {
            throw in.fault("an object that begins with \"" + key + "\"");
        }
        String name = in.text();
        Codec codec = byName.get(name);
        if (codec == null) {
            throw new BindingException("\"" + name + "\" is no subclass of " + declared, null);
        }
        if (codec instanceof ObjectCodec members) {
            return members.readMembers(in);
        }
        if (!in.tryKey(JsonOutput.VALUE_KEY)) {
            throw in.fault("a value of " + name);
        }
        Object value = codec.read(in);
        in.endObject();
        return value;
    }
}
