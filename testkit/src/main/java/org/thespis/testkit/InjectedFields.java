package org.thespis.testkit;

import jakarta.inject.Inject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.function.Function;
import org.opentest4j.TestAbortedException;
import org.thespis.api.Actors;
import org.thespis.api.ActorsOfType;

/** Gives a test the way to the actors of a server; what else it injects is in the server. Used by the test. */
final class InjectedFields {

    private final KeyedActors actors;
    private final Function<Class<?>, String> typeNames;
    private final Function<String, TestAbortedException> skip;

    InjectedFields(
            KeyedActors actors, Function<Class<?>, String> typeNames, Function<String, TestAbortedException> skip) {
        this.actors = actors;
        this.typeNames = typeNames;
        this.skip = skip;
    }

    void inject(Object test) {
        for (Class<?> type = test.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Inject.class)) {
                    throw skip.apply("@Inject " + method.getName());
                }
            }
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Inject.class)) {
                    set(test, field);
                }
            }
        }
    }

    private void set(Object test, Field field) {
        try {
            field.setAccessible(true);
            field.set(test, value(field));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot inject " + field, e);
        }
    }

    private Object value(Field field) {
        if (field.getType() == Actors.class) {
            return actors;
        }
        if (field.getType() == ActorsOfType.class
                && field.getGenericType() instanceof ParameterizedType type
                && type.getActualTypeArguments()[0] instanceof Class<?> contract) {
            return ofType(contract);
        }
        Type type = field.getGenericType();
        throw skip.apply("@Inject " + type.getTypeName() + " " + field.getName());
    }

    private ActorsOfType<?> ofType(Class<?> contract) {
        String name = typeNames.apply(contract);
        return name == null ? actors.type(contract) : actors.type(name, contract);
    }
}
