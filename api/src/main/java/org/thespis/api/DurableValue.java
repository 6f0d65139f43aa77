package org.thespis.api;

import java.util.function.Consumer;

/**
 * One value, as a {@link State} field that the runtime provides, for what is large and seldom changes: it is a row of the
 * store, read when it is asked for. What is said of {@link DurableList} holds here, too.
 */
public interface DurableValue<T> {

    /** The value; null if there is none. */
    T get();

    /** @param value null for none */
    void set(T value);

    boolean isPresent();

    /** Changes the value in place, if there is one, and has it written if it is another then. */
    void mutate(Consumer<? super T> change);
}
