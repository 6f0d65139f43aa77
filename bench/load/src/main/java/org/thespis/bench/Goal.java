package org.thespis.bench;

import java.util.Locale;

/**
 * What is asked of a contender, as ratios to what it is compared with.
 *
 * @param minRate at least so much of its rate
 * @param maxP99 at most so much of its 99th percentile; 0 if that is not asked
 */
record Goal(double minRate, double maxP99) {

    static Goal rate(double min) {
        return new Goal(min, 0);
    }

    String verdict(double rate, double p99) {
        boolean met = rate >= minRate && (maxP99 == 0 || p99 <= maxP99);
        String text = String.format(Locale.ROOT, "≥ %.3g", minRate)
                + (maxP99 == 0 ? "" : String.format(Locale.ROOT, ", p99 ≤ %.3g", maxP99));
        return text + (met ? ": met" : ": **missed**");
    }
}
