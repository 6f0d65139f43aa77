package org.thespis.protocol.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.HashMap;
import java.util.Map;
import org.thespis.protocol.value.GenericTypes;

/** What the type variables of the classes and interfaces above one of them stand for. */
public final class ResolvedTypes {

    private final Map<TypeVariable<?>, Type> variables = new HashMap<>();

    private ResolvedTypes() {}

    public static ResolvedTypes of(Class<?> type) {
        ResolvedTypes resolved = new ResolvedTypes();
        resolved.addAbove(type);
        return resolved;
    }

    private void addAbove(Class<?> type) {
        if (type.getGenericSuperclass() != null) {
            add(type.getGenericSuperclass());
        }
        for (Type above : type.getGenericInterfaces()) {
            add(above);
        }
    }

    private void add(Type above) {
        Class<?> raw = GenericTypes.raw(above);
        if (above instanceof ParameterizedType generic) {
            TypeVariable<?>[] parameters = raw.getTypeParameters();
            for (int i = 0; i < parameters.length; i++) {
                variables.put(parameters[i], of(generic.getActualTypeArguments()[i]));
            }
        }
        addAbove(raw);
    }

    /** A type as it is seen from there. */
    public Type of(Type declared) {
        return GenericTypes.resolve(declared, variables);
    }

    /** What a stage holds. */
    Type argument(Type stage) {
        if (!(stage instanceof ParameterizedType generic)) {
            return Object.class;
        }
        Type argument = generic.getActualTypeArguments()[0];
        return argument == Void.class ? void.class : argument;
    }
}
