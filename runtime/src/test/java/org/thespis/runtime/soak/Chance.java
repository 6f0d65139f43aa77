package org.thespis.runtime.soak;

import java.util.Random;

/** Chance from one seed, for all threads: as reproducible as their order. Any thread. */
final class Chance {

    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    /** A number from 0 on. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean perMille(int share) {
        return share > 0 && below(1_000) < share;
    }

    boolean oneIn(int many) {
        return below(many) == 0;
    }
}
