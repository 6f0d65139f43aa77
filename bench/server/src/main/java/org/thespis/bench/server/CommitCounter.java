package org.thespis.bench.server;

import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Durability;
import org.thespis.api.State;

/** Counts, with a state of durability {@code COMMIT}. */
@Actor(value = "benchCommit", durability = Durability.COMMIT)
public class CommitCounter {

    @State
    long count;

    @Action
    public long increment() {
        return ++count;
    }
}
