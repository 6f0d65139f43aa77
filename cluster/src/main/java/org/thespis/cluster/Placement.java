package org.thespis.cluster;

import java.util.Collection;

/**
 * Which node each actor lives on: ids fall into segments, and each segment goes to the node whose hash with it is the largest
 * (rendezvous hashing). All nodes of one view come to the same; where a node comes or goes, only its own segments move.
 * Immutable. Any thread.
 */
final class Placement {

    /** Enough for some twenty nodes to have equal shares, nearly. */
    static final int SEGMENTS = 256;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final long epoch;
    private final String[] owners = new String[SEGMENTS];

    Placement(long epoch, Collection<String> nodes) {
        this.epoch = epoch;
        for (int segment = 0; segment < SEGMENTS; segment++) {
            owners[segment] = owner(segment, nodes);
        }
    }

    private static String owner(int segment, Collection<String> nodes) {
        String best = null;
        long most = 0;
        for (String node : nodes) {
            long weight = mixed(hash(node) + mixed(segment));
            boolean more = best == null
                    || Long.compareUnsigned(weight, most) > 0
                    || weight == most && node.compareTo(best) > 0;
            if (more) {
                best = node;
                most = weight;
            }
        }
        return best;
    }

    private static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finish of SplitMix64. */
    private static long mixed(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** The segment of an id, on every node and in every release the same. */
    static int segment(String id) {
        return (int) (mixed(hash(id)) & SEGMENTS - 1);
    }

    long epoch() {
        return epoch;
    }

    /** Null if nobody has actors. */
    String owner(int segment) {
        return owners[segment];
    }

    String ownerOf(String id) {
        return owners[segment(id)];
    }
}
