package org.thespis.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The listeners to one kind of thing that happens to a connection. Any thread. */
final class Listeners<T> {

    private static final Logger LOG = System.getLogger(Listeners.class.getName());

    private final List<Entry<T>> all = new CopyOnWriteArrayList<>();

    /** Apart from others that are equal: each is ended for itself. */
    private static final class Entry<T> {

        private final Consumer<? super T> listener;

        Entry(Consumer<? super T> listener) {
            this.listener = listener;
        }
    }

    Registration add(Consumer<? super T> listener) {
        Entry<T> entry = new Entry<>(listener);
        all.add(entry);
        return () -> all.remove(entry);
    }

    /** Tells all; what one throws is logged. */
    void tell(T what) {
        for (Entry<T> entry : all) {
            try {
                entry.listener.accept(what);
            } catch (Throwable e) { // of the application
                LOG.log(Level.ERROR, "a listener failed", e);
            }
        }
    }
}
