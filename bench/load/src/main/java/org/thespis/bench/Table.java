package org.thespis.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, as Markdown; printed while it grows. */
final class Table {

    private static final int MEDIAN = 50;
    private static final int TAIL = 99;

    private final List<String> lines = new ArrayList<>();

    void heading(String text) {
        print("");
        print("### " + text);
        print("");
        print("| workload | | per second | ratio | p50 ms | p99 ms | p99 ratio | goal |");
        print("|---|---|--:|--:|--:|--:|--:|---|");
    }

    void add(String workload, String name, Result result, Goal goal) {
        print(String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %.2f | %.3f | %.3f | %.2f | %s |",
                workload,
                name,
                result.perSecond(),
                result.ratio(),
                millis(result, MEDIAN),
                millis(result, TAIL),
                result.p99Ratio(),
                goal == null ? "" : goal.verdict(result)));
    }

    private static double millis(Result result, int percentile) {
        return result.nanos().getValueAtPercentile(percentile) / 1e6;
    }

    /** A heading over things that are not rates. */
    void plainHeading(String text) {
        print("");
        print("### " + text);
        print("");
        print("| | | goal |");
        print("|---|--:|---|");
    }

    /** A line below a plain heading. */
    void plain(String name, String value, String goal) {
        print("| " + name + " | " + value + " | " + goal + " |");
    }

    private void print(String line) {
        System.out.println(line);
        lines.add(line);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
