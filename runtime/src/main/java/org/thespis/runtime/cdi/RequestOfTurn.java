package org.thespis.runtime.cdi;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The request scope in a turn: its beans live until the turn ends. Active in a thread while a turn runs there and the server
 * has no request of its own. Nothing is done for turns that use no such bean.
 */
final class RequestOfTurn implements AlterableContext {

    private static final Logger LOG = System.getLogger(RequestOfTurn.class.getName());

    private record Entry<T>(Contextual<T> contextual, T instance, CreationalContext<T> creational) {

        /** One that throws does not keep the others. */
        void destroy() {
            try {
                contextual.destroy(instance, creational);
            } catch (Throwable e) {
                LOG.log(Level.WARNING, "a request-scoped bean of a turn could not be ended", e);
            }
        }
    }

    /** The beans of the turns of one live actor, one turn after the other. */
    static final class Beans {

        private Map<Contextual<?>, Entry<?>> entries; // null if the turn has no request of its own
        private boolean asking;

        /** Whether the turn has a request of its own; with the first use of the scope it gets one unless the server has one. */
        private boolean isActive(BeanManager beanManager) {
            if (entries == null && !asking) {
                asking = true;
                try {
                    if (!isActiveElsewhere(beanManager, RequestScoped.class)) {
                        entries = new LinkedHashMap<>(4);
                    }
                } finally {
                    asking = false;
                }
            }
            return entries != null;
        }

        /** Those that are made on the way are ended, too; all are there until the last one has ended. */
        void end() {
            if (entries == null) {
                return;
            }
            Set<Entry<?>> ended = Collections.newSetFromMap(new IdentityHashMap<>(4));
            for (List<Entry<?>> left = left(ended); !left.isEmpty(); left = left(ended)) {
                ended.addAll(left);
                left.forEach(Entry::destroy);
            }
            entries = null;
        }

        private List<Entry<?>> left(Set<Entry<?>> ended) {
            return List.copyOf(entries.values()).stream()
                    .filter(entry -> !ended.contains(entry))
                    .toList();
        }
    }

    private final BeanManager beanManager;

    RequestOfTurn(BeanManager beanManager) {
        this.beanManager = beanManager;
    }

    /** Whether the server has that scope in this thread; to be called where contexts of ours say that they have not. */
    static boolean isActiveElsewhere(BeanManager beanManager, Class<? extends Annotation> scope) {
        try {
            beanManager.getContext(scope);
            return true;
        } catch (ContextNotActiveException e) {
            return false;
        }
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return RequestScoped.class;
    }

    @Override
    public boolean isActive() {
        ActorScopedContext.Beans actor = ActorScopedContext.ofThread();
        return actor != null && actor.request().isActive(beanManager);
    }

    private static Map<Contextual<?>, Entry<?>> entries() {
        ActorScopedContext.Beans actor = ActorScopedContext.ofThread();
        if (actor == null || actor.request().entries == null) {
            throw new ContextNotActiveException("no turn with a request of its own runs in this thread");
        }
        return actor.request().entries;
    }

    @Override
    public <T> T get(Contextual<T> contextual) {
        return get(contextual, null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T get(Contextual<T> contextual, CreationalContext<T> creational) {
        Map<Contextual<?>, Entry<?>> entries = entries();
        Entry<T> entry = (Entry<T>) entries.get(contextual);
        if (entry == null && creational != null) {
            entry = new Entry<>(contextual, contextual.create(creational), creational);
            entries.put(contextual, entry);
        }
        return entry == null ? null : entry.instance;
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        Entry<?> entry = entries().remove(contextual);
        if (entry != null) {
            entry.destroy();
        }
    }
}
