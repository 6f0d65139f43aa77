package org.thespis.bench.server;

import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Durability;
import org.thespis.api.State;

/** Counts, with a state of durability {@code NONE}. */
@Actor(value = "benchNone", durability = Durability.NONE)
public class NoneCounter {

    @State
    long count;

    @Action
    public long increment() {
        return ++count;
    }
}
