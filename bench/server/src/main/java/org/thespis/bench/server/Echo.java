package org.thespis.bench.server;

import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Durability;

/** Answers with what it was given. */
@Actor(value = "benchEcho", durability = Durability.NONE)
public class Echo {

    /** An argument that has to be bound by JSON-B. */
    public record Move(int x, int y, String piece) {}

    @Action(nonBlocking = true)
    public String echo(String text) {
        return text;
    }

    /** The same for all that the runtime knows of it. */
    @Action
    public String echoMaybeLate(String text) {
        return text;
    }

    @Action(nonBlocking = true)
    public Move move(Move move) {
        return move;
    }

    /** The process of the node that it lives on. */
    @Action
    public long process() {
        return ProcessHandle.current().pid();
    }
}
