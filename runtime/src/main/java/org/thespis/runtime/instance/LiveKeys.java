package org.thespis.runtime.instance;

import java.util.concurrent.ThreadLocalRandom;
import org.thespis.api.ActorKey;

/**
 * The instances of one type by their keys: who knows an address asks no store for an actor that lives. One address may have two for
 * a moment, as one leaves and another comes. A table of the instances themselves, because the entries of a map would take 40
 * bytes of each. Any thread.
 */
final class LiveKeys {

    private static final int SMALLEST = 16;
    private static final int MIXER = 0x9E3779B1; // odd, and its bits are all over

    /** Clients choose keys: without it they could choose such as fall upon one place. */
    private final int seed = ThreadLocalRandom.current().nextInt();

    private ActorInstance[] table = new ActorInstance[SMALLEST]; // a quarter of it at least is empty; guarded by this
    private int size; // guarded by this

    synchronized void add(ActorInstance instance) {
        if (4L * (size + 1) > 3L * table.length) {
            resize(2 * table.length);
        }
        put(instance);
        size++;
    }

    /** Only this very one. */
    synchronized void remove(ActorInstance instance) {
        int at = place(instance.key());
        while (table[at] != instance) {
            if (table[at] == null) {
                return;
            }
            at = next(at);
        }
        size--;
        if (table.length > SMALLEST && 8L * size < table.length) {
            table[at] = null;
            resize(table.length / 2);
        } else {
            close(at);
        }
    }

    /** The instance of the actor that has the key in the store as well; null if there is none, which tells nothing. */
    synchronized ActorInstance settled(ActorKey key) {
        for (int at = place(key); table[at] != null; at = next(at)) {
            ActorInstance instance = table[at];
            if (instance.lifeCycle().isSettled() && instance.key().equals(key)) {
                return instance;
            }
        }
        return null;
    }

    private void put(ActorInstance instance) {
        int at = place(instance.key());
        while (table[at] != null) {
            at = next(at);
        }
        table[at] = instance;
    }

    private void resize(int length) {
        ActorInstance[] all = table;
        table = new ActorInstance[length];
        for (ActorInstance instance : all) {
            if (instance != null) {
                put(instance);
            }
        }
    }

    /** Moves up what would not be found behind an empty place. */
    private void close(int gap) {
        int empty = gap;
        for (int at = next(gap); table[at] != null; at = next(at)) {
            int wanted = place(table[at].key());
            if (distance(wanted, at) >= distance(empty, at)) {
                table[empty] = table[at];
                empty = at;
            }
        }
        table[empty] = null;
    }

    private int distance(int from, int to) {
        return to - from & table.length - 1;
    }

    private int next(int at) {
        return at + 1 & table.length - 1;
    }

    private int place(ActorKey key) {
        int hash = seed;
        for (String segment : key.segments()) {
            for (int i = 0; i < segment.length(); i++) {
                hash = mixed(hash ^ segment.charAt(i));
            }
            hash = mixed(hash ^ Character.MIN_SURROGATE); // ends a segment
        }
        return hash & table.length - 1;
    }

    private static int mixed(int hash) {
        int product = hash * MIXER;
        return product ^ product >>> 15;
    }
}
