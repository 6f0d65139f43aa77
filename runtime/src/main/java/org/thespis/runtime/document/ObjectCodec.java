package org.thespis.runtime.document;

import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thespis.protocol.value.BindingException;

/** Objects of one class of an author, by their fields. */
final class ObjectCodec extends Codec {

    /**
     * One field.
     *
     * @param quoted its name and a colon
     * @param follow the same after a comma
     * @param getter {@code (Object)Object}
     * @param setter {@code (Object,Object)void}; null if only the constructor sets it
     */
    record Member(String name, byte[] quoted, byte[] follow, Codec codec, MethodHandle getter, MethodHandle setter) {

        Member(String name, Codec codec, MethodHandle getter, MethodHandle setter) {
            this(name, JsonOutput.quoted(name), JsonOutput.follow(name), codec, getter, setter);
        }

        Object get(Object from) {
            try {
                return getter.invokeExact(from);
            } catch (Throwable e) {
                throw new IllegalStateException(e); // a field is read
            }
        }

        void set(Object in, Object value) {
            try {
                setter.invokeExact(in, value);
            } catch (ClassCastException | NullPointerException e) {
                throw new BindingException("member " + name + " does not fit its type", e);
            } catch (Throwable e) {
                throw new IllegalStateException(e); // a field is set
            }
        }
    }

    /**
     * How an instance is made.
     *
     * @param handle {@code (Object[])Object}
     * @param arguments the places of the members that are its arguments, or {@link #LEFT_OUT}
     * @param defaults of the arguments that are left out
     */
    record Maker(MethodHandle handle, int[] arguments, Object[] defaults) {

        static final int LEFT_OUT = -1;

        Maker(MethodHandle handle, int[] arguments) {
            this(handle, arguments, new Object[arguments.length]);
        }

        static Object[] defaults(Class<?>[] types) {
            Object[] defaults = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                defaults[i] =
                        types[i].isPrimitive() ? Scalars.primitive(types[i]).absent() : null;
            }
            return defaults;
        }

        Object make(Class<?> type, Object[] values) {
            Object[] given = new Object[arguments.length];
            for (int i = 0; i < given.length; i++) {
                given[i] = arguments[i] == LEFT_OUT ? defaults[i] : values[arguments[i]];
            }
            Object made;
            try {
                made = handle.invokeExact(given);
            } catch (Throwable e) {
                throw new BindingException("a " + type.getSimpleName() + " cannot be made of what was stored", e);
            }
            if (made == null) {
                throw new BindingException("the creator of " + type.getSimpleName() + " made null", null);
            }
            return made;
        }
    }

    private static final int ENDED = -1;
    private static final int UNKNOWN = -2;

    private final Class<?> type;
    private Member[] members = {};
    private Map<String, Integer> places = Map.of();
    private Maker maker;

    ObjectCodec(Class<?> type) {
        this.type = type;
    }

    /** Called once, before use: a class may have members of its own type. */
    void complete(List<Member> all, Maker made) {
        members = all.toArray(Member[]::new);
        maker = made;
        places = new HashMap<>();
        for (int i = 0; i < members.length; i++) {
            places.put(members[i].name, i);
        }
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    @Override
    void write(Object value, JsonOutput out) {
        if (value.getClass() != type) {
            throw strange(
                    value,
                    type.getName(),
                    "make that sealed, or name the subclasses with @JsonbTypeInfo, or hold a " + type.getSimpleName());
        }
        writeMembers(value, out, '{');
        out.sign('}');
    }

    /** Writes the members, the first after that sign, without the end of the object. */
    void writeMembers(Object value, JsonOutput out, char first) {
        out.enter();
        boolean more = first == ',';
        if (!more) {
            out.sign('{');
        }
        for (Member member : members) {
            out.raw(member.follow, more ? 0 : 1, member.follow.length);
            member.codec.writeNullable(member.get(value), out);
            more = true;
        }
        out.leave();
    }

    @Override
    Object read(JsonInput in) {
        in.beginObject();
        return readMembers(in);
    }

    /** Reads the members of an object that has begun, and its end. */
    Object readMembers(JsonInput in) {
        in.enter();
        Object[] values = new Object[members.length];
        boolean[] present = new boolean[members.length];
        int expected = 0;
        while (true) {
            int place = place(in, expected);
            if (place == ENDED) {
                break;
            }
            if (place == UNKNOWN) {
                in.skip();
                continue;
            }
            values[place] = members[place].codec.readNullable(in);
            present[place] = true;
            expected = place + 1;
        }
        in.leave();
        return made(values, present);
    }

    private int place(JsonInput in, int expected) {
        if (expected < members.length && in.tryKey(members[expected].quoted)) {
            return expected;
        }
        String key = in.nextKey();
        return key == null ? ENDED : places.getOrDefault(key, UNKNOWN);
    }

    private Object made(Object[] values, boolean[] present) {
        for (int place : maker.arguments) {
            if (place != Maker.LEFT_OUT && !present[place]) {
                values[place] = members[place].codec.absent();
            }
        }
        Object made = maker.make(type, values);
        for (int i = 0; i < members.length; i++) {
            if (present[i] && members[i].setter != null) {
                members[i].set(made, values[i]);
            }
        }
        return made;
    }
}
