package org.thespis.bench.server;

import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.State;

/** Has a state of some 64 bytes and hardly anything to do. */
@Actor("benchIdle")
public class IdleActor {

    @State
    String name = "an actor of which there are many";

    @State
    long calls;

    @Action
    public long touch() {
        return ++calls;
    }
}
