package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

class DurabilityTest extends DurabilityFixture {

    @Test
    void answersAndEventsLeaveWhenTheStateIsDurable() {
        actors.system.deliver(counter, new Command.Subscribe(client, "added", true));
        actors.call(counter, client, 1, "add", 1L);
        actors.call(counter, client, 2, "add", 2L);
        assertThat(outputs()).isEmpty();
        actors.runTasks();
        assertThat(outputs())
                .containsExactly(
                        new Output.Event(List.of(client), "added", List.of(11)),
                        new Output.Reply(client, 1, 11),
                        new Output.Event(List.of(client), "added", List.of(13)),
                        new Output.Reply(client, 2, 13));
        assertThat(stored(counter)).endsWith("\"format\":2,\"state\":{\"count\":13}}");
    }

    @Test
    void anAtomicActionThatThrowsDidNothing() {
        actors.system.deliver(counter, new Command.Subscribe(client, "added", true));
        actors.call(counter, client, 1, "addAtomically", 1L);
        assertThat(outputs()).singleElement().isInstanceOf(Output.Failed.class);
        assertThat(store.batches).isEmpty();
        assertThat(ask(counter, "get")).isEqualTo(10);
    }

    @Test
    void anOtherActionThatThrowsKeepsWhatItDid() {
        actors.system.deliver(counter, new Command.Subscribe(client, "added", true));
        actors.call(counter, client, 1, "addAndThrow", 1L);
        actors.runTasks();
        assertThat(outputs()).hasSize(2).first().isEqualTo(new Output.Event(List.of(client), "added", List.of(11)));
        assertThat(stored(counter)).contains("11");
    }

