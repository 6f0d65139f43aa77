package org.thespis.runtime.document;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Arrays, of primitives too; bytes in base64, chars as text. */
final class ArrayCodec extends Codec {

    private final Class<?> type;
    private final Class<?> component;
    private final Codec element;

    /** @param type of the array */
    ArrayCodec(Class<?> type, Codec element) {
        this.type = type;
        this.component = type.getComponentType();
        this.element = element;
    }

    @Override
    void write(Object value, JsonOutput out) {
        if (value.getClass() != type) {
            throw strange(value, type.getTypeName(), "make an array of exactly that type");
        }
        if (value instanceof byte[] bytes) {
            out.sign('"');
            out.raw(Base64.getEncoder().encode(bytes));
            out.sign('"');
        } else if (value instanceof char[] chars) {
            out.text(new String(chars));
        } else {
            out.enter();
            out.sign('[');
            elements(value, out);
            out.sign(']');
            out.leave();
        }
    }

    private void elements(Object array, JsonOutput out) {
        if (array instanceof int[] ints) {
            for (int i = 0; i < ints.length; i++) {
                out.separate(i);
                out.number(ints[i]);
            }
            return;
        }
        if (array instanceof long[] longs) {
            for (int i = 0; i < longs.length; i++) {
                out.separate(i);
                out.number(longs[i]);
            }
            return;
        }
        for (int i = 0; i < Array.getLength(array); i++) {
            out.separate(i);
            element.writeNullable(Array.get(array, i), out);
        }
    }

    @Override
    Object read(JsonInput in) {
        if (component == byte.class) {
            return bytes(in);
        }
        if (component == char.class) {
            return in.text().toCharArray();
        }
        List<Object> read = new ArrayList<>();
        in.enter();
        in.beginArray();
        while (in.nextElement()) {
            read.add(element.readNullable(in));
        }
        in.leave();
        Object array = Array.newInstance(component, read.size());
        for (int i = 0; i < read.size(); i++) {
            Array.set(array, i, read.get(i));
        }
        return array;
    }

    private static byte[] bytes(JsonInput in) {
        try {
            return Base64.getDecoder().decode(in.text());
        } catch (IllegalArgumentException e) {
            throw in.fault("bytes in base64");
        }
    }
}
