package org.thespis.test;

import java.util.Set;
import java.util.TreeSet;

/** What became of calls and events under faults. Used by one thread. */
final class CrashCounts {

    /** Codes of errors that say that nothing was run. */
    static final Set<String> NOT_RUN = Set.of("restarting", "service_unavailable");

    int acknowledged;
    int lost;
    int doubled;
    int seen;
    int seenButLost;
    int refused;
    int refusedButThere;

    /** Of those that were refused with a code that says that nothing was run. */
    int notRunButThere;

    /** Lists that do not have what stands beside them. */
    int unlike;

    int unordered;
    int livedTwice;

    /** Calls on lines that lived on and did not answer them. */
    int hanging;

    final Set<String> codes = new TreeSet<>();

    void add(CrashCounts other) {
        acknowledged += other.acknowledged;
        lost += other.lost;
        doubled += other.doubled;
        seen += other.seen;
        seenButLost += other.seenButLost;
        refused += other.refused;
        refusedButThere += other.refusedButThere;
        notRunButThere += other.notRunButThere;
        unlike += other.unlike;
        unordered += other.unordered;
        livedTwice += other.livedTwice;
        hanging += other.hanging;
        codes.addAll(other.codes);
    }

    /** All that must not be, whatever fails. */
    int wrong() {
        return lost + doubled + seenButLost + notRunButThere + unordered + livedTwice + hanging;
    }

    @Override
    public String toString() {
        return ("acknowledged %d, lost: %d, doubled: %d, events seen %d, seen-but-lost: %d, refused %d,"
                        + " refused-but-there: %d, told-as-not-run-but-there: %d, unlike: %d,"
                        + " events doubled or out of order: %d, two lives that both changed it: %d, hanging calls: %d,"
                        + " codes %s")
                .formatted(
                        acknowledged,
                        lost,
                        doubled,
                        seen,
                        seenButLost,
                        refused,
                        refusedButThere,
                        notRunButThere,
                        unlike,
                        unordered,
                        livedTwice,
                        hanging,
                        codes);
    }
}