    private Output once(String key, String action, Object... arguments) {
        actors.system.deliver(
                counter,
                new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, action, List.of(arguments), key));
        actors.runTasks();
        return outputs().get(0);
    }

    @Test
    void aNamedCallCountsOnceAlsoAfterACrash() {
        assertThat(once("k1", "add", 5L)).isEqualTo(new Output.Reply("h", 0, 15));
        assertThat(once("k1", "add", 5L)).isEqualTo(new Output.Reply("h", 0, 15));
        assertThat(once("k2", "add", 5L)).isEqualTo(new Output.Reply("h", 0, 20));
        Output failed = once("k3", "addAndThrow", 1L);
        actors = system();
        assertThat(((Output.Reply) once("k1", "add", 5L)).result()).hasToString("15");
        assertThat(once("k3", "addAndThrow", 1L)).isEqualTo(failed);
        assertThat(ask(counter, "get")).isEqualTo(21);
    }

    @Test
    void onlyTheLastNamedCallsAreKept() {
        for (int i = 0; i <= 100; i++) {
            once("k" + i, "add", 1L);
        }
        assertThat(((Output.Reply) once("k1", "add", 1L)).result()).isEqualTo(12);
        assertThat(((Output.Reply) once("k0", "add", 1L)).result())
                .as("forgotten")
                .isEqualTo(112);
    }

    @Test
    void aNamedCallThatRunsIsNotRunTwice() {
        slow = new CompletableFuture<>();
        actors.system.deliver(
                counter, new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, "slow", List.of(), "k"));
        assertThat(((Output.Failed) once("k", "slow")).error().code()).isEqualTo("call_in_progress");
        slow.complete("done");
        actors.runTasks();
        assertThat(outputs()).containsExactly(new Output.Reply("h", 0, "done"));
        assertThat(once("k", "slow")).isEqualTo(new Output.Reply("h", 0, "done"));
    }

    @Test
    void manyTurnsAndActorsAreWrittenTogether() {
        String other = actors.actor("counter", "b");
        String guest = actors.client(other);
        actors.runTasks();
        for (int i = 0; i < 50; i++) {
            actors.call(counter, client, i, "add", 1L);
            actors.call(other, guest, i, "add", 1L);
        }
        actors.runTasks();
        assertThat(store.batches).containsExactly(2);
        assertThat(outputs()).hasSize(100);
    }

    @Test
    void whoOnlyReadsDoesNotWaitUnlessTheStateDoes() {
        actors.call(counter, client, 1, "get");
        assertThat(outputs()).containsExactly(new Output.Reply(client, 1, 10));
        actors.call(counter, client, 2, "add", 0L);
        assertThat(outputs()).as("unchanged").hasSize(1);
        actors.call(counter, client, 3, "add", 1L);
        actors.call(counter, client, 4, "get");
        assertThat(outputs()).isEmpty();
        actors.runTasks();
        assertThat(outputs()).containsExactly(new Output.Reply(client, 3, 11), new Output.Reply(client, 4, 11));
    }

    @Test
    void whenTheStoreIsDownNothingIsAcknowledgedAndTheOldStateComesBack() {
        actors.system.deliver(counter, new Command.Subscribe(client, "added", true));
        actors.call(counter, client, 1, "add", 1L);
        store.down = true;
        actors.runTasks();
        List<Output> all = outputs();
        assertThat(((Output.Failed) all.get(0)).error()).isEqualTo(ActorError.storeUnavailable());
        assertThat(all.get(1)).isEqualTo(new Output.Closed(client, 1011, "guard.service_unavailable"));
        assertThat(all).hasSize(2);
        actors.system.deliver(counter, new Command.Connect("x", 1L, Caller.ANONYMOUS));
        assertThat(outputs()).containsExactly(new Output.Closed("x", 1011, "guard.service_unavailable"));
        store.down = false;
        assertThat(ask(counter, "get")).isEqualTo(10);
    }

    @Test
    void aLostAnswerOfTheStoreIsFoundOut() {
        store.answersGetLost = true;
        assertThat(ask(counter, "add", 5L)).isEqualTo(15);
        assertThat(ask(counter, "add", 5L)).isEqualTo(20);
    }

    @Test
    void aFencedInstanceThrowsItsTurnsAway() {
        StoredActor now = store.memory.load(counter).orElseThrow();
        byte[] others = "{\"format\":1,\"state\":{\"count\":99}}".getBytes(StandardCharsets.UTF_8);
        store.memory.write(List.of(new StateStore.Write(counter, now.version(), others, OptionalLong.empty())));
        actors.call(counter, client, 1, "add", 1L);
        actors.runTasks();
        List<Output> all = outputs();
        assertThat(((Output.Failed) all.get(0)).error().code()).isEqualTo("restarting");
        assertThat(all.get(1)).isEqualTo(new Output.Closed(client, 1011, "actor.restarting"));
        assertThat(actors.system.fencedCommits()).isEqualTo(1);
        assertThat(ask(counter, "get")).isEqualTo(99);
    }

    @Test
    void aNewSystemOnTheSameStoreGoesOn() {
        ask(counter, "add", 5L);
        actors = system();
        assertThat(actors.actor("counter", "a")).isEqualTo(counter);
        assertThat(ask(counter, "get")).isEqualTo(15);
        assertThat(ask(counter, "ephemeral")).isEqualTo(0);
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndLeftAlone() {
        StoredActor now = store.memory.load(counter).orElseThrow();
        byte[] old = "{\"format\":1,\"state\":{\"count\":\"many\"}}".getBytes(StandardCharsets.UTF_8);
        store.memory.write(List.of(new StateStore.Write(counter, now.version(), old, OptionalLong.empty())));
        actors = system();
        actors.call(counter, "c", 1, "get");
        ActorError error = ((Output.Failed) outputs().get(0)).error();
        assertThat(error.code()).isEqualTo("state_unreadable");
        assertThat(error.message()).contains("count").doesNotContain("org.");
        assertThat(store.memory.load(counter).orElseThrow().state()).isEqualTo(old);
    }

    @Test
    void stoppingSavesWhatWasNotSaved() {
        String lazy = actors.actor("lazy", "a");
        assertThat(ask(lazy, "add", 3L)).isEqualTo(3);
        actors.creating(() -> {
            actors.system.stop(Duration.ofSeconds(10));
            return null;
        });
        assertThat(stored(lazy)).contains("3");
        assertThat(STORY).contains("sleep 10");
    }

    @Test
    void periodicStatesAreWrittenNowAndThenOrWhenAsked() {
        String lazy = actors.actor("lazy", "a");
        String guest = actors.client(lazy);
        outputs();
        actors.call(lazy, guest, 1, "add", 3L);
        assertThat(outputs()).containsExactly(new Output.Reply(guest, 1, 3));
        assertThat(stored(lazy)).contains("0");
        while (!stored(lazy).contains("3")) {
            actors.system.tick();
            actors.runTasks();
        }
        actors.call(lazy, guest, 2, "addAndSave", 1L);
        assertThat(outputs()).isEmpty();
        actors.runTasks();
        assertThat(outputs()).containsExactly(new Output.Reply(guest, 2, 4));
        assertThat(stored(lazy)).contains("4");
    }

    @Test
    void nothingIsWrittenOfACarelessActor() {
        String careless = actors.actor("careless", "a");
        assertThat(ask(careless, "add", 3L)).isEqualTo(3);
        assertThat(store.batches).isEmpty();
    }
}
