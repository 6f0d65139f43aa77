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

    private final Actors actors;
    private final Function<String, TestAbortedException> skip;

    /** @param skip what to throw for a wish */
    InjectedFields(Actors actors, Function<String, TestAbortedException> skip) {
        this.actors = actors;
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
            return actors.type(contract);
        }
        Type type = field.getGenericType();
        throw skip.apply("@Inject " + type.getTypeName() + " " + field.getName());
    }
}
