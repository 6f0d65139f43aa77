package org.thespis.bench.server;

import jakarta.inject.Inject;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Durability;

/** Tells all connections what one says. */
@Actor(value = "benchRoom", durability = Durability.NONE)
public class Room {

    @Inject
    ActorContext actor;

    @Action
    public void say(String text) {
        actor.broadcast("said", text);
    }

    /** The same where the message came, if the server hands it over there. */
    @Action(nonBlocking = true)
    public void sayAtOnce(String text) {
        actor.broadcast("said", text);
    }

    /** The process of the node that it lives on. */
    @Action
    public long process() {
        return ProcessHandle.current().pid();
    }
}
