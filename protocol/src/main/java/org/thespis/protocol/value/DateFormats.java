package org.thespis.protocol.value;

import jakarta.json.bind.annotation.JsonbDateFormat;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;

/** Whether a class, or one of its members, says how dates are to be written. */
final class DateFormats extends ClassValue<Boolean> {

    @Override
    protected Boolean computeValue(Class<?> type) {
        return anyIn(type, new HashSet<>());
    }

    private static boolean anyIn(Type type, Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                if (anyIn(argument, seen)) {
                    return true;
                }
            }
        }
        Class<?> raw = GenericTypes.raw(type);
        while (raw.isArray()) {
            raw = raw.getComponentType();
        }
        for (Class<?> c = raw; c != null && c.getClassLoader() != null; c = c.getSuperclass()) {
            if (seen.add(c) && (isFormatted(c) || isFormatted(c.getPackage()) || memberOf(c, seen))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFormatted(AnnotatedElement element) {
        return element != null && element.isAnnotationPresent(JsonbDateFormat.class);
    }

    private static boolean memberOf(Class<?> type, Set<Class<?>> seen) {
        for (Method method : type.getDeclaredMethods()) {
            if (isFormatted(method)) {
                return true;
            }
        }
        for (Field field : type.getDeclaredFields()) {
            if (isFormatted(field) || anyIn(field.getGenericType(), seen)) {
                return true;
            }
        }
        return false;
    }
}
