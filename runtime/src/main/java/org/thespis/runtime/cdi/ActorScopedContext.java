package org.thespis.runtime.cdi;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.AlterableContext;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorScoped;
import org.thespis.runtime.declaration.ActorBeans.ActorBean;

/** The context of {@link ActorScoped}: active in a thread while a turn of an actor runs there. */
final class ActorScopedContext implements AlterableContext {

    /** @param creational null if there was nothing in it: then another one does as well */
    private record Entry<T>(Contextual<T> contextual, T instance, CreationalContext<T> creational) {
        void destroy(BeanManager manager) {
            contextual.destroy(instance, creational == null ? manager.createCreationalContext(contextual) : creational);
        }

        Entry<T> alone() {
            return new Entry<>(contextual, instance, null);
        }
    }

    /** What to do where there is no turn. */
    static final String NO_TURN =
            "no turn of an actor runs in this thread; come back into one with actor.executor(), or call"
                    + " the actor through org.thespis.api.Actors";

    /** The beans of one live actor; used by its turns only. */
    static final class Beans implements ActorBean {
        private final ActorContext actor;
        private final BeanManager manager;
        private Object instance;
        private Entry<?> first; // the actor itself: most have no helpers
        private Map<Contextual<?>, Entry<?>> others = Map.of(); // another from the first helper on
        private RequestOfTurn.Beans request; // of the present turn; made when it is asked for

        Beans(ActorContext actor, BeanManager manager) {
            this.actor = actor;
            this.manager = manager;
        }

        /**
         * The actor was made.
         *
         * @param alone whether nothing belongs to it that is to end with it
         */
        void made(Object made, boolean alone) {
            instance = made;
            if (alone && first != null && first.instance == made) {
                first = first.alone();
            }
        }

        /** The object itself, not the proxy: the runtime calls it only while its scope is active. */
        @Override
        public Object instance() {
            return instance;
        }

        @Override
        public Object enter() {
            return ActorScopedContext.enter(this);
        }

        @Override
        public void leave(Object outer) {
            ActorScopedContext.leave(this, (Beans) outer);
        }

        RequestOfTurn.Beans request() {
            if (request == null) {
                request = new RequestOfTurn.Beans();
            }
            return request;
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

        /**
         * Ends all, the actor first, which has its helpers meanwhile; so have those, and who is made on the way is ended, too.
         * One that throws does not keep the others; the first exception is thrown on.
         */
        @Override
        public void destroy() {
            List<Throwable> thrown = new ArrayList<>(0);
            Set<Entry<?>> ended = Collections.newSetFromMap(new IdentityHashMap<>(4));
            for (List<Entry<?>> left = all(); !left.isEmpty(); left = left(ended)) {
                for (Entry<?> entry : left) {
                    ended.add(entry);
                    end(entry, thrown);
                }
            }
            first = null;
            others = Map.of();
            if (!thrown.isEmpty()) {
                ActorScopedContext.<RuntimeException>rethrow(thrown.get(0));
            }
        }

        private void end(Entry<?> entry, List<Throwable> thrown) {
            try {
                entry.destroy(manager);
            } catch (Throwable e) {
                thrown.add(e);
            }
        }

        private List<Entry<?>> all() {
            List<Entry<?>> all = new ArrayList<>(others.values());
            if (first != null) {
                all.add(0, first);
            }
            return all;
        }

        private List<Entry<?>> left(Set<Entry<?>> ended) {
            return all().stream().filter(entry -> !ended.contains(entry)).toList();
        }
    }

    /** As it is, be it checked. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void rethrow(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private static final ThreadLocal<Beans> CURRENT = new ThreadLocal<>();

    /** Makes an actor's beans those of this thread; returns the ones before, or null. */
    static Beans enter(Beans beans) {
        Beans outer = CURRENT.get();
        CURRENT.set(beans);
        return outer;
    }

    /**
     * Ends the request of the turn. Keeps the entry of the thread: one that is removed would be made anew, a weak reference,
     * for each message.
     */
    static void leave(Beans beans, Beans outer) {
        if (beans != outer && beans.request != null) {
            beans.request.end(); // while its actor is still there
            beans.request = null;
        }
        CURRENT.set(outer);
    }

    /** The beans of the actor whose turn runs in this thread; null if there is none. */
    static Beans ofThread() {
        return CURRENT.get();
    }

    /** The actor whose turn runs in this thread. */
    static ActorContext currentActor() {
        return current().actor;
    }

    private static Beans current() {
        Beans beans = CURRENT.get();
        if (beans == null) {
            throw new ContextNotActiveException(NO_TURN);
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
        Beans beans = current();
        Entry<?> entry = beans.remove(contextual);
        if (entry != null) {
            entry.destroy(beans.manager);
        }
    }
}
