package org.thespis.runtime.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorScoped;
import org.thespis.runtime.LogOf;

/** What the scopes of CDI are in a turn and outside of one. */
class ScopesInTurnsTest {

    /** A bean that counts how many of it were made. */
    private final class Counted implements Contextual<Object> {

        private int made;
        private Consumer<Object> onEnd = ended::add;

        @Override
        public Object create(CreationalContext<Object> creational) {
            return "bean " + ++made;
        }

        @Override
        public void destroy(Object instance, CreationalContext<Object> creational) {
            onEnd.accept(instance);
        }
    }

    /** A context of the server. */
    private record OfServer(Class<? extends Annotation> getScope) implements Context {

        @Override
        public <T> T get(Contextual<T> contextual, CreationalContext<T> creational) {
            return contextual.create(creational);
        }

        @Override
        public <T> T get(Contextual<T> contextual) {
            return null;
        }

        @Override
        public boolean isActive() {
            return true;
        }
    }

    private final List<Object> ended = new ArrayList<>();
    private final List<Context> contexts = new ArrayList<>();
    private final BeanManager manager = proxy(BeanManager.class);
    private final Counted bean = new Counted();
    private final ActorScopedContext.Beans actor = new ActorScopedContext.Beans(null, null);

    ScopesInTurnsTest() {
        contexts.add(new ActorScopedContext());
        contexts.add(MissingScope.ofActor());
        contexts.add(new RequestOfTurn(manager));
        contexts.add(MissingScope.inTurn(SessionScoped.class, manager));
    }

    @SuppressWarnings("unchecked")
    private <T> T proxy(Class<T> type) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (p, method, arguments) -> method.getName().equals("getContext")
                        ? context((Class<? extends Annotation>) arguments[0])
                        : null);
    }

    /** As the specification of CDI says. */
    private Context context(Class<? extends Annotation> scope) {
        List<Context> active = contexts.stream()
                .filter(context -> context.getScope() == scope && context.isActive())
                .toList();
        if (active.isEmpty()) {
            throw new ContextNotActiveException(scope.getName());
        }
        assertThat(active).as("more than one would be an error").hasSize(1);
        return active.get(0);
    }

    private Object use(Class<? extends Annotation> scope, Contextual<Object> used) {
        Context context = manager.getContext(scope);
        Object there = context.get(used);
        return there != null ? there : context.get(used, proxy(CreationalContext.class));
    }

    private void turn(Runnable work) {
        ActorScopedContext.Beans outer = ActorScopedContext.enter(actor);
        try {
            work.run();
        } finally {
            ActorScopedContext.leave(actor, outer);
        }
    }

    @Test
    void aRequestScopedBeanLivesForATurn() {
        turn(() -> {
            assertThat(use(RequestScoped.class, bean)).isEqualTo("bean 1");
            assertThat(use(RequestScoped.class, bean)).isEqualTo("bean 1");
            assertThat(ended).isEmpty();
        });
        assertThat(ended).containsExactly("bean 1");
        turn(() -> assertThat(use(RequestScoped.class, bean)).isEqualTo("bean 2"));
        assertThat(ended).containsExactly("bean 1", "bean 2");
    }

    @Test
    void aTurnInsideARequestOfTheServerUsesThat() {
        contexts.add(new OfServer(RequestScoped.class));
        turn(() -> assertThat(use(RequestScoped.class, bean)).isEqualTo("bean 1"));
        assertThat(ended).as("the server ends them").isEmpty();
    }

    @Test
    void aTurnInsideATurnHasARequestOfItsOwn() {
        turn(() -> {
            use(RequestScoped.class, bean);
            ActorScopedContext.Beans other = new ActorScopedContext.Beans(null, null);
            ActorScopedContext.Beans outer = ActorScopedContext.enter(other);
            assertThat(use(RequestScoped.class, bean)).isEqualTo("bean 2");
            ActorScopedContext.leave(other, outer);
            assertThat(ended).containsExactly("bean 2");
            assertThat(use(RequestScoped.class, bean)).isEqualTo("bean 1");
        });
    }

    @Test
    void outsideOfATurnTheServerHasItsWay() {
        assertThatThrownBy(() -> use(RequestScoped.class, bean)).hasMessage(RequestScoped.class.getName());
        contexts.add(new OfServer(SessionScoped.class));
        assertThat(use(SessionScoped.class, bean)).isEqualTo("bean 1");
    }

    @Test
    void oneThatBreaksAsItEndsDoesNotKeepTheOthers() {
        bean.onEnd = instance -> {
            throw new StackOverflowError();
        };
        Counted other = new Counted();
        try (LogOf log = LogOf.type(RequestOfTurn.class)) {
            turn(() -> {
                use(RequestScoped.class, bean);
                use(RequestScoped.class, other);
            });
            assertThat(log.thrown())
                    .hasOnlyElementsOfType(StackOverflowError.class)
                    .hasSize(1);
        }
        assertThat(ended).containsExactly("bean 1");
    }

    @Test
    void beansThatUseEachOtherAsTheyEndComeToAnEnd() {
        Counted other = new Counted();
        bean.onEnd = instance -> {
            ended.add("one");
            use(RequestScoped.class, other);
        };
        other.onEnd = instance -> {
            ended.add("other");
            use(RequestScoped.class, bean);
        };
        turn(() -> use(RequestScoped.class, bean));
        assertThat(ended).containsExactly("one", "other");
    }

    @Test
    void aSessionScopedBeanInATurnSaysWhyNot() {
        turn(() -> assertThatThrownBy(() -> use(SessionScoped.class, bean))
                .isInstanceOf(ContextNotActiveException.class)
                .hasMessageStartingWith("a turn of an actor has no @SessionScoped")
                .hasMessageContaining("Connection"));
        assertThat(bean.made).isZero();
    }

    @Test
    void aTurnInsideASessionOfTheServerUsesThat() {
        contexts.add(new OfServer(SessionScoped.class));
        turn(() -> assertThat(use(SessionScoped.class, bean)).isEqualTo("bean 1"));
    }

    @Test
    void aHelperOfAnActorOutsideOfATurnSaysTheWayOut() {
        assertThatThrownBy(() -> use(ActorScoped.class, bean))
                .isInstanceOf(ContextNotActiveException.class)
                .hasMessageContaining("actor.executor()");
        turn(() -> assertThat(use(ActorScoped.class, bean)).isEqualTo("bean 1"));
    }

    @Test
    void whatMayBeMissingIsNull() {
        assertThat(manager.getContext(ActorScoped.class).<Object>get(bean)).isNull();
        turn(() -> assertThat(manager.getContext(SessionScoped.class).<Object>get(bean))
                .isNull());
    }

    @Test
    void theContextOfAnActorOutsideOfATurnSaysTheWayOut() {
        assertThatThrownBy(ActorScopedContext::currentActor).hasMessageContaining("actor.executor()");
    }
}
