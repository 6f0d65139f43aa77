package org.thespis.runtime.document;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.List;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;

/**
 * One {@code @State} field of an actor class: writes its value and reads it back, so that what was written comes back equal and
 * of its class, or nothing is written. Immutable, any thread; the bean, the output and the input are the caller's.
 */
public final class StateField {

    private final Field field;
    private final String name;
    private final byte[] quoted;
    private final Codec codec;

    private StateField(Field field, Codec codec) {
        this.field = field;
        this.name = field.getName();
        this.quoted = JsonOutput.quoted(name);
        this.codec = codec;
    }

    /**
     * Reads the declaration of a field.
     *
     * @param actorType the actor class, which may be a subclass of the one that declares the field
     * @throws StateTypeException if no value of its type could come back; the message names field, class and the way out
     */
    public static StateField of(Class<?> actorType, Field field) {
        String where = "@State on " + field.getDeclaringClass().getName() + "." + field.getName();
        TypeUse owner = new TypeUse(actorType, List.of()).as(field.getDeclaringClass());
        TypeUse use = TypeUse.of(field.getGenericType(), owner.variables());
        Annotations.requireRespected(field, where);
        Codec codec = Members.codec(field, use, new Codecs(), where);
        field.setAccessible(true);
        return new StateField(field, codec);
    }

    public String name() {
        return name;
    }

    /** Writes {@code "name":value}, and has it verified. The rest is as {@link #write}. */
    public void writeMember(Object bean, JsonOutput out, Verification verification) {
        int from = out.length();
        out.raw(quoted);
        int value = out.length();
        try {
            write(bean, out);
            verification.check(this, bean, out.array(), value, out.length());
        } catch (BindingException e) {
            out.reset(from);
            throw e;
        }
    }

    /**
     * Writes the value that the field has now.
     *
     * @throws BindingException if it could not come back; the message names the field and the class, and nothing is written
     */
    public void write(Object bean, JsonOutput out) {
        writeValue(get(bean), out);
    }

    private void writeValue(Object value, JsonOutput out) {
        int from = out.length();
        try {
            codec.writeNullable(value, out);
        } catch (RuntimeException | StackOverflowError e) { // also of lists that hold what they do not declare
            out.reset(from);
            throw unwritable("cannot be stored", e);
        }
    }

    /**
     * Reads a value that {@link #write} wrote, maybe of an older version of the class, and sets the field.
     *
     * @throws BindingException if it does not fit
     */
    public void read(Object bean, JsonInput in) {
        set(bean, readValue(in));
    }

    /** The same from bytes that hold nothing else. */
    public void read(Object bean, byte[] json) {
        read(bean, new JsonInput(json));
    }

    /** Sets the field to what stands for nothing: null, or the default of its primitive type. */
    public void clear(Object bean) {
        set(bean, Array.get(Array.newInstance(field.getType(), 1), 0));
    }

    private Object readValue(JsonInput in) {
        try {
            return codec.readNullable(in);
        } catch (RuntimeException | StackOverflowError e) { // also of constructors of the author
            throw unreadable(e);
        }
    }

    /**
     * Reads a value of a document of format 1, in which JSON-B wrote it, and sets the field. What JSON-B cannot read but this
     * can, as an {@code EnumMap}, is read too.
     *
     * @throws BindingException if it does not fit
     */
    public void readFormatOne(Object bean, JsonInput in, Values values) {
        set(bean, formatOne(in.slice(), values));
    }

    private Object formatOne(byte[] json, Values values) {
        String text = new String(json, java.nio.charset.StandardCharsets.UTF_8);
        if (text.equals("null") && !field.getType().isPrimitive()) {
            return values.bind(null, field.getGenericType());
        }
        try {
            return values.fromJson(text, field.getGenericType());
        } catch (BindingException e) {
            try {
                return readValue(new JsonInput(json));
            } catch (BindingException other) {
                throw unreadable(e);
            }
        }
    }

    /**
     * Reads back what was written and compares: the class, and the bytes that the value has when what is without order is
     * sorted. Called in the turn that wrote it, before anything else changes the value.
     *
     * @param written holds the value from {@code from} to before {@code to}
     * @throws BindingException if another value would come back
     */
    public void verify(Object bean, byte[] written, int from, int to) {
        Object value = get(bean);
        Object back = readValue(new JsonInput(written, from, to));
        String why = Verification.difference(value, back, this::writeValue);
        if (why != null) {
            throw unwritable(why, null);
        }
    }

    /** The class of the value that the field has now; null if it has none. */
    public Class<?> valueClass(Object bean) {
        Object value = get(bean);
        return value == null ? null : value.getClass();
    }

    /** For the author, in the log. */
    private BindingException unwritable(String what, Throwable cause) {
        return new BindingException(
                "field " + field.getDeclaringClass().getName() + "." + name + " of type "
                        + field.getType().getTypeName() + " " + what + whyNot(cause),
                cause);
    }

    /** May be shown to clients, and names no class. */
    private BindingException unreadable(Throwable cause) {
        return new BindingException("field " + name + " cannot be read" + why(cause), cause);
    }

    private static String whyNot(Throwable cause) {
        boolean strange = cause instanceof ClassCastException && cause.getMessage() != null;
        return strange ? ": " + cause.getMessage().replaceAll(" \\(.*", "") : why(cause);
    }

    private static String why(Throwable cause) {
        if (cause instanceof StackOverflowError) {
            return ": it is nested too deeply, or holds itself";
        }
        if (cause instanceof BindingException) {
            return ": " + cause.getMessage();
        }
        return cause == null ? "" : ": " + cause.getClass().getSimpleName();
    }

    private Object get(Object bean) {
        try {
            return field.get(bean);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // setAccessible went before
        }
    }

    private void set(Object bean, Object value) {
        try {
            field.set(bean, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // setAccessible went before
        } catch (IllegalArgumentException | NullPointerException e) {
            throw unreadable(e);
        }
    }
}
