package org.thespis.testkit;

import jakarta.inject.Inject;
import java.util.Optional;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.State;

/** As in the README. */
@Actor("counter")
public class Counter {

    @State
    int count;

    @Inject
    ActorContext actor;

    @Action
    public int increment(Optional<Integer> by) {
        count += by.orElse(1);
        actor.broadcast("newCount", count);
        return count;
    }
}
