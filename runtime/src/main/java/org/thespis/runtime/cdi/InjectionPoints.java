package org.thespis.runtime.cdi;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Annotated;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.thespis.api.Actor;
import org.thespis.api.ActorsOfType;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.Contract;
import org.thespis.runtime.declaration.Contracts;
import org.thespis.runtime.declaration.DeclarationException;

/** What the beans of an application inject that concerns actors: collected while it is deployed, and checked at the end. */
final class InjectionPoints {

    /**
     * A class or interface that a bean injects, itself or as the way to an actor.
     *
     * @param type null if nobody knows
     */
    private record Wanted(InjectionPoint point, Class<?> type, boolean asReference) {

        String where() {
            Member member = point.getMember();
            return member.getDeclaringClass().getName() + "." + member.getName();
        }
    }

    private final Queue<Wanted> wanted = new ConcurrentLinkedQueue<>(); // as many as an application has

    void add(InjectionPoint point) {
        Class<?> inner = inner(point.getType());
        boolean asReference = isReference(point.getType());
        if (asReference || inner != null && mayBeActor(inner)) {
            wanted.add(new Wanted(point, inner, asReference));
        }
    }

    private static boolean isReference(Type type) {
        return type == ActorsOfType.class
                || type instanceof ParameterizedType generic && generic.getRawType() == ActorsOfType.class;
    }

    private static boolean mayBeActor(Class<?> type) {
        return type.isAnnotationPresent(Actor.class)
                || type.isInterface() && !type.getName().matches("(java|jakarta)\\..*");
    }

    /** The class that a bean gets in the end. */
    private static Class<?> inner(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            boolean wraps = raw == ActorsOfType.class || raw == Instance.class || raw == Provider.class;
            return inner(wraps ? generic.getActualTypeArguments()[0] : raw);
        }
        return null;
    }

    /**
     * Checks what was collected, and forgets it.
     *
     * @return what refuses the deployment
     */
    List<DeclarationException> check(Collection<ActorDefinition> actors, BeanManager beans) {
        List<DeclarationException> faults = new ArrayList<>();
        for (Wanted next = wanted.poll(); next != null; next = wanted.poll()) {
            try {
                check(next, actors, beans);
            } catch (DeclarationException e) {
                faults.add(e);
            }
        }
        return faults;
    }

    private static void check(Wanted wanted, Collection<ActorDefinition> actors, BeanManager beans) {
        if (wanted.asReference && (wanted.type == null || wanted.type == ActorsOfType.class)) {
            throw Contracts.withoutInterface(wanted.where());
        } else if (wanted.asReference) {
            Contract.of(wanted.type, actors);
        } else if (wanted.type.isAnnotationPresent(Actor.class)) {
            throw Contracts.injectedActor(wanted.where(), wanted.type);
        } else if (actors.stream().anyMatch(actor -> wanted.type.isAssignableFrom(actor.type()))) {
            refuseActor(wanted, beans);
        }
    }

    /** An interface that an actor class implements, and nobody else. */
    private static void refuseActor(Wanted wanted, BeanManager manager) {
        Set<Bean<?>> beans =
                manager.getBeans(wanted.type, wanted.point.getQualifiers().toArray(Annotation[]::new));
        if (!beans.isEmpty()
                && beans.stream().allMatch(bean -> bean.getBeanClass().isAnnotationPresent(Actor.class))) {
            throw Contracts.injectedActor(
                    wanted.where(), beans.iterator().next().getBeanClass());
        }
    }

    /** @throws DeclarationException if a method of an actor observes events */
    static void refuseObservers(AnnotatedType<?> actor) {
        for (AnnotatedMethod<?> method : actor.getMethods()) {
            if (method.getParameters().stream().anyMatch(InjectionPoints::observes)) {
                throw Contracts.observer(
                        actor.getJavaClass(), method.getJavaMember().getName());
            }
        }
    }

    private static boolean observes(Annotated parameter) {
        return parameter.isAnnotationPresent(Observes.class) || parameter.isAnnotationPresent(ObservesAsync.class);
    }
}
