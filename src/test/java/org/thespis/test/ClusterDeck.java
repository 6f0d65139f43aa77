package org.thespis.test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Which fault is next: each comes as often as it is in the deck until all had their turn, in an order by chance. */
final class ClusterDeck {

    private final Random random;
    private final List<String> all;
    private final List<String> left = new ArrayList<>();

    /** @param all some of them more than once */
    ClusterDeck(Random random, List<String> all) {
        this.random = random;
        this.all = all;
    }

    /** Any of those that are left. */
    String next() {
        if (left.isEmpty()) {
            left.addAll(all);
            Collections.shuffle(left, random);
        }
        return left.remove(left.size() - 1);
    }

    /** One of those that are left and among some, if there is any. */
    Optional<String> nextOf(List<String> some) {
        for (Iterator<String> names = left.iterator(); names.hasNext(); ) {
            String name = names.next();
            if (some.contains(name)) {
                names.remove();
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
