package org.thespis.runtime.document;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The classes that values of an author's type may have, as {@code @JsonbTypeInfo} or {@code sealed} tells them.
 *
 * @param key of the name among the members
 */
record Subtypes(String key, Map<String, Class<?>> byName) {

    /**
     * Null if nothing tells any but the class itself.
     *
     * @throws StateTypeException if what tells them does not tell all
     */
    static Subtypes of(TypeUse use, String where) {
        Class<?> type = use.raw();
        JsonbTypeInfo info = info(type);
        Map<String, Class<?>> byName = new LinkedHashMap<>();
        if (info != null) {
            named(type, info, byName, where);
        }
        if (byName.isEmpty() && type.isSealed() && !type.isEnum()) {
            permitted(type, byName, where);
        }
        boolean onlyItself = byName.values().stream().allMatch(c -> c == type);
        return onlyItself ? null : new Subtypes(info == null ? OpenCodec.MARK : info.key(), byName);
    }

    /** That of the type itself, or of one above it. */
    private static JsonbTypeInfo info(Class<?> type) {
        if (type == null || Codecs.isPlatform(type)) {
            return null;
        }
        JsonbTypeInfo info = type.getDeclaredAnnotation(JsonbTypeInfo.class);
        if (info == null) {
            info = info(type.getSuperclass());
        }
        for (Class<?> implemented : type.getInterfaces()) {
            info = info == null ? info(implemented) : info;
        }
        return info;
    }

    private static void named(Class<?> type, JsonbTypeInfo info, Map<String, Class<?>> byName, String where) {
        for (JsonbSubtype subtype : info.value()) {
            Class<?> c = subtype.type();
            if (!type.isAssignableFrom(c)) {
                continue;
            }
            JsonbTypeInfo own = c.getDeclaredAnnotation(JsonbTypeInfo.class);
            if (!isAbstract(c)) {
                put(subtype.alias(), c, byName, where);
            } else if (own != null && own != info) {
                named(c, own, byName, where);
            } else if (c.isSealed()) {
                permitted(c, byName, where);
            } else {
                throw Refusals.untold(c, where);
            }
        }
        if (!isAbstract(type) && !byName.containsValue(type)) {
            put(type.getSimpleName(), type, byName, where);
        }
    }

    private static void permitted(Class<?> type, Map<String, Class<?>> byName, String where) {
        Set<Class<?>> all = new LinkedHashSet<>();
        collect(type, all, where);
        for (Class<?> c : all) {
            boolean doubled = all.stream()
                            .filter(o -> o.getSimpleName().equals(c.getSimpleName()))
                            .count()
                    > 1;
            String full = c.getName()
                    .substring(
                            c.getPackageName().isEmpty()
                                    ? 0
                                    : c.getPackageName().length() + 1);
            put(doubled ? full : c.getSimpleName(), c, byName, where);
        }
    }

    private static void collect(Class<?> type, Set<Class<?>> into, String where) {
        if (!isAbstract(type) || type.isEnum()) {
            into.add(type);
        } else if (!type.isSealed()) {
            throw Refusals.untold(type, where);
        }
        if (type.isSealed() && !type.isEnum()) {
            for (Class<?> c : type.getPermittedSubclasses()) {
                collect(c, into, where);
            }
        }
    }

    private static boolean isAbstract(Class<?> type) {
        return Modifier.isAbstract(type.getModifiers());
    }

    private static void put(String name, Class<?> type, Map<String, Class<?>> byName, String where) {
        Class<?> other = byName.putIfAbsent(name, type);
        if (other != null && other != type) {
            throw new StateTypeException(
                    135,
                    where + ": \"" + name + "\" names both " + other.getName() + " and " + type.getName()
                            + "; give one another alias in @JsonbTypeInfo");
        }
    }
}
