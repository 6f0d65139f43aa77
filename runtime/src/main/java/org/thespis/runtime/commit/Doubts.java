package org.thespis.runtime.commit;

import java.util.ArrayList;
import java.util.List;

/**
 * The writes that may have come through in earlier tries, although the store did not say so: at the most one of them has. By
 * their names, and bounded: when there are too many, those in the middle of the outage are forgotten, as the write that came
 * through is most likely one of its first or its last.
 *
 * @param unknown whether the store did not say of each try that it changed nothing; not every store knows
 */
record Doubts(List<byte[]> names, boolean unknown) {

    static final Doubts NONE = new Doubts(List.of(), false);

    /** Tries of different states while the store is out of reach; each follows a commit time-out. */
    private static final int MAX = 64;

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether it is one of them that is stored. */
    boolean have(byte[] stored) {
        return names.stream().anyMatch(name -> WriteNames.has(stored, name));
    }

    /** With one more; further tries of the same change only what is known. */
    Doubts with(byte[] name, boolean isUnknown) {
        boolean more = unknown || isUnknown;
        if (names.contains(name)) {
            return more == unknown ? this : new Doubts(names, more);
        }
        List<byte[]> all = new ArrayList<>(names);
        if (all.size() == MAX) {
            all.remove(MAX / 2);
        }
        all.add(name);
        return new Doubts(List.copyOf(all), more);
    }

    Doubts unknown(boolean isUnknown) {
        return unknown || !isUnknown ? this : new Doubts(names, true);
    }
}
