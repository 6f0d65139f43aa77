package org.thespis.runtime;

import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.api.State;

/** Maps, text and other classes of the platform in the state of an actor. */
class StateOfCollectionsTest extends StateRoundTrip {

    enum Color {
        RED,
        GREEN
    }

    @Actor("holder")
    static class Maps extends Holder {
        @State
        Map<String, Integer> linked = new LinkedHashMap<>();

        @State
        Map<String, String> hashed = new HashMap<>();

        @State
        Map<String, Object> anything = new HashMap<>();

        @State
        EnumMap<Color, Integer> votes = new EnumMap<>(Color.class);

        @State
        TreeMap<String, Integer> sorted = new TreeMap<>();
    }

    @Test
    void linkedMapsKeepTheirOrder() {
        assertComesBack(
                Maps.class,
                h -> {
                    for (String key : List.of("zeta", "alpha", "mid", "beta", "10", "9")) {
                        h.linked.put(key, 1);
                    }
                },
                h -> h.linked.keySet());
    }

    @Test
    void aNullKeyIsNotTheTextNull() {
        assertComesBack(Maps.class, h -> h.hashed.put(null, "n"), h -> h.hashed.get(null) + h.hashed.get("null"));
    }

    @Test
    void numbersInAMapOfObjectsKeepTheirClass() {
        assertComesBack(
                Maps.class,
                h -> h.anything.put("n", 5),
                h -> h.anything.isEmpty() ? 0 : (Integer) h.anything.get("n") + 1);
    }

    @Test
    void enumMapsComeBack() {
        assertComesBack(Maps.class, h -> h.votes.merge(Color.RED, 1, Integer::sum), h -> h.votes);
    }

    @Test
    void aComparatorOfTheAuthorIsRefusedInItsTurn() {
        assertRefusedInItsTurn(
                Maps.class,
                h -> h.sorted = new TreeMap<>(Comparator.comparing(String::length)),
                h -> h.sorted.comparator());
    }

    @Actor("holder")
    static class Others extends Holder {
        @State
        String text = "";

        @State
        BitSet bits;

        @State
        AtomicInteger atomic;

        @State
        double fraction;
    }

    @Test
    void halfASurrogatePairComesBack() {
        assertComesBack(Others.class, h -> h.text = "a\uD83Db", h -> h.text.chars()
                .boxed()
                .toList());
    }

    @Test
    void bitsAndAtomicNumbersComeBack() {
        assertComesBack(
                Others.class,
                h -> {
                    h.bits = BitSet.valueOf(new long[] {5});
                    h.atomic = new AtomicInteger(5);
                },
                h -> h.bits + " " + h.atomic);
    }

    @Test
    void fractionsThatJsonDoesNotHaveComeBack() {
        for (double fraction : new double[] {-0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE}) {
            assertComesBack(Others.class, h -> h.fraction = fraction, h -> Double.doubleToLongBits(h.fraction));
        }
    }
}
