package org.thespis.runtime.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Decorator;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorSetting;

/** Which actors have something that ends with them, and what becomes of it. */
class DependentsTest {

    @Actor
    static class Alone {
        @Inject
        void take(ActorContext context) {}

        @Action
        public void act() {}

        @PreDestroy
        void end() {}
    }

    @Actor
    static class Intercepting {
        @AroundInvoke
        Object around(Object invocation) {
            return null;
        }
    }

    @Actor
    static class WithResource {
        @Resource
        void take(Object resource) {}
    }

    @Deprecated
    @Dependent
    static class Old {}

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        InvocationHandler same = (p, called, a) -> switch (called.getName()) {
            case "hashCode" -> System.identityHashCode(p);
            case "equals" -> p == a[0];
            default -> handler.invoke(p, called, a);
        };
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, same);
    }

    private static Set<Annotation> annotations(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations()).collect(Collectors.toSet());
    }

    @SuppressWarnings("rawtypes")
    private static AnnotatedType<?> type(Class<?> type) {
        Set<AnnotatedMethod> methods = Arrays.stream(type.getDeclaredMethods())
                .map(method -> proxy(AnnotatedMethod.class, (p, called, a) -> annotations(method)))
                .collect(Collectors.toSet());
        return proxy(AnnotatedType.class, (p, called, a) -> switch (called.getName()) {
            case "getMethods" -> methods;
            case "getAnnotations" -> annotations(type);
            default -> Set.of();
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {Intercepting.class, WithResource.class})
    void anotherAnnotationMayBringSomething(Class<?> declaring) {
        assertThat(Dependents.mayBeDeclared(type(declaring))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {Alone.class, Old.class})
    void whatTheRuntimeItselfReadsBringsNothing(Class<?> declaring) {
        assertThat(Dependents.mayBeDeclared(type(declaring))).isFalse();
    }

    /** A bean that injects something of a type, where all beans have a scope. */
    private static boolean mayBeInjected(Type injected, Class<?> scope, boolean decorated) {
        return mayBeInjected(injected, scope, decorated, Set.of());
    }

    private static boolean mayBeInjected(Type injected, Class<?> scope, boolean decorated, Set<Annotation> qualifiers) {
        InjectionPoint point = proxy(
                InjectionPoint.class, (p, called, a) -> called.getName().equals("getType") ? injected : qualifiers);
        Bean<?> bean = proxy(Bean.class, (p, called, a) -> switch (called.getName()) {
            case "getInjectionPoints" -> Set.of(point);
            case "getScope" -> scope;
            default -> Set.of();
        });
        BeanManager manager = proxy(BeanManager.class, (p, called, a) -> switch (called.getName()) {
            case "getBeans" -> Set.of();
            case "resolve" -> bean;
            case "isNormalScope" -> a[0] == ApplicationScoped.class;
            case "resolveDecorators" -> decorated ? List.of(proxy(Decorator.class, (d, c, b) -> null)) : List.of();
            default -> null;
        });
        return Dependents.mayBeInjected(bean, manager);
    }

    @Test
    void aBeanOfTheApplicationDoesNotEndWithWhoInjectsItAndADependentOneDoes() {
        assertThat(mayBeInjected(Runnable.class, ApplicationScoped.class, false))
                .isFalse();
        assertThat(mayBeInjected(ActorContext.class, Dependent.class, false)).isFalse();
        assertThat(mayBeInjected(Runnable.class, Dependent.class, false)).isTrue();
        assertThat(mayBeInjected(ActorContext.class, Dependent.class, true)).isTrue();
    }

    @ActorSetting("x")
    private String setting;

    @Test
    void aSettingDoesNotEnd() throws NoSuchFieldException {
        Set<Annotation> qualifiers = annotations(DependentsTest.class.getDeclaredField("setting"));
        assertThat(mayBeInjected(String.class, Dependent.class, false, qualifiers))
                .isFalse();
        assertThat(mayBeInjected(String.class, Dependent.class, false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anActorEndsWithTheContextThatItWasMadeInUnlessThatWasEmpty(boolean alone) {
        List<Object> ended = new ArrayList<>();
        CreationalContext<Object> first = proxy(CreationalContext.class, (p, called, a) -> null);
        CreationalContext<Object> fresh = proxy(CreationalContext.class, (p, called, a) -> null);
        BeanManager manager = proxy(BeanManager.class, (p, called, a) -> fresh);
        Contextual<Object> actor = new Contextual<>() {
            @Override
            public Object create(CreationalContext<Object> creational) {
                return "actor";
            }

            @Override
            public void destroy(Object instance, CreationalContext<Object> creational) {
                ended.add(creational == fresh ? "fresh" : creational == first ? "first" : "none");
            }
        };
        ActorScopedContext.Beans beans = new ActorScopedContext.Beans(null, manager);
        Object outer = beans.enter();
        Object made = new ActorScopedContext().get(actor, first);
        beans.made(made, alone);
        beans.leave(outer);
        beans.destroy();
        assertThat(ended).containsExactly(alone ? "fresh" : "first");
    }
}
