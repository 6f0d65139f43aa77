package org.thespis.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of all under each kind of fault, as a table. Used by one thread. */
final class ClusterTable {

    private static final String ALL = "all";

    private static final class Row {

        private int faults;
        private int failed;
        private final CrashCounts counts = new CrashCounts();
        private final List<Long> back = new ArrayList<>();

        private void add(long[] millis, int failedCalls, CrashCounts round) {
            faults++;
            failed += failedCalls;
            counts.add(round);
            for (long one : millis) {
                back.add(one);
            }
        }

        private String line(String name) {
            long[] sorted = back.stream().mapToLong(Long::longValue).sorted().toArray();
            return "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d | %d |%n"
                    .formatted(
                            name,
                            faults,
                            counts.acknowledged,
                            counts.lost,
                            counts.doubled,
                            counts.seenButLost,
                            counts.livedTwice,
                            counts.unordered,
                            counts.notRunButThere,
                            counts.hanging,
                            failed,
                            sorted[sorted.length / 2],
                            sorted[sorted.length * 99 / 100],
                            sorted[sorted.length - 1]);
        }
    }

    private final Map<String, Row> rows = new TreeMap<>(); // by kind
    private final Row all = new Row();

    /**
     * One fault more.
     *
     * @param back after how many milliseconds each actor answered again
     * @param failed calls, of those over HTTP
     */
    void add(String kind, long[] back, int failed, CrashCounts round) {
        rows.computeIfAbsent(kind, k -> new Row()).add(back, failed, round);
        all.add(back, failed, round);
    }

    CrashCounts total() {
        return all.counts;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("| fault | times | acknowledged | lost | doubled | seen but lost"
                + " | two lives | events doubled or out of order | not run but there | hanging | failed calls"
                + " | back: p50 ms | p99 | worst |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        rows.forEach((kind, row) -> text.append(row.line(kind)));
        if (all.faults > 0) {
            text.append(all.line(ALL));
        }
        return text.toString();
    }
}
