package org.thespis.runtime.cdi;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Context;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.function.BooleanSupplier;
import org.thespis.api.ActorScoped;

/** Stands where a scope is missing, and says what to do instead: the container itself would only name the scope. */
final class MissingScope implements Context {

    private final Class<? extends Annotation> scope;
    private final BooleanSupplier missing;
    private final String wayOut;
    private final ThreadLocal<Boolean> asking = new ThreadLocal<>();

    private MissingScope(Class<? extends Annotation> scope, BooleanSupplier missing, String wayOut) {
        this.scope = scope;
        this.missing = missing;
        this.wayOut = wayOut;
    }

    /** The scope of actors, where no turn runs. */
    static MissingScope ofActor() {
        return new MissingScope(
                ActorScoped.class, () -> ActorScopedContext.ofThread() == null, ActorScopedContext.NO_TURN);
    }

    /** A scope of web pages, where a turn runs in which the server has none. */
    static MissingScope inTurn(Class<? extends Annotation> scope, BeanManager beanManager) {
        return new MissingScope(
                scope,
                () -> ActorScopedContext.ofThread() != null && !RequestOfTurn.isActiveElsewhere(beanManager, scope),
                "a turn of an actor has no @" + scope.getSimpleName()
                        + ": it belongs to no browser; take what is needed from there before the call and give it as an"
                        + " argument, ask the Connection for its principal, parameters or state, or use @ActorScoped or"
                        + " @RequestScoped, which last as long as the actor and as its turn");
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return scope;
    }

    @Override
    public boolean isActive() {
        if (asking.get() != null) { // whether others are
            return false;
        }
        asking.set(true);
        try {
            return missing.getAsBoolean();
        } finally {
            asking.remove();
        }
    }

    @Override
    public <T> T get(Contextual<T> contextual) {
        return null;
    }

    @Override
    public <T> T get(Contextual<T> contextual, CreationalContext<T> creational) {
        if (creational == null) {
            return null;
        }
        throw new ContextNotActiveException(wayOut);
    }
}
