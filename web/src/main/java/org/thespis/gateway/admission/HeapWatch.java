package org.thespis.gateway.admission;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Knows when the heap stays full: then nothing large is taken in. The last resort against what cannot be counted here, such as
 * what waits in an actor or in the server. Any thread.
 */
public final class HeapWatch {

    /** Of the heap, in use when a collection is over. */
    private static final double FULL = 0.7;

    /** With little to do nothing is collected by itself, and what was freed would not show. */
    private static final long COLLECT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Between two collections for the question whether a heap that seems full is: one of the young alone leaves old garbage. */
    private static final long CONFIRM_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final List<GarbageCollectorMXBean> COLLECTORS = ManagementFactory.getGarbageCollectorMXBeans();

    private final LongSupplier collections;
    private final LongSupplier used;
    private final long full; // bytes
    private final Runnable collect;
    private final LongSupplier nanoTime;
    private long seen = -1; // collections; guarded by this
    private long seenAt; // guarded by this
    private long collectedAt; // by this one; guarded by this
    private boolean confirmed; // pressed even so; guarded by this
    private volatile boolean pressed;

    HeapWatch() {
        this(
                HeapWatch::collections,
                () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
                Runtime.getRuntime().maxMemory(),
                System::gc,
                System::nanoTime);
    }

    HeapWatch(LongSupplier collections, LongSupplier used, long max, Runnable collect, LongSupplier nanoTime) {
        this.collections = collections;
        this.used = used;
        this.full = (long) (max * FULL);
        this.collect = collect;
        this.nanoTime = nanoTime;
        this.collectedAt = nanoTime.getAsLong() - CONFIRM_NANOS - 1;
    }

    private static long collections() {
        long sum = 0;
        for (GarbageCollectorMXBean collector : COLLECTORS) {
            sum += collector.getCollectionCount();
        }
        return sum;
    }

    /** To be called several times a second: what is in use just after a collection is what is really used. */
    public void look() {
        note();
        if (isDue()) {
            collect.run();
            noteCollected();
        }
    }

    private synchronized boolean isDue() {
        long now = nanoTime.getAsLong();
        return pressed && (confirmed ? now - seenAt > COLLECT_NANOS : now - collectedAt > CONFIRM_NANOS);
    }

    private synchronized void noteCollected() {
        note();
        collectedAt = nanoTime.getAsLong();
        confirmed = pressed;
    }

    private synchronized void note() {
        long now = collections.getAsLong();
        if (now != seen) {
            seen = now;
            seenAt = nanoTime.getAsLong();
            pressed = used.getAsLong() > full;
            confirmed &= pressed;
        }
    }

    /** Whether the heap was full after the last collection, which {@link #look} then soon makes sure of. */
    public boolean isPressed() {
        return pressed;
    }

    /** The same, with a look at whether there was a collection meanwhile. */
    boolean isPressedNow() {
        note();
        return pressed;
    }
}
