package org.thespis.bench;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.thespis.bench.Probe.Slice;

/**
 * What counts of one contender. The ratios are medians of those of each round, in which all contenders met the same mood of
 * the machine.
 *
 * @param perSecond median of the rounds
 * @param nanos of all rounds together
 * @param ratio of its rate to that of what it is compared with
 * @param p99Ratio the same for the 99th percentile
 * @param p50Ratio the same for the median
 */
record Result(double perSecond, Histogram nanos, double ratio, double p99Ratio, double p50Ratio) {

    private static final double TAIL = 99;
    private static final double MIDDLE = 50;

    /** @param base slices of what it is compared with, of the same rounds */
    static Result of(List<Slice> slices, List<Slice> base) {
        Histogram all = Probe.histogram();
        slices.forEach(slice -> all.add(slice.nanos()));
        return new Result(
                median(slices.stream().mapToDouble(Slice::perSecond)),
                all,
                median(rounds(slices)
                        .mapToDouble(
                                i -> slices.get(i).perSecond() / base.get(i).perSecond())),
                ratio(slices, base, TAIL),
                ratio(slices, base, MIDDLE));
    }

    private static IntStream rounds(List<Slice> slices) {
        return IntStream.range(0, slices.size());
    }

    private static double ratio(List<Slice> slices, List<Slice> base, double percentile) {
        return median(rounds(slices)
                .mapToDouble(i -> (double) slices.get(i).nanos().getValueAtPercentile(percentile)
                        / base.get(i).nanos().getValueAtPercentile(percentile)));
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
