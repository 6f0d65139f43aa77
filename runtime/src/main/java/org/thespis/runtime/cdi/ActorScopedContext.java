package org.thespis.runtime.cdi;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorScoped;

/** The context of {@link ActorScoped}: active in a thread while a turn of an actor runs there. */
final class ActorScopedContext implements AlterableContext {

    private record Entry<T>(Contextual<T> contextual, T instance, CreationalContext<T> creational) {
        void destroy() {
            contextual.destroy(instance, creational);
        }
    }

    /** The beans of one live actor; used by its turns only. */
    static final class Beans {
        private final ActorContext actor;
        private Entry<?> first; // the actor itself: most have no helpers
        private Map<Contextual<?>, Entry<?>> others = Map.of(); // another from the first helper on

        Beans(ActorContext actor) {
            this.actor = actor;
        }

        private Entry<?> get(Contextual<?> contextual) {
            return first != null && first.contextual.equals(contextual) ? first : others.get(contextual);
        }

        private void add(Entry<?> entry) {
            if (first == null && others.isEmpty()) {
                first = entry;
                return;
            }
            if (others.isEmpty()) {
                others = new LinkedHashMap<>(4);
            }
            others.put(entry.contextual, entry);
        }

        private Entry<?> remove(Contextual<?> contextual) {
            if (first != null && first.contextual.equals(contextual)) {
                Entry<?> removed = first;
                first = null;
                return removed;
            }
            return others.isEmpty() ? null : others.remove(contextual);
        }

        /** One that throws does not keep the others; the first exception is thrown on. */
        void destroyAll() {
            List<Entry<?>> all = new ArrayList<>(others.values());
            if (first != null) {
                all.add(0, first);
            }
            first = null;
            others = Map.of();
            RuntimeException thrown = null;
            for (Entry<?> entry : all) {
                try {
                    entry.destroy();
                } catch (RuntimeException e) {
                    thrown = thrown == null ? e : thrown;
                }
            }
            if (thrown != null) {
                throw thrown;
            }
        }
    }

    private static final ThreadLocal<Beans> CURRENT = new ThreadLocal<>();

    /** Makes an actor's beans those of this thread; returns the ones before, or null. */
    static Beans enter(Beans beans) {
        Beans outer = CURRENT.get();
        CURRENT.set(beans);
        return outer;
    }

    /** Keeps the entry of the thread: one that is removed would be made anew, a weak reference, for each message. */
    static void leave(Beans outer) {
        CURRENT.set(outer);
    }

    /** The actor whose turn runs in this thread. */
    static ActorContext currentActor() {
        return current().actor;
    }

    private static Beans current() {
        Beans beans = CURRENT.get();
        if (beans == null) {
            throw new ContextNotActiveException("no turn of an actor runs in this thread");
        }
        return beans;
    }

    @Override
    public Class<? extends Annotation> getScope() {
        return ActorScoped.class;
    }

    @Override
    public boolean isActive() {
        return CURRENT.get() != null;
    }

    @Override
    public <T> T get(Contextual<T> contextual) {
        return get(contextual, null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T get(Contextual<T> contextual, CreationalContext<T> creational) {
        Beans beans = current();
        Entry<T> entry = (Entry<T>) beans.get(contextual);
        if (entry == null && creational != null) {
            entry = new Entry<>(contextual, contextual.create(creational), creational);
            beans.add(entry);
        }
        return entry == null ? null : entry.instance;
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        Entry<?> entry = current().remove(contextual);
        if (entry != null) {
            entry.destroy();
        }
    }
}
