package org.thespis.runtime.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.AsCaller;
import org.thespis.runtime.module.Modules;

/** Beans of authors that break when they are made or ended. */
class BeansThatBreakTest {

    @Actor("a")
    static class Some {
        @Action
        void act() {}
    }

    private final List<String> ended = new ArrayList<>();

    private record Helper(String name, List<String> ended, Throwable breaks) implements Contextual<Object> {

        @Override
        public Object create(CreationalContext<Object> creational) {
            return name;
        }

        @Override
        public void destroy(Object instance, CreationalContext<Object> creational) {
            ended.add(name);
            if (breaks != null) {
                sneak(breaks);
            }
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    private static CreationalContext<Object> creational() {
        return proxy(CreationalContext.class, (p, method, arguments) -> null);
    }

    @Test
    void aBeanWhoseEndBreaksWithAnErrorDoesNotKeepTheOthersFromTheirs() {
        ActorScopedContext context = new ActorScopedContext();
        ActorScopedContext.Beans beans = new ActorScopedContext.Beans(null, null);
        ActorScopedContext.Beans outer = ActorScopedContext.enter(beans);
        try {
            context.get(new Helper("actor", ended, new StackOverflowError()), creational());
            context.get(new Helper("helper", ended, null), creational());
            assertThatThrownBy(beans::destroy).isNotNull();
        } finally {
            ActorScopedContext.leave(beans, outer);
        }
        assertThat(ended).containsExactly("actor", "helper");
    }

    @Test
    void anActorThatEndsStillHasItsHelpers() {
        ActorScopedContext context = new ActorScopedContext();
        List<String> made = new ArrayList<>();
        Contextual<Object> helper = new Contextual<>() {
            @Override
            public Object create(CreationalContext<Object> creational) {
                made.add("helper");
                return new Object();
            }

            @Override
            public void destroy(Object instance, CreationalContext<Object> creational) {
                ended.add("helper");
            }
        };
        Contextual<Object> actor = new Contextual<>() {
            @Override
            public Object create(CreationalContext<Object> creational) {
                return new Object();
            }

            @Override
            public void destroy(Object instance, CreationalContext<Object> creational) {
                context.get(helper, creational()); // as a proxy does, in @PreDestroy
                ended.add("actor");
            }
        };
        ActorScopedContext.Beans beans = new ActorScopedContext.Beans(null, null);
        ActorScopedContext.Beans outer = ActorScopedContext.enter(beans);
        try {
            context.get(actor, creational());
            context.get(helper, creational());
            beans.destroy();
        } finally {
            ActorScopedContext.leave(beans, outer);
        }
        assertThat(made).containsExactly("helper");
        assertThat(ended).containsExactly("actor", "helper");
    }

    @Test
    void helpersOfAnActorThatCannotBeMadeComeToTheirEnd() {
        Context context = new ActorScopedContext();
        Bean<?> actor = proxy(Bean.class, (p, method, arguments) -> switch (method.getName()) {
            case "create" -> {
                context.get(new Helper("helper", ended, null), creational()); // injected
                throw new IllegalStateException("@PostConstruct");
            }
            case "equals" -> p == arguments[0];
            case "hashCode" -> 1;
            default -> null;
        });
        ActorExtension extension = new ActorExtension() {
            @Override
            Bean<?> bean(ActorDefinition definition) {
                return actor;
            }
        };
        BeanManager manager = proxy(BeanManager.class, (p, method, arguments) -> switch (method.getName()) {
            case "getContext" -> context;
            case "createCreationalContext" -> creational();
            default -> null;
        });
        assertThatThrownBy(() -> new CdiActorBeans(extension, manager, new Modules(), AsCaller.NOBODY_ASKS)
                        .create(ActorDefinition.of(Some.class), null))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ended).containsExactly("helper");
    }
}
