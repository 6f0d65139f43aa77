package org.thespis.runtime.reference;

import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The threads that look for actors, wait for their store, and create them.
 *
 * @param general {@link References#MAX_LOOKUPS} are of use
 * @param ofTypes by the names of types that are kept in another store, whose threads it keeps when it hangs, and nobody else's
 */
public record Lookups(Executor general, Map<String, Executor> ofTypes) {

    public Lookups {
        ofTypes = Map.copyOf(ofTypes);
    }

    Executor of(String type) {
        return ofTypes.getOrDefault(type, general);
    }
}
