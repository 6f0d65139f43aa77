package org.thespis.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.thespis.bench.Probe.Slice;

/** Measures contenders in turns, so that all of them meet the same moods of the machine. */
final class Comparison {

    /** @param goal what is asked of it, or null */
    record Contender(String name, Probe probe, Goal goal) {}

    private final Settings settings;
    private final Table table;

    Comparison(Settings settings, Table table) {
        this.settings = settings;
        this.table = table;
    }

    /** Measures and closes all; the first is what the others are compared with. */
    void run(String workload, Contender... contenders) throws Exception {
        List<List<Slice>> slices = new ArrayList<>();
        for (Contender contender : contenders) {
            contender.probe.run(settings.warmUp());
            slices.add(new ArrayList<>());
        }
        for (int round = 0; round < settings.rounds(); round++) {
            for (int i = 0; i < contenders.length; i++) {
                slices.get(i).add(contenders[i].probe.run(settings.slice()));
            }
        }
        Slice base = median(slices.get(0));
        for (int i = 0; i < contenders.length; i++) {
            table.add(workload, contenders[i].name, median(slices.get(i)), base, contenders[i].goal);
            contenders[i].probe.close();
        }
    }

    private static Slice median(List<Slice> slices) {
        Histogram all = Probe.histogram();
        slices.forEach(slice -> all.add(slice.nanos()));
        List<Slice> sorted = slices.stream()
                .sorted(Comparator.comparingDouble(Slice::perSecond))
                .toList();
        return new Slice(sorted.get(sorted.size() / 2).perSecond(), all);
    }
}
