package org.thespis.runtime.instance;

import java.util.List;
import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.declaration.UnwritableStateException;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.TurnRunner;

/** What surrounds each turn of one actor, and what its end does: looks at the state, lets out or holds what was said. */
final class TurnEnd implements TurnRunner.Frame {

    private final ActorInstance actor;
    private long needs; // the state that the output of the present turn waits for

    TurnEnd(ActorInstance actor) {
        this.actor = actor;
    }

    @Override
    public ClassLoader classLoader() {
        return actor.author().definition().type().getClassLoader();
    }

    @Override
    public void enter() {
        needs = 0;
        actor.author().enter();
    }

    @Override
    public void leave() {
        actor.author().leave();
    }

    @Override
    public void broke(Throwable thrown) {
        actor.author().log(thrown, "a turn");
    }

    @Override
    public void finish(Turn turn) {
        try {
            end(turn);
            if (actor.lifeCycle().isWritten()) {
                settle(turn);
            }
        } catch (Throwable e) {
            broke(e);
            actor.lifeCycle().lost(ActorError.internal());
        }
    }

    private void end(Turn turn) {
        turn.runEpilogue(this::broke);
        if (turn.isDestroying()) {
            needs = Math.max(needs, actor.lifeCycle().destroy(turn));
            turn.runEpilogue(this::broke);
        }
    }

    /** Sends a changed state to the store. */
    private void settle(Turn turn) {
        byte[] before = actor.state().current();
        try {
            if (update() && actor.author().definition().hook(Hook.STATE_CHANGE) != null) {
                actor.author().hookOrLog(Hook.STATE_CHANGE, null);
                end(turn);
                if (!actor.lifeCycle().isWritten()) {
                    return; // it is destroyed instead
                }
                update();
            }
        } catch (UnwritableStateException e) {
            takeBack(turn, before, e);
        }
        needs = Math.max(needs, actor.state().endTurn());
    }

    private boolean update() {
        return actor.state().update(actor.document(), actor.plans().next());
    }

    /** Only this turn is harmed: its state is as it was before, and who was to be told something is told that. */
    private void takeBack(Turn turn, byte[] before, UnwritableStateException cause) {
        broke(cause);
        ActorError error = ActorError.stateUnwritable("the field " + cause.field() + " cannot be written");
        actor.restore(before);
        actor.plans().takeAgain();
        refuseOpened(turn);
        turn.replaceOutputs(Refusals.instead(
                turn.outputs(), error, error.reason(), actor.author().origin()));
        actor.calls().takenBack(error);
        update();
    }

    private void refuseOpened(Turn turn) {
        for (Output output : turn.outputs()) {
            if (output instanceof Output.Opened opened) {
                LiveConnection connection = actor.connections().live(opened.clientId());
                if (connection != null) {
                    actor.connections().refuse(connection);
                }
            }
        }
    }

    @Override
    public void over(Turn turn) {
        actor.look();
        List<Output> outputs = turn.outputs();
        if (!actor.gate().hold(needs, outputs, turn.afterwards())) {
            actor.lifeCycle().tellInstead(outputs);
        }
    }

    @Override
    public String toString() {
        return actor.toString();
    }
}
