package org.thespis.cluster;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is in the cluster.
 *
 * @param epoch numbers the views: a later one has a larger number
 * @param nodes their names, this one among them
 * @param continues false if others may have gone on without this node since its last view, so that what lives here may be out
 *     of date: it was cut off, and is back
 * @param leaving those of the nodes that are to have no actors any more, as they are about to go
 * @param apart those of the nodes that were in another part of the cluster until now, whatever this node knew of that: they may
 *     have given up what was open
 */
public record Members(long epoch, Collection<String> nodes, boolean continues, Set<String> leaving, Set<String> apart) {

    /** A view behind which all were together. */
    public Members(long epoch, Collection<String> nodes, boolean continues) {
        this(epoch, nodes, continues, Set.of());
    }

    /** A view in which nobody is about to leave. */
    public Members(long epoch, Collection<String> nodes, boolean continues, Set<String> apart) {
        this(epoch, nodes, continues, Set.of(), apart);
    }

    /** The one that says who is to have actors: the same for all. */
    String placer() {
        return nodes.iterator().next();
    }

    /** The nodes that have actors; none where this part of the cluster is not to serve. */
    Collection<String> owners() {
        return nodes.stream().filter(node -> !leaving.contains(node)).toList();
    }

    public Members {
        nodes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        leaving = Set.copyOf(leaving);
        apart = Set.copyOf(apart);
    }
}
