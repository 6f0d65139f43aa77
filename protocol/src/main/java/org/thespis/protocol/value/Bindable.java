package org.thespis.protocol.value;

import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Year;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what makes a declared type impossible to bind, whatever a client sends; asked only after a failure. */
final class Bindable {

    private static final Set<String> BOUND_PACKAGES =
            Set.of("java.time", "java.math", "java.net", "java.sql", "java.nio.file", "jakarta.json");

    private static final Set<Class<?>> UNBOUND =
            Set.of(Year.class, Locale.class, Currency.class, StringBuilder.class, StringBuffer.class);

    private Bindable() {}

    /** What the author has to change, or null if another value may fit. */
    static String fault(Type type) {
        return fault(type, new HashSet<>());
    }

    private static String fault(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return null;
        }
        Class<?> raw = GenericTypes.raw(type);
        if (raw.isArray()) {
            return fault(raw.getComponentType(), seen);
        }
        if (type instanceof ParameterizedType generic) {
            String inner = first(Arrays.stream(generic.getActualTypeArguments()), seen);
            if (inner != null) {
                return inner;
            }
        }
        if (isPlatform(raw)) {
            return faultOfPlatform(raw);
        }
        return raw.isEnum() || isExplained(raw) ? null : faultOfAuthor(raw, seen);
    }

    private static String first(Stream<? extends Type> types, Set<Type> seen) {
        return types.map(type -> fault(type, seen))
                .filter(fault -> fault != null)
                .findFirst()
                .orElse(null);
    }

    private static boolean isPlatform(Class<?> type) {
        return type.isPrimitive()
                || type.getClassLoader() == null
                || type.getClassLoader() == ClassLoader.getPlatformClassLoader()
                || JsonValue.class.isAssignableFrom(type);
    }

    private static String faultOfPlatform(Class<?> raw) {
        String home = raw.getPackageName();
        boolean known = raw.isPrimitive()
                || raw.isEnum()
                || raw == Object.class
                || raw == Number.class
                || raw == CharSequence.class
                || home.equals("java.lang") && Comparable.class.isAssignableFrom(raw) && !raw.isInterface()
                || home.equals("java.util") && !raw.isInterface()
                || Collection.class.isAssignableFrom(raw)
                || Map.class.isAssignableFrom(raw)
                || BOUND_PACKAGES.contains(home);
        return known && !UNBOUND.contains(raw) ? null : raw.getName() + " is nothing that JSON-B can make";
    }

    /** Whether an annotation says how values are made. */
    static boolean isExplained(AnnotatedElement type) {
        return type.isAnnotationPresent(JsonbTypeInfo.class)
                || type.isAnnotationPresent(JsonbTypeAdapter.class)
                || type.isAnnotationPresent(JsonbTypeDeserializer.class);
    }

    private static String faultOfAuthor(Class<?> raw, Set<Type> seen) {
        if (raw.isRecord()) {
            if (!Modifier.isPublic(raw.getModifiers())) {
                return raw.getName() + " is not public";
            }
            return first(
                    Arrays.stream(raw.getRecordComponents())
                            .filter(c -> !isExplained(c.getAccessor()))
                            .map(RecordComponent::getGenericType),
                    seen);
        }
        if (Modifier.isAbstract(raw.getModifiers())) {
            return raw.getName() + " has no instances of its own; name its classes with @JsonbTypeInfo";
        }
        if (!isMakeable(raw)) {
            return raw.getName() + " has no public constructor without parameters and no @JsonbCreator";
        }
        List<Field> fields = Arrays.stream(raw.getDeclaredFields())
                .filter(field -> isBound(raw, field) && !isExplained(field))
                .toList();
        for (Field field : fields) {
            if (GenericBinder.holds(field.getGenericType())) {
                return raw.getName() + "." + field.getName()
                        + " holds a generic record or an EnumMap, which only a record may hold";
            }
        }
        return first(fields.stream().map(Field::getGenericType), seen);
    }

    private static boolean isMakeable(Class<?> raw) {
        boolean creator = Stream.concat(
                        Arrays.stream(raw.getDeclaredConstructors()), Arrays.stream(raw.getDeclaredMethods()))
                .anyMatch(e -> e.isAnnotationPresent(JsonbCreator.class));
        boolean plain = Arrays.stream(raw.getDeclaredConstructors())
                .anyMatch(c -> c.getParameterCount() == 0 && !Modifier.isPrivate(c.getModifiers()));
        return creator || plain && Modifier.isPublic(raw.getModifiers());
    }

    private static boolean isBound(Class<?> raw, Field field) {
        int modifiers = field.getModifiers();
        String setter = "set" + Character.toUpperCase(field.getName().charAt(0))
                + field.getName().substring(1);
        return !Modifier.isStatic(modifiers)
                && !Modifier.isTransient(modifiers)
                && (Modifier.isPublic(modifiers)
                        || Arrays.stream(raw.getMethods())
                                .anyMatch(m -> m.getName().equals(setter)));
    }
}
