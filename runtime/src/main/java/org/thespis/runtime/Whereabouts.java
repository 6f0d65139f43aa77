package org.thespis.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thespis.runtime.instance.Node;

/** Where actors were found of late, as an id does not tell that: who knows it asks no other store. Any thread. */
final class Whereabouts {

    /** Of one more the one is forgotten that was not asked for the longest; then all stores are asked for it. */
    static final int MAX_KNOWN = 10_000;

    private final Map<String, Node> known = new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Node> eldest) {
                    return size() > MAX_KNOWN;
                }
            };

    synchronized void note(String actorId, Node node) {
        known.put(actorId, node);
    }

    /** Null if it is not known. */
    synchronized Node of(String actorId) {
        return known.get(actorId);
    }
}
