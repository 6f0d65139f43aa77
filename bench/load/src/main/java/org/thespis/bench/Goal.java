package org.thespis.bench;

import java.util.Locale;

/**
 * What is asked of a contender, as ratios to what it is compared with; 0 for what is not asked.
 *
 * @param minRate at least so much of its rate
 * @param maxP99 at most so much of its 99th percentile
 * @param maxP50 at most so much of its median
 */
record Goal(double minRate, double maxP99, double maxP50) {

    Goal(double minRate, double maxP99) {
        this(minRate, maxP99, 0);
    }

    static Goal rate(double min) {
        return new Goal(min, 0);
    }

    static Goal median(double max) {
        return new Goal(0, 0, max);
    }

    String verdict(Result result) {
        boolean met = result.ratio() >= minRate
                && (maxP99 == 0 || result.p99Ratio() <= maxP99)
                && (maxP50 == 0 || result.p50Ratio() <= maxP50);
        String text = (minRate == 0 ? "" : String.format(Locale.ROOT, "≥ %.3g", minRate))
                + (maxP99 == 0 ? "" : String.format(Locale.ROOT, ", p99 ≤ %.3g", maxP99))
                + (maxP50 == 0 ? "" : String.format(Locale.ROOT, "p50 ≤ %.3g, is %.2f", maxP50, result.p50Ratio()));
        return text + (met ? ": met" : ": **missed**");
    }
}
