package org.thespis.bench;

/** A queue of points in time that allocates only when it grows. Used by one thread. */
final class Times {

    private long[] ring = new long[4];
    private int first;
    private int size;

    void add(long time) {
        if (size == ring.length) {
            long[] larger = new long[size * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = ring[(first + i) % size];
            }
            ring = larger;
            first = 0;
        }
        ring[(first + size++) % ring.length] = time;
    }

    /** Takes the oldest. */
    long remove() {
        if (size == 0) {
            throw new IllegalStateException("an answer that nobody waits for");
        }
        long time = ring[first];
        first = (first + 1) % ring.length;
        size--;
        return time;
    }
}
