package org.thespis.protocol.value;

import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.api.Undefined;

/** Binds generic records and maps of enums, which Yasson cannot, and what holds them; the rest by JSON-B. Any thread. */
final class GenericBinder {

    private final Values values;

    /** Bounded by the types that the application declares. */
    private final Map<Type, Boolean> needed = new ConcurrentHashMap<>();

    GenericBinder(Values values) {
        this.values = values;
    }

    /** Whether the type is one of them, or holds one in type arguments, components or elements. */
    boolean isNeeded(Type type) {
        Boolean known = needed.get(type);
        if (known == null) {
            known = GenericTypes.raw(type) == Optional.class || holds(type);
            needed.put(type, known);
        }
        return known;
    }

    /** Whether JSON-B could not make what the type holds. */
    static boolean holds(Type type) {
        return holds(type, new HashSet<>());
    }

    private static boolean holds(Type type, Set<Type> seen) {
        Class<?> raw = GenericTypes.raw(type);
        if (!seen.add(type) || raw == Object.class) {
            return false;
        }
        if (raw == EnumMap.class) {
            return GenericTypes.raw(GenericTypes.argument(type, 0, Object.class))
                    .isEnum();
        }
        if (raw.isArray()) {
            return holds(component(type), seen);
        }
        if (raw.isRecord()) {
            return !isSpecial(raw) && (raw.getTypeParameters().length > 0 || componentHolds(type, seen));
        }
        boolean container = Collection.class.isAssignableFrom(raw) || Map.class.isAssignableFrom(raw);
        return (raw == Optional.class || container)
                && Arrays.stream(raw.getTypeParameters())
                        .anyMatch(v -> holds(GenericTypes.variables(type).get(v), seen))
                && (raw == Optional.class || Containers.isMakeable(raw));
    }

    private static boolean isSpecial(Class<?> raw) {
        return raw.isAnnotationPresent(JsonbTypeAdapter.class)
                || raw.isAnnotationPresent(JsonbTypeDeserializer.class)
                || raw.isAnnotationPresent(JsonbTypeInfo.class);
    }

    private static boolean componentHolds(Type record, Set<Type> seen) {
        Map<TypeVariable<?>, Type> variables = GenericTypes.variables(record);
        return Arrays.stream(GenericTypes.raw(record).getRecordComponents())
                .anyMatch(c -> holds(GenericTypes.resolve(c.getGenericType(), variables), seen));
    }

    private static Type component(Type array) {
        return array instanceof java.lang.reflect.GenericArrayType generic
                ? generic.getGenericComponentType()
                : GenericTypes.raw(array).getComponentType();
    }

    Object bind(Object plain, Type type) {
        Class<?> raw = GenericTypes.raw(type);
        boolean absent = plain == null || plain instanceof Undefined;
        if (raw == Optional.class) {
            Type inner = GenericTypes.argument(type, 0, Object.class);
            return absent ? Optional.empty() : Optional.ofNullable(values.bind(plain, inner));
        }
        if (absent) {
            return null;
        }
        if (raw.isRecord()) {
            return record((Map<?, ?>) plain, type);
        }
        if (Map.class.isAssignableFrom(raw)) {
            return map((Map<?, ?>) plain, raw, type);
        }
        Type element = raw.isArray() ? component(type) : GenericTypes.argument(type, 0, Object.class);
        Collection<Object> bound = raw.isArray() ? new ArrayList<>() : Containers.collection(raw);
        for (Object item : (List<?>) plain) {
            bound.add(values.bind(item, element));
        }
        return raw.isArray() ? array((List<?>) bound, raw.getComponentType()) : bound;
    }

    private static Object array(List<?> items, Class<?> component) {
        Object array = Array.newInstance(component, items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, items.get(i));
        }
        return array;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the enum is known as a class only
    private Object map(Map<?, ?> plain, Class<?> raw, Type type) {
        Type key = GenericTypes.argument(type, 0, String.class);
        Type value = GenericTypes.argument(type, 1, Object.class);
        Map<Object, Object> bound = raw == EnumMap.class ? new EnumMap((Class) key) : Containers.map(raw);
        plain.forEach((name, member) -> bound.put(key(String.valueOf(name), key), values.bind(member, value)));
        return bound;
    }

    private Object key(String name, Type type) {
        if (type == String.class || type == Object.class) {
            return name;
        }
        boolean number = GenericTypes.raw(type) == Integer.class || GenericTypes.raw(type) == Long.class;
        return values.bind(number ? (Object) Long.valueOf(name) : name, type);
    }

    private Object record(Map<?, ?> plain, Type type) {
        Class<?> raw = GenericTypes.raw(type);
        Map<TypeVariable<?>, Type> variables = GenericTypes.variables(type);
        RecordComponent[] components = raw.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < arguments.length; i++) {
            types[i] = components[i].getType();
            Type resolved = GenericTypes.resolve(components[i].getGenericType(), variables);
            Object bound = member(plain.get(name(components[i])), resolved, components[i].getName());
            arguments[i] =
                    bound == null && types[i].isPrimitive() ? Array.get(Array.newInstance(types[i], 1), 0) : bound;
        }
        return make(raw, types, arguments);
    }

    private Object member(Object plain, Type type, String name) {
        try {
            return plain == null && type instanceof Class<?> c && c.isPrimitive() ? null : values.bind(plain, type);
        } catch (BindingException e) {
            throw new BindingException("member " + name + ": " + e.getMessage(), e);
        }
    }

    private static String name(RecordComponent component) {
        try {
            JsonbProperty given = component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(JsonbProperty.class);
            return given == null || given.value().isEmpty() ? component.getName() : given.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e); // each component has its field
        }
    }

    private static Object make(Class<?> type, Class<?>[] types, Object[] arguments) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new BindingException("the members of the object do not fit", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // every record has it
        }
    }
}
