package org.thespis.runtime.cdi;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
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
        private final Map<Contextual<?>, Entry<?>> entries = new LinkedHashMap<>(4);

        Beans(ActorContext actor) {
            this.actor = actor;
        }

        void destroyAll() {
            entries.values().forEach(Entry::destroy);
            entries.clear();
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
        Map<Contextual<?>, Entry<?>> entries = current().entries;
        Entry<T> entry = (Entry<T>) entries.get(contextual);
        if (entry == null && creational != null) {
            entry = new Entry<>(contextual, contextual.create(creational), creational);
            entries.put(contextual, entry);
        }
        return entry == null ? null : entry.instance;
    }

    @Override
    public void destroy(Contextual<?> contextual) {
        Entry<?> entry = current().entries.remove(contextual);
        if (entry != null) {
            entry.destroy();
        }
    }
}
