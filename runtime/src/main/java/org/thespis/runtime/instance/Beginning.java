package org.thespis.runtime.instance;

import java.util.Collections;
import java.util.List;
import org.thespis.api.Durability;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StateStore.Creation;
import org.thespis.api.spi.StoredActor;
import org.thespis.protocol.value.BindingException;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.schedule.Plans;
import org.thespis.runtime.turn.Mailbox;
import org.thespis.runtime.turn.Turn;
import org.thespis.runtime.turn.Turns;

/** The first task of an instance: its actor is created, or comes from the store. Used once. */
final class Beginning {

    private final ActorInstance actor;
    private final ActorContainer container;
    private final LifeCycle lifeCycle;

    Beginning(ActorInstance actor, ActorContainer container) {
        this.actor = actor;
        this.container = container;
        this.lifeCycle = actor.lifeCycle();
    }

    /** Makes the actor, and then enters it in the store. Called once, on a thread for turns. */
    void create(Wanted wanted, Birth birth) {
        actor.mailbox().begin(task(() -> {
            FirstTurn first = new FirstTurn(wanted, birth);
            actor.run(first);
            ActorError refusal = first.refusal;
            Creation creation = null;
            if (refusal == null && birth.beginStoring()) {
                try {
                    creation = container.store().create(actor.record(), first.document, first.wakeAt);
                } catch (RuntimeException | Error e) {
                    actor.author().log(e, "storing the creation");
                    refusal = ActorError.storeUnavailable();
                }
            }
            conclude(birth, first, creation, refusal);
        }));
    }

    private void conclude(Birth birth, FirstTurn first, Creation creation, ActorError refusal) {
        if (creation != null && creation.created()) {
            actor.state().stored(first.document, 1);
            lifeCycle.live();
            birth.stored(creation);
            return;
        }
        actor.run(turn -> lifeCycle.end(turn, Ending.notBorn()));
        if (creation != null) {
            birth.stored(creation);
        } else {
            birth.refused(refusal == null ? ActorError.createTimedOut() : refusal);
        }
    }

    /** The hooks of a creation, and the state that they leave. */
    private final class FirstTurn implements Turns.Body {

        private final Wanted wanted;
        private final Birth birth;
        private ActorError refusal = ActorError.internal();
        private byte[] document;
        private long wakeAt = Plans.NEVER;

        private FirstTurn(Wanted wanted, Birth birth) {
            this.wanted = wanted;
            this.birth = birth;
        }

        @Override
        public void run(Turn turn) {
            try {
                actor.author().make(container.beans());
                Object input = wanted.input() instanceof Undefined ? null : wanted.input();
                actor.author().hook(Hook.CREATE, null, Collections.singletonList(input));
                if (wanted.clientId() != null) {
                    birth.beginAdmitting();
                    actor.connector()
                            .admit(
                                    turn,
                                    actor.connections().make(wanted.clientId(), wanted.parameters(), wanted.caller()));
                }
                actor.author().hook(Hook.WAKE, null, List.of());
                keep();
                refusal = turn.isDestroying() ? ActorError.notCreated() : null;
            } catch (Throwable e) {
                refusal = actor.author().failure(e, "the creation");
            }
        }

        private void keep() {
            if (actor.durability() == Durability.NONE) {
                document = actor.documentWithoutPlans();
            } else {
                document = actor.document();
                wakeAt = actor.plans().next();
            }
        }
    }

    /** Runs the first turn of an actor that the store has, then what waits. Called once. */
    void wake(StoredActor from) {
        actor.mailbox().begin(task(() -> actor.run(turn -> load(turn, from))));
    }

    /** Runs nothing: the actor cannot be woken. Called once, in place of {@link #wake}. */
    void refuse(ActorError error) {
        actor.mailbox().begin(task(() -> actor.run(turn -> lifeCycle.end(turn, Ending.notStarted(error)))));
    }

    private void load(Turn turn, StoredActor from) {
        try {
            actor.author().make(container.beans());
            actor.read(from.state());
            actor.state().stored(asWrittenNow(from), from.version());
            lifeCycle.live();
            actor.author().hook(Hook.WAKE, null, List.of());
        } catch (BindingException e) {
            actor.author().log(e, "reading the state");
            lifeCycle.end(turn, Ending.notStarted(ActorError.stateUnreadable(e.getMessage())));
        } catch (Throwable e) {
            lifeCycle.end(turn, Ending.notStarted(actor.author().failure(e, "waking")));
        }
    }

    /** A map that was read may have another order than the one that was written: nobody has changed it. */
    private byte[] asWrittenNow(StoredActor from) {
        try {
            return actor.durability() == Durability.NONE ? from.state() : actor.document();
        } catch (RuntimeException e) {
            actor.author().log(e, "comparing the state");
            return from.state();
        }
    }

    private static Mailbox.Task task(Runnable body) {
        return new Mailbox.Task() {
            @Override
            protected void run() {
                body.run();
            }
        };
    }
}
