package org.thespis.runtime.document;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A type where it is used, without variables and wildcards: these are their bounds.
 *
 * @param args of an array its component; none if it is used raw
 */
record TypeUse(Class<?> raw, List<TypeUse> args) {

    static final TypeUse OBJECT = new TypeUse(Object.class, List.of());

    /** @param variables what the type variables stand for; others are their bounds */
    static TypeUse of(Type type, Map<TypeVariable<?>, TypeUse> variables) {
        if (type instanceof Class<?> c) {
            return new TypeUse(c, c.isArray() ? List.of(of(c.getComponentType(), variables)) : List.of());
        }
        if (type instanceof ParameterizedType generic) {
            return parameterized(generic, variables);
        }
        if (type instanceof GenericArrayType array) {
            TypeUse component = of(array.getGenericComponentType(), variables);
            return new TypeUse(component.raw.arrayType(), List.of(component));
        }
        if (type instanceof WildcardType wildcard) {
            return of(wildcard.getUpperBounds()[0], variables);
        }
        TypeUse known = variables.get(type);
        return known != null ? known : new TypeUse(erasure(type), List.of());
    }

    private static TypeUse parameterized(ParameterizedType generic, Map<TypeVariable<?>, TypeUse> variables) {
        Class<?> raw = (Class<?>) generic.getRawType();
        TypeVariable<?>[] parameters = raw.getTypeParameters();
        Type[] given = generic.getActualTypeArguments();
        TypeUse[] args = new TypeUse[given.length];
        for (int i = 0; i < given.length; i++) {
            TypeUse arg = of(given[i], variables);
            boolean any = given[i] instanceof WildcardType && arg.raw == Object.class;
            args[i] = any ? new TypeUse(erasure(parameters[i]), List.of()) : arg;
        }
        return new TypeUse(raw, List.of(args));
    }

    static Class<?> erasure(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return erasure(variable.getBounds()[0]);
        }
        if (type instanceof WildcardType wildcard) {
            return erasure(wildcard.getUpperBounds()[0]);
        }
        return Array.newInstance(erasure(((GenericArrayType) type).getGenericComponentType()), 0)
                .getClass();
    }

    /** The argument at that place; {@code Object} if it is used raw. */
    TypeUse arg(int index) {
        return index < args.size() ? args.get(index) : OBJECT;
    }

    /** How deep its type arguments are nested. */
    int levels() {
        return 1 + args.stream().mapToInt(TypeUse::levels).max().orElse(0);
    }

    /** What the variables of the class stand for here. */
    Map<TypeVariable<?>, TypeUse> variables() {
        TypeVariable<?>[] parameters = raw.getTypeParameters();
        Map<TypeVariable<?>, TypeUse> variables = new HashMap<>();
        for (int i = 0; i < parameters.length && i < args.size(); i++) {
            variables.put(parameters[i], args.get(i));
        }
        return variables;
    }

    /** This as that superclass or interface of it; null if it is none. */
    TypeUse as(Class<?> target) {
        if (raw == target) {
            return this;
        }
        Map<TypeVariable<?>, TypeUse> variables = variables();
        if (raw.getGenericSuperclass() != null) {
            TypeUse found = of(raw.getGenericSuperclass(), variables).as(target);
            if (found != null) {
                return found;
            }
        }
        for (Type implemented : raw.getGenericInterfaces()) {
            TypeUse found = of(implemented, variables).as(target);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** A subclass of this, its variables told by the arguments that this has. */
    TypeUse narrowed(Class<?> subclass) {
        TypeVariable<?>[] parameters = subclass.getTypeParameters();
        if (parameters.length == 0) {
            return new TypeUse(subclass, List.of());
        }
        TypeUse[] own = new TypeUse[parameters.length];
        Arrays.setAll(own, i -> new TypeUse(erasure(parameters[i]), List.of()));
        TypeUse[] told = own.clone();
        TypeUse above = new TypeUse(subclass, List.of(own)).as(raw);
        for (int i = 0; i < own.length; i++) {
            TypeUse found = above == null ? null : above.counterpart(own[i], this);
            told[i] = found == null ? told[i] : found;
        }
        return new TypeUse(subclass, List.of(told));
    }

    /** What stands in the other type where this one has the part, maybe deep in its arguments; null if nothing does. */
    private TypeUse counterpart(TypeUse part, TypeUse other) {
        if (this == part) {
            return other;
        }
        for (int i = 0; raw == other.raw && i < args.size() && i < other.args.size(); i++) {
            TypeUse found = args.get(i).counterpart(part, other.args.get(i));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        if (raw.isArray()) {
            return arg(0) + "[]";
        }
        String list = args.isEmpty() ? "" : args.toString();
        return raw.getSimpleName() + (list.isEmpty() ? "" : "<" + list.substring(1, list.length() - 1) + ">");
    }
}
