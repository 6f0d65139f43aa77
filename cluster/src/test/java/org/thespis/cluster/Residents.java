package org.thespis.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who lives where, over all nodes of a test, and what may not be: two at a time on nodes that are not dead. */
final class Residents {

    private final Map<String, TestNode> live = new HashMap<>(); // guarded by this
    private final List<String> doubled = new ArrayList<>(); // guarded by this

    synchronized void came(String actorId, TestNode node) {
        TestNode other = live.put(actorId, node);
        if (other != null && other != node && !other.store.dead && !node.store.dead) {
            doubled.add(actorId + " on " + node.name + " and " + other.name);
        }
    }

    synchronized void left(String actorId, TestNode node) {
        live.remove(actorId, node);
    }

    synchronized void died(TestNode node) {
        live.values().removeIf(other -> other == node);
    }

    /** The node of an actor that is live, or null. */
    synchronized TestNode node(String actorId) {
        return live.get(actorId);
    }

    synchronized List<String> doubled() {
        return List.copyOf(doubled);
    }
}
