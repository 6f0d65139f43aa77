package org.thespis.bench;

import java.util.ArrayList;
import java.util.List;
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
                // there and back, so that a machine that gets slower or faster favours none
                int turn = round % 2 == 0 ? i : contenders.length - 1 - i;
                slices.get(turn).add(contenders[turn].probe.run(settings.slice()));
            }
        }
        for (int i = 0; i < contenders.length; i++) {
            table.add(workload, contenders[i].name, Result.of(slices.get(i), slices.get(0)), contenders[i].goal);
            contenders[i].probe.close();
        }
    }
}
