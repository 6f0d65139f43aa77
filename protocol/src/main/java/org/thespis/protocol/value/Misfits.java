package org.thespis.protocol.value;

import jakarta.json.bind.annotation.JsonbAnnotation;
import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why a value does not fit a type, as near to the fault as it can. Any thread. */
final class Misfits {

    /** Constants of an enum that an error names. */
    private static final int MAX_CONSTANTS = 20;

    /** Characters of a member's name that an error shows. */
    private static final int MAX_NAME = 60;

    private final Values values;

    Misfits(Values values) {
        this.values = values;
    }

    /** @return a {@link BindingException}; an {@link IllegalStateException} if no value would fit */
    RuntimeException of(Object plain, Type type, RuntimeException cause) {
        String declared = Bindable.fault(type);
        if (declared != null) {
            return new IllegalStateException("nothing can be bound to " + type.getTypeName() + ": " + declared, cause);
        }
        return new BindingException(inside(plain, type).orElseGet(() -> whole(plain, type)), cause);
    }

    private static String whole(Object plain, Type type) {
        String expected = describe(type);
        String got = kind(plain);
        return expected.equals(got) ? "the members of the object do not fit" : "expected " + expected + ", got " + got;
    }

    /** What does not fit of a list or object that would do as such. */
    private Optional<String> inside(Object plain, Type type) {
        Class<?> raw = GenericTypes.raw(type);
        if (plain instanceof List<?> list) {
            return element(type, raw).flatMap(element -> inList(list, element));
        }
        if (!(plain instanceof Map<?, ?> members)) {
            return Optional.empty();
        }
        if (Map.class.isAssignableFrom(raw)) {
            return type instanceof ParameterizedType && raw.getTypeParameters().length == 2
                    ? inMap(members, GenericTypes.argument(type, 1, Object.class))
                    : Optional.empty();
        }
        return raw.getName().startsWith("java.") ? Optional.empty() : inObject(members, type, raw);
    }

    private static Optional<Type> element(Type type, Class<?> raw) {
        if (raw.isArray()) {
            return Optional.of(raw.getComponentType());
        }
        boolean known = Collection.class.isAssignableFrom(raw) && raw.getTypeParameters().length == 1;
        return known ? Optional.of(GenericTypes.argument(type, 0, Object.class)) : Optional.empty();
    }

    private Optional<String> inList(List<?> list, Type element) {
        for (int i = 0; i < list.size(); i++) {
            Optional<String> fault = fault(list.get(i), element);
            if (fault.isPresent()) {
                return Optional.of("element " + (i + 1) + ": " + fault.get());
            }
        }
        return Optional.empty();
    }

    private Optional<String> inMap(Map<?, ?> members, Type value) {
        return members.entrySet().stream()
                .flatMap(entry -> at(entry.getKey(), fault(entry.getValue(), value)))
                .findFirst();
    }

    private Optional<String> inObject(Map<?, ?> members, Type type, Class<?> raw) {
        Map<TypeVariable<?>, Type> variables = GenericTypes.variables(type);
        return fields(raw)
                .filter(field -> members.containsKey(name(field)))
                .flatMap(field -> at(
                        name(field),
                        fault(members.get(name(field)), GenericTypes.resolve(field.getGenericType(), variables))))
                .findFirst();
    }

    private static Stream<String> at(Object name, Optional<String> fault) {
        String text = String.valueOf(name);
        String shown = text.length() > MAX_NAME ? text.substring(0, MAX_NAME) + "..." : text;
        return fault.map(why -> "member " + shown + ": " + why).stream();
    }

    /** Those whose values JSON-B binds by their types alone. */
    private static Stream<Field> fields(Class<?> raw) {
        return Stream.<Class<?>>iterate(raw, c -> c != null && c != Object.class, Class::getSuperclass)
                .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !isExplained(field))
                .filter(field -> !isExplained(field.getType()));
    }

    private static boolean isExplained(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .map(annotation -> annotation.annotationType())
                .anyMatch(type -> type != JsonbProperty.class && type.isAnnotationPresent(JsonbAnnotation.class));
    }

    private static String name(Field field) {
        JsonbProperty given = field.getAnnotation(JsonbProperty.class);
        return given == null || given.value().isEmpty() ? field.getName() : given.value();
    }

    private Optional<String> fault(Object plain, Type type) {
        if (plain == null) {
            return Optional.empty();
        }
        try {
            values.bind(plain, type);
            return Optional.empty();
        } catch (BindingException e) {
            return Optional.of(e.getMessage());
        } catch (IllegalStateException e) { // never for what could be made as a whole
            return Optional.empty();
        }
    }

    /** A type in the words of who sends. */
    static String describe(Type type) {
        if (type instanceof TypeVariable<?>) {
            return describe(GenericTypes.raw(type));
        }
        if (!(type instanceof Class<?> c)) {
            return type.getTypeName().replaceAll("[\\w.]+[.$]", "");
        }
        if (c.isArray()) {
            return describe(c.getComponentType()) + " list";
        }
        if (c.isEnum()) {
            return constants(c.getEnumConstants());
        }
        return c.isPrimitive() || c.getName().startsWith("java.") ? c.getSimpleName() : "an object";
    }

    private static String constants(Object[] constants) {
        String names = Arrays.stream(constants)
                .limit(MAX_CONSTANTS)
                .map(constant -> ((Enum<?>) constant).name())
                .collect(Collectors.joining(", ", "one of ", ""));
        return constants.length > MAX_CONSTANTS ? names + ", ..." : names;
    }

    private static String kind(Object plain) {
        if (plain == null) {
            return "null";
        }
        if (plain instanceof String) {
            return "text";
        }
        if (plain instanceof Number) {
            return "a number";
        }
        if (plain instanceof Boolean) {
            return "a boolean";
        }
        if (plain instanceof List) {
            return "a list";
        }
        if (plain instanceof Map) {
            return "an object";
        }
        if (plain instanceof Instant) {
            return "a date";
        }
        return plain instanceof byte[] ? "bytes" : plain.getClass().getSimpleName();
    }
}
