package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.document.Verification.Policy;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** What becomes of durable collections when something fails, ends, or is too much. */
class DurableCollectionFaultsTest extends CollectionsFixture {

    private static final Message ONE = new Message("a", "one");
    private static final Message TWO = new Message("b", "two");

    private static UserException no() {
        return new UserException("no", "Not this time");
    }

    // ---- author's code throws

    @Test
    void whatAnActionDidBeforeItThrewStands() {
        assertThat(reason(act(room -> {
                    room.messages.add(ONE);
                    room.scores.put("a", 1);
                    throw no();
                })))
                .isEqualTo("user.no");
        restart();
        assertThat(act(room -> room.messages.get(0).text() + room.scores.get("a")))
                .isEqualTo("one1");
    }

    @Test
    void anAtomicActionThatThrowsLeavesNoEntry() {
        run(room -> {
            room.messages.add(ONE);
            room.items.add(new Item("a"));
            room.scores.put("a", 1);
            room.large.set(new Item("l"));
        });
        String before = document();
        assertThat(reason(ask("actAtomically", room -> {
                    room.messages.set(0, TWO);
                    room.messages.add(TWO);
                    room.items.get(0).tags.add("x");
                    room.scores.clear();
                    room.scores.put("b", 1);
                    room.large.set(null);
                    room.plain = 5;
                    throw no();
                })))
                .isEqualTo("user.no");
        assertThat(act(room -> room.messages.toString()
                        + room.items.get(0).tags
                        + room.scores
                        + room.large.get().name
                        + room.plain))
                .isEqualTo(List.of(ONE) + "[]{a=1}l0");
        assertThat(document()).isEqualTo(before);
    }

    @Test
    void aFieldThatWasGivenAnotherObjectIsGivenItsOwnBackAndItsCallerTold() {
        ActorError told = (ActorError) act(room -> {
            room.plain = 1;
            return room.scores = null;
        });
        assertThat(told.reason()).isEqualTo("actor.state_unwritable");
        assertThat(told.message()).contains("field scores");
        assertThat(act(room -> room.scores.size() + room.plain)).isEqualTo(0);
    }

    // ---- what cannot be kept

    @Test
    void anEntryThatIsTooLongIsRefusedWithItsField() {
        run(room -> room.messages.add(ONE));
        ActorError told = (ActorError) act(room -> room.messages.add(new Message("a", "x".repeat(MAX))));
        assertThat(told.reason()).isEqualTo("actor.state_too_large");
        assertThat(told.message()).contains("field messages");
        assertThat(act(room -> room.messages.size())).isEqualTo(1);
    }

    @Test
    void anEntryThatGrewTooLongInPlaceTakesItsTurnBack() {
        run(room -> room.items.add(new Item("a")));
        ActorError told = (ActorError) act(room -> {
            room.plain = 7;
            room.messages.add(ONE);
            return room.items.get(0).name = "x".repeat(MAX);
        });
        assertThat(told.reason()).isEqualTo("actor.state_too_large");
        assertThat(told.message()).contains("field items");
        assertThat(act(room -> room.items.get(0).name + room.plain + room.messages.size()))
                .isEqualTo("a00");
        restart();
        assertThat(act(room -> room.items.get(0).name + room.plain + room.messages.size()))
                .isEqualTo("a00");
    }

    @Test
    void aTurnThatChangesMoreThanOneCommitMayHoldIsRefused() {
        ActorError told = (ActorError) act(room -> {
            for (int i = 0; i < 10; i++) {
                room.messages.add(new Message("a", "x".repeat(MAX / 2)));
            }
            return "done";
        });
        assertThat(told.reason()).isEqualTo("actor.state_too_large");
        assertThat(stored("messages")).hasSizeLessThan(10).hasSize((int) act(room -> room.messages.size()));
    }

    @Test
    void aTurnMayNotHaveMoreChangeableEntriesInItsHandsThanOneEntryMayBeLong() {
        for (int i = 0; i < 5; i++) {
            run(room -> room.items.add(new Item("x".repeat(MAX / 3))));
        }
        assertThat(reason(act(room ->
                        room.items.stream().mapToInt(item -> item.name.length()).sum())))
                .isEqualTo("rivetkit.internal_error");
        assertThat(act(room -> room.items.get(4).name.length())).isEqualTo(MAX / 3);
    }

    // ---- reading actions

    @Test
    void whereAllIsVerifiedAReadingActionThatChangesAnEntryIsTakenBackWithTheNameOfTheField() {
        run(room -> room.items.add(new Item("a")));
        ActorError told = (ActorError) ask("read", room -> room.items.get(0).name = "b");
        assertThat(told.reason()).isEqualTo("actor.read_only");
        assertThat(told.message()).contains("field items");
        assertThat(act(room -> room.items.get(0).name)).isEqualTo("a");
    }

    @Test
    void whatAReadingActionPutsIsWrittenAndWhatItChangesInPlaceIsACopy() {
        run(room -> room.items.add(new Item("a")));
        restart(Policy.FIRST, 100_000, Committing.class);
        ask("read", room -> room.items.get(0).name = "b");
        ask("read", room -> room.scores.put("a", 1));
        assertThat(act(room -> room.items.get(0).name)).isEqualTo("a");
        assertThat(stored("scores")).hasSize(1);
    }

    // ---- the store

    @Test
    void aReadThatTheStoreRefusesIsToldAndTheNextOneIsAnswered() {
        run(room -> room.messages.add(ONE));
        restart();
        store.before = access -> {
            if (access.equals("entries")) {
                throw new StoreException("away", null);
            }
        };
        assertThat(reason(act(room -> {
                    room.plain++;
                    return room.messages.get(0);
                })))
                .isEqualTo("actor.entries_unavailable");
        store.before = access -> {};
        assertThat(act(room -> room.messages.get(0).text() + room.plain)).isEqualTo("one1");
    }

