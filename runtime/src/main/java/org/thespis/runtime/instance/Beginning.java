package org.thespis.runtime.instance;

import java.util.Collections;
import java.util.List;
import org.thespis.api.Durability;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore.Creation;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.protocol.value.BindingException;
import org.thespis.runtime.commit.OutputGate;
import org.thespis.runtime.declaration.Hook;
import org.thespis.runtime.entry.EntryChanges;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Refusals;
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
    void create(ActorRecord record, Wanted wanted, Birth birth) {
        FirstTurn first = new FirstTurn(wanted, birth);
        actor.gate().close();
        actor.mailbox().runReserved(task(() -> actor.run(first)));
        Runnable conclude = () -> onOwnThread(() -> {
            actor.mailbox().begin(task(() -> conclude(birth, first)));
            birth.end();
        });
        if (first.refusal != null) {
            conclude.run();
        } else if (!container.creations().run(() -> store(record, birth, first), conclude)) {
            first.refusal = ActorError.overloaded(Creations.MAX_WAITING);
            conclude.run();
        }
    }

    /** What follows may be the author's. */
    private void onOwnThread(Runnable then) {
        if (container.services().dispatcher().isOfOne()) {
            container.services().dispatcher().execute(then);
        } else {
            then.run();
        }
    }

    private void store(ActorRecord record, Birth birth, FirstTurn first) {
        if (!birth.beginStoring()) {
            first.refusal = ActorError.createTimedOut(); // nobody waits
            return;
        }
        try {
            first.creation = container.store().create(record, first.document, first.wakeAt, first.entries.list());
        } catch (Throwable e) { // whatever a store throws
            actor.author().log(e, "storing the creation");
            boolean changedNothing = e instanceof StoreException failure && !failure.isOutcomeUnknown();
            first.refusal = changedNothing ? ActorError.storeUnavailable() : ActorError.outcomeUnknown();
        }
    }

    private void conclude(Birth birth, FirstTurn first) {
        Creation creation = first.creation;
        if (creation != null && creation.created()) {
            actor.state().stored(first.document, 1);
            actor.stored();
            lifeCycle.live();
            actor.gate().durable(0);
            birth.stored(creation);
            return;
        }
        ActorError never = first.refusal == null ? ActorError.notCreated() : first.refusal;
        for (OutputGate.Untold untold :
                actor.gate().takeBack()) { // nobody learns of what never was, but who waits for it
            List<Output> asked = untold.outputs().stream()
                    .filter(Output.Asked.class::isInstance)
                    .toList();
            actor.tell(Refusals.instead(asked, never, null, null));
        }
        actor.gate().durable(0);
        actor.run(turn -> lifeCycle.end(turn, Ending.notBorn()));
        if (creation != null) {
            birth.stored(creation);
        } else {
            birth.refused(first.refusal);
        }
    }

    /** The hooks of a creation, and the state that they leave. */
    private final class FirstTurn implements Turns.Body {

        private final Wanted wanted;
        private final Birth birth;
        private ActorError refusal = ActorError.internal();
        private byte[] document;
        private EntryChanges entries = EntryChanges.NONE;
        private long wakeAt = Plans.NEVER;
        private Creation creation; // null until the store has said it

        private FirstTurn(Wanted wanted, Birth birth) {
            this.wanted = wanted;
            this.birth = birth;
        }

        @Override
        public void run(Turn turn) {
            try {
                actor.author().definition().access().of(Hook.CREATE).require(wanted.caller());
                actor.author().make(container.beans());
                Object input = wanted.input() instanceof Undefined ? null : wanted.input();
                actor.author().hook(Hook.CREATE, null, Collections.singletonList(input));
                if (wanted.clientId() != null) {
                    birth.beginAdmitting();
                    actor.connector()
                            .admit(
                                    turn,
                                    actor.connections()
                                            .make(
                                                    wanted.clientId(),
                                                    wanted.parameters(),
                                                    wanted.caller(),
                                                    wanted.request()));
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
                actor.entries().look();
                document = actor.document();
                entries = actor.entries().take();
                wakeAt = actor.nextPlan();
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
            actor.state().stored(from.state(), from.version());
            actor.stored();
            read(from);
            if (!actor.entries().hasChanges()) { // else what was a plain field is to move
                actor.state().stored(asWrittenNow(from), from.version());
            }
            lifeCycle.live();
            actor.author().hook(Hook.WAKE, null, List.of());
        } catch (Throwable e) {
            lifeCycle.end(turn, Ending.notStarted(actor.author().failure(e, "waking")));
        }
    }

    private void read(StoredActor from) {
        try {
            actor.read(from.state());
        } catch (BindingException e) {
            actor.author().log(e, "reading the state");
            throw new ActorException(ActorError.stateUnreadable(e.getMessage()));
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
