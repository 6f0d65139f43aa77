package org.thespis.runtime.soak;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What the parts of something are, for the message of a test that found it stuck. */
final class Look {

    private static final int DEPTH = 3;

    private Look() {}

    /** The fields of an object of the runtime, and of the runtime's objects in them. */
    static String at(Object stuck) {
        StringBuilder told = new StringBuilder();
        look(stuck, DEPTH, new LinkedHashSet<>(), told);
        return told.toString();
    }

    private static void look(Object object, int depth, Set<Integer> seen, StringBuilder told) {
        if (!seen.add(System.identityHashCode(object))) {
            return;
        }
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    look(object, field, depth, seen, told);
                }
            }
        }
    }

    private static void look(Object object, Field field, int depth, Set<Integer> seen, StringBuilder told) {
        try {
            field.setAccessible(true);
            Object value = field.get(object);
            String where = object.getClass().getSimpleName() + "." + field.getName();
            if (isPlain(value)) {
                told.append(where).append('=').append(value).append("; ");
            } else if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
                told.append(where).append('=').append(sizeOf(value)).append("; ");
            } else if (depth > 0 && value.getClass().getName().startsWith("org.thespis")) {
                look(value, depth - 1, seen, told);
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            told.append(field.getName()).append("=?; ");
        }
    }

    private static boolean isPlain(Object value) {
        return value == null
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof Record;
    }

    private static int sizeOf(Object value) {
        return value instanceof Collection<?> all ? all.size() : ((Map<?, ?>) value).size();
    }
}
