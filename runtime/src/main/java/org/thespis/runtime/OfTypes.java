package org.thespis.runtime;

import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What single actor types have of their own, by the name of the type; one that is not there has what all have.
 *
 * @param executors for their turns
 * @param hand hands tasks over to these, and to nobody else; it takes no time, and its thread is nobody's
 * @param storages where their actors are kept
 */
public record OfTypes(Map<String, Executor> executors, Executor hand, Map<String, Storage> storages) {

    public OfTypes {
        executors = Map.copyOf(executors);
        storages = Map.copyOf(storages);
    }

    /** None has anything. */
    public static OfTypes nothing() {
        return new OfTypes(Map.of(), Runnable::run, Map.of());
    }
}
