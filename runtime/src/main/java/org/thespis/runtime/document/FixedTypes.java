package org.thespis.runtime.document;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells types none of whose values can be changed in place: scalars, enums, and records and sealed types of such. */
final class FixedTypes {

    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Locale.class);

    private FixedTypes() {}

    static boolean isFixed(TypeUse use) {
        return isFixed(use, new HashSet<>());
    }

    private static boolean isFixed(TypeUse use, Set<TypeUse> seen) {
        Class<?> raw = use.raw();
        if (raw.isPrimitive() || raw.isEnum() || SCALARS.contains(raw) || isTime(raw) || !seen.add(use)) {
            return true; // what is seen again is decided by what it holds besides
        }
        if (raw.isRecord()) {
            return areComponentsFixed(use, seen);
        }
        Class<?>[] permitted = raw.getPermittedSubclasses();
        if (permitted == null || !raw.isInterface()) {
            return false; // a class may have fields of its own
        }
        for (Class<?> subclass : permitted) {
            if (!isFixed(use.narrowed(subclass), seen)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTime(Class<?> raw) {
        return raw.getName().startsWith("java.time.") && Modifier.isFinal(raw.getModifiers());
    }

    private static boolean areComponentsFixed(TypeUse use, Set<TypeUse> seen) {
        Map<java.lang.reflect.TypeVariable<?>, TypeUse> variables = use.variables();
        for (RecordComponent component : use.raw().getRecordComponents()) {
            if (!isFixed(TypeUse.of(component.getGenericType(), variables), seen)) {
                return false;
            }
        }
        return true;
    }
}
