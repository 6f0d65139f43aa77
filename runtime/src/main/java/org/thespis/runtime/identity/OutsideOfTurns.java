package org.thespis.runtime.identity;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.util.function.Supplier;

/** A bean of the server, found with what the application sees when it is asked for first. Any thread. */
final class OutsideOfTurns<T> implements Supplier<T> {

    private final BeanManager manager;
    private final Class<T> type;
    private final Supplier<Bean<?>> lookup;
    private volatile Bean<?> bean;
    private volatile T found;

    /** @param lookup finds it; null if there is none */
    OutsideOfTurns(BeanManager manager, Class<T> type, Supplier<Bean<?>> lookup) {
        this.manager = manager;
        this.type = type;
        this.lookup = lookup;
    }

    @Override
    public T get() {
        T known = found;
        return known == null ? find() : known;
    }

    /** It may look for services of its own by the class loader of the thread, which is that of one module. */
    private T find() {
        Thread here = Thread.currentThread();
        ClassLoader outer = here.getContextClassLoader();
        here.setContextClassLoader(OutsideOfTurns.class.getClassLoader());
        try {
            Bean<?> known = bean == null ? lookup.get() : bean;
            if (known == null) {
                return null;
            }
            bean = known;
            T one = type.cast(manager.getReference(known, type, manager.createCreationalContext(known)));
            if (known.getScope() != Dependent.class) { // else it may be who asks now
                found = one;
            }
            return one;
        } finally {
            here.setContextClassLoader(outer);
        }
    }
}
