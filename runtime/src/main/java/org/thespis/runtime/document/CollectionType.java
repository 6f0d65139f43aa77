package org.thespis.runtime.document;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.thespis.api.DurableList;
import org.thespis.api.DurableMap;
import org.thespis.api.DurableValue;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;

/**
 * What a {@code @State} field declares that is a durable collection: its kind, and how its entries are written and read.
 * Immutable, any thread.
 */
public final class CollectionType {

    /** What there is. */
    public enum Kind {
        LIST,
        MAP,
        VALUE
    }

    private final Field field;
    private final Kind kind;
    private final Class<?> keyClass;
    private final Codec key;
    private final Codec value;
    private final Codec whole;
    private final Type plainType;
    private final boolean fixed;

    private CollectionType(Field field, Kind kind, TypeUse use, Codecs codecs, String where) {
        this.field = field;
        this.kind = kind;
        this.keyClass = use.arg(0).raw();
        this.key = kind == Kind.MAP ? codecs.of(use.arg(0), where) : null;
        TypeUse valueUse = use.arg(kind == Kind.MAP ? 1 : 0);
        this.value = codecs.of(valueUse, where);
        this.fixed = FixedTypes.isFixed(valueUse);
        TypeUse plain = kind == Kind.VALUE ? valueUse : new TypeUse(plainClass(kind), use.args());
        this.whole = codecs.of(plain, where);
        this.plainType = plainType(field, kind);
    }

    /** Whether a field of that type is one. */
    public static boolean isCollection(Class<?> type) {
        return type == DurableList.class || type == DurableMap.class || type == DurableValue.class;
    }

    /**
     * Reads the declaration of a field.
     *
     * @throws StateTypeException if its entries could not come back, or its keys have no order that a store knows
     */
    public static CollectionType of(Class<?> actorType, Field field) {
        String where = "@State on " + field.getDeclaringClass().getName() + "." + field.getName();
        TypeUse owner = new TypeUse(actorType, List.of()).as(field.getDeclaringClass());
        TypeUse use = TypeUse.of(field.getGenericType(), owner.variables());
        Annotations.requireRespectedOnCollection(field, where);
        Class<?> raw = field.getType();
        Kind kind = raw == DurableList.class ? Kind.LIST : raw == DurableMap.class ? Kind.MAP : Kind.VALUE;
        if (kind == Kind.MAP && !EntryKeys.isKey(use.arg(0).raw())) {
            throw new StateTypeException(
                    153,
                    where + " has keys of type " + use.arg(0).raw().getTypeName()
                            + ", which cannot be sorted in the store; use text, numbers, times, UUIDs or an enum");
        }
        field.setAccessible(true);
        return new CollectionType(field, kind, use, new Codecs(), where);
    }

    private static Class<?> plainClass(Kind kind) {
        return kind == Kind.LIST ? List.class : Map.class;
    }

    /** What the field would be without us, for JSON-B. */
    private static Type plainType(Field field, Kind kind) {
        boolean told = field.getGenericType() instanceof ParameterizedType;
        if (kind == Kind.VALUE) {
            return told ? ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0] : Object.class;
        }
        if (!told) {
            return plainClass(kind);
        }
        Type[] arguments = ((ParameterizedType) field.getGenericType()).getActualTypeArguments();
        return new ParameterizedType() {
            @Override
            public Type[] getActualTypeArguments() {
                return arguments.clone();
            }

            @Override
            public Type getRawType() {
                return plainClass(kind);
            }

            @Override
            public Type getOwnerType() {
                return null;
            }
        };
    }

    public String name() {
        return field.getName();
    }

    public Kind kind() {
        return kind;
    }

    /** The class of the keys of a map. */
    public Class<?> keyClass() {
        return keyClass;
    }

    /** Whether no value can be changed in place. */
    public boolean isFixed() {
        return fixed;
    }

    /** Gives the field its collection. */
    public void set(Object bean, Object collection) {
        try {
            field.set(bean, collection);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // setAccessible went before
        }
    }

    /** Whether the field still has what it was given. */
    public boolean has(Object bean, Object collection) {
        try {
            return field.get(bean) == collection;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // setAccessible went before
        }
    }

    /**
     * Writes an entry, of a map with its key.
     *
     * @param entryKey null if it is of no map
     * @throws BindingException if it could not come back
     */
    public byte[] write(Object entryKey, Object entryValue, Verification verification, int maxBytes) {
        JsonOutput out = new JsonOutput(maxBytes);
        try {
            write(entryKey, entryValue, out);
        } catch (RuntimeException | StackOverflowError e) { // also of lists that hold what they do not declare
            throw e instanceof BindingException fault ? fault : unwritable("cannot be stored: " + e, e);
        }
        byte[] written = out.toByteArray();
        Class<?> type = entryValue == null ? null : entryValue.getClass();
        if (verification.isDue(this, type)) {
            verify(entryKey, entryValue, written);
            verification.done(this, type);
        }
        return written;
    }

    private void write(Object entryKey, Object entryValue, JsonOutput out) {
        if (kind == Kind.MAP) {
            out.sign('[');
            key.writeNullable(entryKey, out);
            out.sign(',');
        }
        value.writeNullable(entryValue, out);
        if (kind == Kind.MAP) {
            out.sign(']');
        }
    }

    private void verify(Object entryKey, Object entryValue, byte[] written) {
        Object back = readValue(written);
        String why = Verification.difference(entryValue, back, (one, out) -> write(entryKey, one, out));
        if (why != null) {
            throw unwritable(why, null);
        }
    }

    /**
     * Whether a value is still what was read of an entry: its bytes may be others, as what has no order may come in another
     * one, or an older version of its class wrote them.
     */
    public boolean isAsStored(Object entryValue, byte[] json) {
        try {
            return Verification.hasSameBytes(entryValue, readValue(json), value::writeNullable);
        } catch (RuntimeException | StackOverflowError e) { // a constructor of the author may throw now and then
            return false;
        }
    }

    private BindingException unwritable(String what, Throwable cause) {
        return new BindingException("an entry of " + field + " " + what, cause);
    }

    /**
     * The value of an entry that {@link #write} wrote.
     *
     * @throws BindingException if it does not fit the type any more
     */
    public Object readValue(byte[] json) {
        return read(json, 1);
    }

    /** The key of an entry of a map. */
    public Object readKey(byte[] json) {
        return read(json, 0);
    }

    private Object read(byte[] json, int place) {
        try {
            JsonInput in = new JsonInput(json);
            if (kind != Kind.MAP) {
                return value.readNullable(in);
            }
            in.beginArray();
            in.nextElement();
            Object read = key.readNullable(in);
            if (place == 1) {
                in.nextElement();
                read = value.readNullable(in);
            }
            return read;
        } catch (RuntimeException | StackOverflowError e) { // also of constructors of the author
            throw new BindingException("an entry of " + name() + " cannot be read", e);
        }
    }

    /**
     * Reads what the field held when it was a plain one: a list, a map, or the value itself.
     *
     * @throws BindingException if it does not fit
     */
    public Object readPlain(JsonInput in, int format, Values values) {
        try {
            if (format > 1) {
                return whole.readNullable(in);
            }
            String text = new String(in.slice(), StandardCharsets.UTF_8);
            return text.equals("null") ? null : values.fromJson(text, plainType);
        } catch (RuntimeException | StackOverflowError e) {
            throw new BindingException("field " + name() + " cannot be read", e);
        }
    }
}
