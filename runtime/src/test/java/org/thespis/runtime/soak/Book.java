package org.thespis.runtime.soak;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/** What happened in one round, and what must not have. Any thread. */
final class Book {

    private static final int MAX_FAULTS = 200;

    private static volatile Book present;

    final Chance chance;

    /** Completes what authors began. */
    final ScheduledExecutorService authors;

    final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    final Queue<Line> lines = new ConcurrentLinkedQueue<>();
    final Set<String> toBeDestroyed = ConcurrentHashMap.newKeySet(); // ids
    final Set<String> plans = ConcurrentHashMap.newKeySet(); // tokens
    final Map<String, AtomicInteger> letIn = new ConcurrentHashMap<>(); // by connection
    final Map<String, AtomicInteger> left = new ConcurrentHashMap<>(); // by connection
    final Map<String, AtomicInteger> creations = new ConcurrentHashMap<>(); // by actor
    final AtomicInteger sleeps = new AtomicInteger();
    final AtomicInteger wakes = new AtomicInteger();
    final AtomicInteger destroyed = new AtomicInteger();
    final AtomicInteger openDestructions = new AtomicInteger();
    final AtomicInteger outages = new AtomicInteger();

    /** Whether hooks throw by chance. */
    volatile boolean hooksThrow = true;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    Book(Chance chance, ScheduledExecutorService authors) {
        this.chance = chance;
        this.authors = authors;
        present = this;
    }

    static Book present() {
        return present;
    }

    /** Notes what must not have happened. */
    void fault(String kind, Object what) {
        if (count(counts, kind) <= MAX_FAULTS / 20 && faults.size() < MAX_FAULTS) {
            faults.add(kind + ": " + what);
        }
    }

    int faults(String kind) {
        AtomicInteger count = counts.get(kind);
        return count == null ? 0 : count.get();
    }

    /** How many faults of each kind. */
    Map<String, AtomicInteger> counts() {
        return counts;
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    static int count(Map<String, AtomicInteger> counts, String what) {
        return counts.computeIfAbsent(what, w -> new AtomicInteger()).incrementAndGet();
    }
}
