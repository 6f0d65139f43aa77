package org.thespis.gateway.admission;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Knows when the heap stays full: then nothing large is taken in. The last resort against what cannot be counted here, such as
 * what waits in an actor or in the server. Looked at by one timer, asked by any thread.
 */
public final class HeapWatch {

    /** Of the heap, in use when a collection is over. */
    private static final double FULL = 0.7;

    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final long full = (long) (Runtime.getRuntime().maxMemory() * FULL);
    private long seen = -1; // collections
    private volatile boolean pressed;

    /** To be called several times a second: what is in use just after a collection is what is really used. */
    public void look() {
        long collections = collectors.stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        if (collections != seen) {
            seen = collections;
            Runtime runtime = Runtime.getRuntime();
            pressed = runtime.totalMemory() - runtime.freeMemory() > full;
        }
    }

    /** Whether the heap was full after the last collection. */
    public boolean isPressed() {
        return pressed;
    }
}
