package org.thespis.runtime.identity;

import java.util.function.Supplier;

/** A bean of the server, made with what the application sees when it is asked for first. Any thread. */
final class OutsideOfTurns<T> implements Supplier<T> {

    private final Supplier<T> lookup;
    private volatile T found;

    OutsideOfTurns(Supplier<T> lookup) {
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
            found = lookup.get();
            return found;
        } finally {
            here.setContextClassLoader(outer);
        }
    }
}
