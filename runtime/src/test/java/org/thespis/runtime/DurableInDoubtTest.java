package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.document.Verification.Policy;

/** What an actor reads of its entries while nobody knows whether its last commit came through. */
class DurableInDoubtTest extends CollectionsFixture {

    private static final int TRIES = 3;

    private final AtomicInteger tries = new AtomicInteger();

    @BeforeEach
    void live() {
        run(room -> {
            room.scores.put("a", 1);
            room.plain = 1;
        });
        restart(Policy.ALWAYS, 0, Periodic.class);
        act(room -> room.plain);
    }

    private static StoreException lost() {
        return new StoreException("the answer got lost", null, true);
    }

    private void noWriteIsTaken(boolean alsoNoLoad) {
        store.before = access -> {
            if (access.equals("write")) {
                tries.incrementAndGet();
                throw lost();
            }
            if (alsoNoLoad && access.equals("load")) {
                throw lost();
            }
        };
    }

    private void firstWriteIsTakenAndItsAnswerLost() {
        store.after = access -> {
            if (access.equals("write")) {
                store.after = other -> {};
                noWriteIsTaken(true);
                throw lost();
            }
        };
    }

    /** Changes the state, and has it tried until it is in doubt. */
    private void doubt(Consumer<Room> change) {
        run(change);
        act = room -> {
            room.actor.saveState();
            return "never told";
        };
        actors.call(id, client, 2, "act");
        while (tries.get() < TRIES) {
            actors.system.tick();
            actors.runTasks();
            ScriptedFixture.pause();
        }
    }

    private void anotherNodeWrites(Consumer<Room> change) {
        TestActors first = actors;
        String client1 = client;
        Consumer<String> before = store.before;
        restart(Policy.ALWAYS, 0, Committing.class);
        run(change);
        store.before = before;
        actors = first;
        client = client1;
    }

    private Object told(Function<Room, Object> what) {
        return ask("read", what);
    }

    @Test
    void entriesThatAnotherNodeWroteInThePlaceOfACommitInDoubtAreNotReadBesideOwnFields() {
        noWriteIsTaken(false);
        doubt(room -> room.plain = 5);
        anotherNodeWrites(room -> {
            room.scores.put("a", 2);
            room.plain = 2;
        });
        Object told = told(room -> room.scores.get("a") + " beside " + room.plain);
        assertThat(reason(told)).isEqualTo("actor.outcome_unknown");
        store.before = access -> {};
        connect();
        assertThat(act(room -> room.scores.get("a") + " beside " + room.plain)).isEqualTo("2 beside 2");
    }

    @Test
    void entriesAreReadBesideACommitThatCameThroughUntold() {
        firstWriteIsTakenAndItsAnswerLost();
        doubt(room -> {
            room.scores.put("a", 5);
            room.scores.put("b", 6);
            room.plain = 5;
        });
        noWriteIsTaken(false);
        assertThat(told(room -> room.scores + " beside " + room.plain)).isEqualTo("{a=5, b=6} beside 5");
        store.before = access -> {};
        run(room -> room.plain++);
        actors.stop(java.time.Duration.ofSeconds(10));
        assertThat(document()).contains("\"plain\":6");
        assertThat(stored("scores")).hasSize(2);
    }

    @Test
    void aCommitThatIsKnownToHaveComeThroughIsNotLookedAtWithEachRead() {
        firstWriteIsTakenAndItsAnswerLost();
        doubt(room -> room.plain = 5);
        AtomicInteger loads = new AtomicInteger();
        store.before = access -> {
            if (access.equals("write")) {
                throw lost();
            }
            loads.addAndGet(access.equals("load") ? 1 : 0);
        };
        for (int i = 0; i < 3; i++) {
            act = room -> room.scores.get("a");
            actors.outputs.clear();
            actors.call(id, client, 1, "read");
            actors.runTasks();
            assertThat(answer()).isEqualTo(1);
        }
        assertThat(loads).hasValueLessThanOrEqualTo(1);
    }

    @Test
    void whereTheStoreDoesNotSayWhoseTheCommitIsNothingIsReadAndTheActorStays() {
        firstWriteIsTakenAndItsAnswerLost();
        doubt(room -> room.plain = 5);
        noWriteIsTaken(true);
        assertThat(reason(told(room -> room.scores.get("a")))).isEqualTo("actor.entries_unavailable");
        noWriteIsTaken(false);
        assertThat(told(room -> room.scores.get("a") + " beside " + room.plain)).isEqualTo("1 beside 5");
    }

    @Test
    void anActorThatWasDestroyedElsewhereWhileItsCommitIsInDoubtReadsNothing() {
        noWriteIsTaken(false);
        doubt(room -> room.plain = 5);
        store.memory.delete(id);
        assertThat(reason(told(room -> room.scores.get("a")))).isEqualTo("actor.outcome_unknown");
    }

    @Test
    void whatIsReadOfACommitThatCameThroughIsOfTheInstanceAlsoIfAnotherNodeWritesOnTopOfIt() {
        firstWriteIsTakenAndItsAnswerLost();
        doubt(room -> room.plain = 5);
        noWriteIsTaken(false);
        assertThat(told(room -> room.scores.get("a"))).isEqualTo(1);
        anotherNodeWrites(room -> room.scores.put("a", 2));
        assertThat(reason(told(room -> room.scores.get("a")))).isEqualTo("actor.outcome_unknown");
    }
}
