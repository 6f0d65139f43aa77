package org.thespis.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far this node is with each segment. In a new view each node tells all others which segments of theirs it still holds, and
 * then sends nothing of the earlier view any more. Who loses a segment lets it go when all have told that; who gets one opens it
 * when nobody holds it. So two nodes never have one open, but for one that was cut off. Guarded by its user.
 */
final class Segments {

    /** Views that others may have come to before this node. */
    static final int MAX_EARLY_VIEWS = 64;

    enum Phase {
        /** Nothing of it lives here. */
        FOREIGN,
        /** It is to be opened when nobody else holds it. */
        ACQUIRING,
        OPEN,
        /** Another node is to have it; what was sent before all knew that is still taken. */
        RELEASING,
        /** Its actors come to their end. */
        LEAVING
    }

    /** What is to be done where a segment gets into another phase. Called by who calls here, guarded as that. */
    interface Steps {

        /** What waits for the segment may go on. */
        void opened(int segment);

        /** What waits for the segment waits in vain. */
        void refused(int segment);

        /** Its actors are to end; {@link #left} then. */
        void leave(int segment);
    }

    private final String self;
    private final Steps steps;
    private final Phase[] phases = new Phase[Placement.SEGMENTS];
    private final List<Set<String>> holders = new ArrayList<>();
    private final Set<String> synced = new HashSet<>();
    private final TreeMap<Long, Map<String, Set<Integer>>> early = new TreeMap<>(); // by epoch, then node
    private Members members;
    private Placement placement;

    Segments(String self, Steps steps) {
        this.self = self;
        this.steps = steps;
        Arrays.fill(phases, Phase.FOREIGN);
        for (int i = 0; i < Placement.SEGMENTS; i++) {
            holders.add(new HashSet<>());
        }
    }

    Phase phase(int segment) {
        return phases[segment];
    }

    /** Null before the first view. */
    Placement placement() {
        return placement;
    }

    int earlyViews() {
        return early.size();
    }

    boolean isOurs(int segment) {
        return placement != null && self.equals(placement.owner(segment));
    }

    private boolean isHeld(int segment) {
        return phases[segment] == Phase.RELEASING || phases[segment] == Phase.LEAVING;
    }

    /**
     * Comes to a new view.
     *
     * @return the segments that all others are to be told to be held here
     */
    List<Integer> install(Members next, Placement where) {
        members = next;
        placement = where;
        synced.clear();
        holders.forEach(Set::clear);
        List<Integer> held = new ArrayList<>();
        for (int segment = 0; segment < phases.length; segment++) {
            move(segment);
            if (isHeld(segment)) {
                held.add(segment);
            }
        }
        Map<String, Set<Integer>> told = early.getOrDefault(next.epoch(), Map.of());
        early.headMap(next.epoch(), true).clear();
        record(self, held);
        told.forEach(this::record);
        step();
        return held;
    }

    private void move(int segment) {
        boolean ours = isOurs(segment);
        Phase phase = phases[segment];
        boolean isOpen = phase == Phase.OPEN || phase == Phase.RELEASING;
        if (isOpen && !members.continues()) {
            leave(segment);
        } else if (isOpen) {
            phases[segment] = ours ? Phase.OPEN : Phase.RELEASING; // what was not released nobody else has opened
        } else if (phase != Phase.LEAVING) {
            phases[segment] = ours ? Phase.ACQUIRING : Phase.FOREIGN;
        }
        if (phases[segment] == Phase.OPEN) {
            steps.opened(segment);
        } else if (!ours) {
            steps.refused(segment);
        }
    }

    private void leave(int segment) {
        phases[segment] = Phase.LEAVING;
        steps.leave(segment);
    }

    /** A node has come to a view. */
    void synced(String node, long epoch, List<Integer> held) {
        if (placement == null || epoch > placement.epoch()) {
            early.computeIfAbsent(epoch, e -> new HashMap<>()).put(node, new HashSet<>(held));
            if (early.size() > MAX_EARLY_VIEWS) {
                early.pollFirstEntry();
            }
        } else if (epoch == placement.epoch()) {
            record(node, held);
            step();
        }
    }

    private void record(String node, java.util.Collection<Integer> held) {
        if (members.nodes().contains(node) && synced.add(node)) {
            for (int segment : held) {
                if (segment >= 0 && segment < phases.length) {
                    holders.get(segment).add(node);
                }
            }
        }
    }

    private void step() {
        if (synced.size() < members.nodes().size()) {
            return;
        }
        for (int segment = 0; segment < phases.length; segment++) {
            if (phases[segment] == Phase.RELEASING) {
                leave(segment);
            }
            openIfFree(segment);
        }
    }

    private void openIfFree(int segment) {
        boolean allTold = synced.size() == members.nodes().size();
        if (phases[segment] == Phase.ACQUIRING
                && allTold
                && holders.get(segment).isEmpty()) {
            phases[segment] = Phase.OPEN;
            steps.opened(segment);
        }
    }

    /** Another node has let a segment go. */
    void released(String node, long epoch, int segment) {
        if (segment < 0 || segment >= phases.length) {
            return;
        }
        if (placement == null || epoch > placement.epoch()) {
            Set<Integer> itsHeld = early.getOrDefault(epoch, Map.of()).get(node);
            if (itsHeld != null) {
                itsHeld.remove(segment);
            }
        } else if (epoch == placement.epoch()) {
            holders.get(segment).remove(node);
            openIfFree(segment);
        }
    }

    /** No actor of the segment lives here any more: all others are to be told that. */
    void left(int segment) {
        phases[segment] = isOurs(segment) ? Phase.ACQUIRING : Phase.FOREIGN;
        holders.get(segment).remove(self);
        openIfFree(segment);
    }
}
