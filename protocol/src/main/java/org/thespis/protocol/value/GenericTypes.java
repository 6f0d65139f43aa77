package org.thespis.protocol.value;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Types with what their variables stand for put in. */
public final class GenericTypes {

    private GenericTypes() {}

    /** Equal to one of the platform with the same parts, as both are keys of caches. */
    private record Parameterized(Class<?> raw, Type owner, Type[] arguments) implements ParameterizedType {

        @Override
        public Type[] getActualTypeArguments() {
            return arguments.clone();
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return owner;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ParameterizedType p
                    && p.getRawType() == raw
                    && java.util.Objects.equals(p.getOwnerType(), owner)
                    && Arrays.equals(p.getActualTypeArguments(), arguments);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(arguments) ^ java.util.Objects.hashCode(owner) ^ raw.hashCode();
        }

        @Override
        public String toString() {
            String list =
                    Arrays.stream(arguments).map(Type::getTypeName).toList().toString();
            return raw.getName() + "<" + list.substring(1, list.length() - 1) + ">";
        }
    }

    public static Class<?> raw(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        Type bound = type instanceof WildcardType wildcard
                ? wildcard.getUpperBounds()[0]
                : ((TypeVariable<?>) type).getBounds()[0];
        return raw(bound);
    }

    /** What the variables of the class of a type stand for; those of a raw one for their bounds. */
    static Map<TypeVariable<?>, Type> variables(Type type) {
        Map<TypeVariable<?>, Type> variables = new HashMap<>();
        TypeVariable<?>[] parameters = raw(type).getTypeParameters();
        for (int i = 0; i < parameters.length; i++) {
            variables.put(parameters[i], argument(type, i, raw(parameters[i])));
        }
        return variables;
    }

    /** The type argument at that place, without wildcards. */
    static Type argument(Type type, int index, Type absent) {
        if (!(type instanceof ParameterizedType generic)) {
            return absent;
        }
        Type argument = generic.getActualTypeArguments()[index];
        return argument instanceof WildcardType || argument instanceof TypeVariable ? raw(argument) : argument;
    }

    public static Type resolve(Type type, Map<TypeVariable<?>, Type> variables) {
        if (type instanceof TypeVariable<?> variable) {
            return variables.getOrDefault(variable, raw(variable));
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0], variables);
        }
        if (type instanceof GenericArrayType array) {
            Type component = resolve(array.getGenericComponentType(), variables);
            return raw(component).arrayType();
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = Arrays.stream(generic.getActualTypeArguments())
                    .map(argument -> resolve(argument, variables))
                    .toArray(Type[]::new);
            return new Parameterized(raw(type), generic.getOwnerType(), arguments);
        }
        return type;
    }
}
