package org.thespis.runtime;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What single actor types have of their own, by the name of the type; one that is not there has what all have.
 *
 * @param executors for their turns
 * @param hands gives each of these who hands tasks over to it, and to no other, as one may block; its thread is nobody's
 * @param storages where their actors are kept
 */
public record OfTypes(Map<String, Executor> executors, Supplier<Executor> hands, Map<String, Storage> storages) {

    public OfTypes {
        executors = Map.copyOf(executors);
        storages = Map.copyOf(storages);
    }

    /** None has anything. */
    public static OfTypes nothing() {
        return new OfTypes(Map.of(), () -> Runnable::run, Map.of());
    }
}
