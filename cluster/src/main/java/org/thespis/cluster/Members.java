package org.thespis.cluster;

import java.util.Collection;
import java.util.TreeSet;

/**
 * Who is in the cluster.
 *
 * @param epoch numbers the views: a later one has a larger number
 * @param nodes their names, this one among them
 * @param continues false if others may have gone on without this node since its last view, so that what lives here may be out
 *     of date: it was cut off, and is back
 */
public record Members(long epoch, Collection<String> nodes, boolean continues) {

    public Members {
        nodes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }
}
