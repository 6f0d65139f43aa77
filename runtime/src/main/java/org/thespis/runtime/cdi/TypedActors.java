package org.thespis.runtime.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.thespis.api.Actors;
import org.thespis.api.ActorsOfType;

/** Produces the actors behind an interface that beans inject. */
@Dependent
public class TypedActors {

    /** @param actors end with what is produced */
    @Produces
    @Dependent
    @SuppressWarnings("unchecked")
    <T> ActorsOfType<T> ofType(InjectionPoint point, Actors actors) {
        return (ActorsOfType<T>) actors.type((Class<?>) contract(point.getType()));
    }

    private static Type contract(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }
}
