package org.thespis.runtime.instance;

import java.util.List;
import org.thespis.api.Durability;
import org.thespis.runtime.commit.OutputGate;
import org.thespis.runtime.connection.LiveConnection;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Refusals;
import org.thespis.runtime.message.UnwritableStateException;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.TurnRunner;

/** What surrounds each turn of one actor, and what its end does: looks at the state, lets out or holds what was said. */
final class TurnEnd implements TurnRunner.Frame {

    private final ActorInstance actor;
    private byte[] noticed; // the state of an actor that keeps nothing, if it has a hook for its changes; or null

    TurnEnd(ActorInstance actor) {
        this.actor = actor;
    }

    /** Made for each turn that needs it: most actors have none. */
    Transactions transactions() {
        return new Transactions(actor);
    }

    @Override
    public CallChain.Link actor() {
        return new CallChain.Link(actor.id(), actor.name() + "/" + actor.key());
    }

    @Override
    public Caller runAs() {
        return actor.author().definition().access().runAs();
    }

    @Override
    public ClassLoader classLoader() {
        return actor.author().definition().type().getClassLoader();
    }

    @Override
    public void surround(Runnable inside) {
        actor.surroundings().run(inside);
    }

    @Override
    public void enter() {
        actor.calls().turnBegins();
        actor.entries().begin();
        actor.author().enter();
    }

    @Override
    public void leave() {
        actor.entries().letGo();
        actor.author().leave();
    }

    @Override
    public void broke(Throwable thrown) {
        actor.author().log(thrown, "a turn");
    }

    @Override
    public void finish(Turn turn) {
        try {
            if (turn.isInTransaction()) {
                requireToCommit(turn);
            }
            end(turn);
            if (actor.lifeCycle().isWritten()) {
                settle(turn);
            } else if (actor.durability() == Durability.NONE && !actor.isGone() && hasStateHook()) {
                notice(turn);
            }
            if (turn.isInTransaction()) {
                transactions().commitEnding(turn);
            }
        } catch (Throwable e) {
            actor.lifeCycle().lost(ActorError.internal()); // first: what is not finished is not told
            broke(e);
        } finally {
            turn.rollBack(); // whatever came between
        }
    }

    /** What cannot be committed is taken back before hooks see it. */
    private void requireToCommit(Turn turn) {
        ActorError why = transactions().whyNot(turn);
        if (why != null && actor.lifeCycle().isWritten()) {
            rollBack(turn, actor.state().current(), why);
        }
    }

    private void rollBack(Turn turn, byte[] before, ActorError why) {
        turn.rollBack();
        actor.calls().rolledBack(why);
        actor.state().takeBack(before);
        takeBack(turn, before, why);
    }

    private void end(Turn turn) {
        turn.runEpilogue(this::broke);
        if (turn.isDestroying()) {
            turn.needs(actor.lifeCycle().destroy(turn));
            turn.runEpilogue(this::broke);
        }
    }

    /** Sends a changed state to the store. */
    private void settle(Turn turn) {
        byte[] before = actor.state().current();
        try {
            boolean changed = update(turn);
            if (changed && actor.calls().changed()) {
                update(turn);
            }
            if (changed && hasStateHook() && isOfAuthor(before)) {
                actor.author().hookOrLog(Hook.STATE_CHANGE, null);
                end(turn);
                if (!actor.lifeCycle().isWritten()) {
                    return; // it is destroyed instead
                }
                update(turn);
            }
        } catch (UnwritableStateException e) {
            broke(e);
            turn.rollBack();
            actor.calls().takenBack(e.error());
            takeBack(turn, before, e.error());
        }
        if (turn.isInTransaction() && !isCommitted(turn, before)) {
            return; // the instance is lost
        }
        turn.needs(actor.state().endTurn(actor.entries().take()));
    }

    /** False if the instance is lost by it. If it is rolled back, that goes on as if it had not run. */
    private boolean isCommitted(Turn turn, byte[] before) {
        ActorError why = transactions().commit(turn);
        if (why != null && actor.lifeCycle().isWritten()) {
            rollBack(turn, before, why);
        }
        return actor.lifeCycle().isWritten();
    }

    private boolean hasStateHook() {
        return actor.author().definition().hook(Hook.STATE_CHANGE) != null;
    }

    /** Whether something of the author's has changed, and not only what is planned or was answered. */
    private boolean isOfAuthor(byte[] before) {
        return actor.entries().hasChanges() || actor.author().hasOtherFields(before);
    }

    /** Calls the hook of an actor that keeps nothing, behind its first turn. */
    private void notice(Turn turn) {
        if (noticed != null && turn.isMethodsOnly() && !actor.author().isTouched()) {
            return;
        }
        try {
            byte[] before = noticed;
            noticed = actor.documentWithoutPlans();
            if (before != null && actor.author().hasOtherFields(before)) {
                actor.author().hookOrLog(Hook.STATE_CHANGE, null);
                end(turn);
                noticed = actor.documentWithoutPlans();
            }
        } catch (UnwritableStateException e) {
            broke(e); // nothing is written of it, so it may be as it is
        }
    }

    /** Looks only for what can have changed. */
    private boolean update(Turn turn) {
        boolean onlyRead = turn.isMethodsOnly() && !actor.author().isTouched();
        if (onlyRead) {
            actor.entries().lookAfterReading();
        } else {
            actor.entries().look();
        }
        byte[] document = turn.isMethodsOnly() ? actor.documentAfterMethods() : actor.document();
        return actor.state().update(document, actor.nextPlan());
    }

    /** Only this turn is harmed: its state is as it was before, and who was to be told something is told that. */
    private void takeBack(Turn turn, byte[] before, ActorError error) {
        turn.livesOn();
        actor.restoreTurn(before);
        actor.takePlanAgain();
        refuseOpened(turn);
        turn.replaceOutputs(Refusals.instead(
                turn.outputs(), error, error.reason(), actor.author().origin()));
        turn.takenBack(error);
        update(turn);
    }

    private void refuseOpened(Turn turn) {
        for (Output output : turn.outputs()) {
            if (output instanceof Output.Opened opened) {
                LiveConnection connection = actor.connections().live(opened.clientId());
                if (connection != null) {
                    actor.connections().refuse(connection);
                }
                if (actor.hasSockets()) {
                    actor.sockets().refuse(opened.clientId());
                }
            }
        }
    }

    @Override
    public void over(Turn turn) {
        if (turn.isSleepy()) {
            actor.beSleepy();
        }
        actor.look();
        OutputGate.Untold output = new OutputGate.Untold(turn.outputs(), turn.isContinuing());
        if (!actor.gate().hold(turn.needs(), output, turn.afterwards())) {
            actor.lifeCycle().tellInstead(List.of(output));
        }
    }

    @Override
    public String toString() {
        return actor.toString();
    }
}
