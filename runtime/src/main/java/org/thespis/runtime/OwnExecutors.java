package org.thespis.runtime;

import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The executors that single actor types have for their turns.
 *
 * @param byType by the name of the type; a type that is not there has none of its own
 * @param hand hands tasks over to them, and to nobody else; it takes no time, and its thread is nobody's
 */
public record OwnExecutors(Map<String, Executor> byType, Executor hand) {

    public OwnExecutors {
        byType = Map.copyOf(byType);
    }

    public static OwnExecutors none() {
        return new OwnExecutors(Map.of(), Runnable::run);
    }
}