    @Test
    void anAnswerThatGotLostIsFoundToHaveCountedWithItsEntries() {
        store.answersGetLost = true;
        assertThat(act(room -> room.scores.put("a", 1))).isNull();
        assertThat(act(room -> room.scores.get("a"))).isEqualTo(1);
        assertThat(stored("scores")).containsExactly("[\"a\",1]");
    }

    @Test
    void entriesOfAPeriodicActorOutliveAnOutage() {
        restart(Policy.ALWAYS, 0, Periodic.class);
        run(room -> room.messages.add(ONE));
        store.down = true;
        java.util.concurrent.atomic.AtomicInteger tries = new java.util.concurrent.atomic.AtomicInteger();
        store.before = access -> tries.addAndGet(access.equals("write") ? 1 : 0);
        while (tries.get() < 3) { // each after the commit time-out of the one before
            actors.system.tick();
            actors.runTasks();
            ScriptedFixture.pause();
        }
        run(room -> room.messages.add(TWO));
        store.down = false;
        actors.stop(Duration.ofSeconds(10));
        assertThat(stored("messages")).hasSize(2);
    }

    @Test
    void whatWaitsForAStoreThatIsAwayIsBounded() {
        restart(Policy.ALWAYS, 0, Periodic.class);
        store.down = true;
        int kept = 0;
        Object told = null;
        while (kept < 100 && !(told instanceof ActorError)) {
            told = act(room -> room.messages.add(new Message("a", "x".repeat(MAX / 2))));
            kept += told instanceof ActorError ? 0 : 1;
        }
        assertThat(reason(told)).isEqualTo("guard.service_unavailable");
        assertThat(kept).isBetween(10, 20);
        assertThat(act(room -> room.messages.size())).isEqualTo(kept);
        store.down = false;
        actors.stop(Duration.ofSeconds(10));
        assertThat(stored("messages")).hasSize(kept);
    }

    // ---- another node

    private void anotherWrites() {
        StoredActor now = store.memory.load(id).orElseThrow();
        store.memory.write(List.of(new Write(id, now.version(), now.state(), OptionalLong.empty())));
    }

    @Test
    void anInstanceThatIsFencedLeavesNoEntry() {
        run(room -> room.messages.add(ONE));
        anotherWrites();
        assertThat(reason(act(room -> room.messages.add(TWO)))).isEqualTo("actor.restarting");
        assertThat(stored("messages")).hasSize(1);
        connect();
        assertThat(act(room -> room.messages.size())).isEqualTo(1);
    }

    @Test
    void anInstanceThatReadsEntriesOfAnotherOneAnswersNothingOfThat() {
        run(room -> room.scores.put("a", 1));
        restart();
        act(room -> room.plain);
        TestActors first = actors;
        String client1 = client;
        restart();
        run(room -> room.scores.put("a", 2));
        actors = first;
        client = client1;
        assertThat(reason(act(room -> room.scores.get("a")))).isEqualTo("actor.restarting");
        connect();
        assertThat(act(room -> room.scores.get("a"))).isEqualTo(2);
    }

    @Test
    void whoFindsItselfFencedByAReadDoesNotSayThatWhatIsOnItsWayWasNotDone() {
        run(room -> room.scores.put("a", 1));
        restart(Policy.ALWAYS, 0, Committing.class);
        act(room -> room.plain);
        act = room -> room.messages.add(ONE);
        actors.call(id, client, 1, "act"); // and its write waits for a thread
        anotherWrites();
        anotherWrites();
        act = room -> room.scores.get("a");
        actors.outputs.clear();
        actors.call(id, client, 2, "act");
        actors.runTasks();
        assertThat(actors.outputs.stream()
                        .filter(o -> o instanceof Output.Failed failed && failed.requestId() != null)
                        .map(o -> ((Output.Failed) o).error().reason()))
                .containsExactly("actor.outcome_unknown", "actor.outcome_unknown");
    }

    // ---- the end

    @Test
    void theEntriesOfADestroyedActorAreGone() {
        run(room -> room.messages.add(ONE));
        act(room -> {
            room.messages.add(TWO);
            room.actor.destroy();
            return "gone";
        });
        assertThat(store.memory.find(id)).isEmpty();
        assertThat(stored("messages")).isEmpty();
    }

    @Test
    void whatIsWrittenAsTheNodeStopsIsThere() {
        restart(Policy.ALWAYS, 0, Periodic.class);
        run(room -> room.messages.add(ONE));
        assertThat(stored("messages")).isEmpty();
        actors.stop(Duration.ofSeconds(10));
        assertThat(stored("messages")).hasSize(1);
    }

    // ---- idempotent calls

    @Test
    void aCallOfTheSameKeyAddsNoSecondEntryAlsoBehindASleep() {
        act = room -> room.messages.add(ONE);
        once("c1");
        restart();
        once("c2");
        assertThat(answer()).isEqualTo(true);
        assertThat(stored("messages")).hasSize(1);
    }

    private void once(String caller) {
        actors.outputs.clear();
        actors.system.deliver(
                id, new Command.CallOnce(caller, Undefined.UNDEFINED, Caller.ANONYMOUS, "act", List.of(), "key"));
        actors.runTasks();
    }

    @Test
    void nothingIsToldBeforeTheEntriesAreDurable() {
        store.beforeWrite = writes -> assertThat(actors.outputs).noneMatch(o -> o instanceof Output.Reply);
        assertThat(act(room -> room.messages.add(ONE))).isEqualTo(true);
    }
}
