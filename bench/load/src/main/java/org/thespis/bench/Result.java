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
 */
record Result(double perSecond, Histogram nanos, double ratio, double p99Ratio) {

    private static final double TAIL = 99;

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
                median(rounds(slices).mapToDouble(i -> tail(slices.get(i)) / tail(base.get(i)))));
    }

    private static IntStream rounds(List<Slice> slices) {
        return IntStream.range(0, slices.size());
    }

    private static double tail(Slice slice) {
        return slice.nanos().getValueAtPercentile(TAIL);
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
