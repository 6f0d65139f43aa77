package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.Durability;
import org.thespis.api.OnCreate;
import org.thespis.api.OnSleep;
import org.thespis.api.OnStateChange;
import org.thespis.api.OnWake;
import org.thespis.api.State;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;

class DurabilityTest {

    private static final ActorSettings SETTINGS = new ActorSettings(
            Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofMillis(1), Duration.ofSeconds(2), 1_000, 10);

    static final List<String> STORY = new CopyOnWriteArrayList<>();
    static CompletableFuture<Void> work;
    static CompletableFuture<String> slow;

    @Actor("counter")
    static class Counter {
        ActorContext actor;

        @State
        int count;

        int ephemeral;

        @OnCreate
        void create() {
            count = 10;
        }

        @OnWake
        void wake() {
            STORY.add("wake " + count);
        }

        @OnSleep
        void sleep() {
            STORY.add("sleep " + count);
        }

        @OnStateChange
        void changed() {
            STORY.add("changed " + count);
        }

        @Action
        int add(int by) {
            count += by;
            ephemeral += by;
            actor.broadcast("added", count);
            return count;
        }

        @Action(atomic = true)
        void addAtomically(int by) {
            add(by);
            throw new UserException("no", "Not this time");
        }

        @Action
        void addAndThrow(int by) {
            add(by);
            throw new UserException("no", "Not this time");
        }

        @Action
        CompletionStage<String> slow() {
            return slow;
        }

        @Action
        void work() {
            actor.keepAwake(work);
            actor.ending().thenRun(() -> STORY.add("ending"));
        }

        @Action
        int get() {
            return count;
        }

        @Action
        int ephemeral() {
            return ephemeral;
        }
    }

    @Actor(value = "lazy", durability = Durability.PERIODIC)
    static class Lazy {
        ActorContext actor;

        @State
        int count;

        @Action
        int add(int by) {
            return count += by;
        }

        @Action
        int addAndSave(int by) {
            actor.saveState();
            return count += by;
        }
    }

    @Actor(value = "careless", durability = Durability.NONE)
    static class Careless {
        @State
        int count;

        @Action
        int add(int by) {
            return count += by;
        }
    }

    /** A store that can be out of reach, lose an answer, and counts its writes. */
    private static final class Shaky implements StateStore {
        private final MemoryStateStore memory = new MemoryStateStore();
        private final List<Integer> batches = new ArrayList<>();
        private boolean down;
        private boolean answersGetLost;

        private void check() {
            if (down) {
                throw new StoreException("down", null);
            }
        }

        @Override
        public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
            check();
            return memory.create(actor, state, wakeAt);
        }

        @Override
        public Optional<StoredActor> load(String id) {
            check();
            return memory.load(id);
        }

        @Override
        public Set<String> write(List<Write> writes) {
            check();
            batches.add(writes.size());
            Set<String> refused = memory.write(writes);
            if (answersGetLost) {
                answersGetLost = false;
                throw new StoreException("the answer got lost", null);
            }
            return refused;
        }

        @Override
        public List<String> due(long millis, int limit) {
            check();
            return memory.due(millis, limit);
        }

        @Override
        public Optional<ActorRecord> find(String id) {
            check();
            return memory.find(id);
        }

        @Override
        public Optional<ActorRecord> find(String name, ActorKey key) {
            check();
            return memory.find(name, key);
        }

        @Override
        public List<ActorRecord> list(String name, int limit) {
            check();
            return memory.list(name, limit);
        }

        @Override
        public boolean delete(String id) {
            check();
            return memory.delete(id);
        }
    }

    private final Shaky store = new Shaky();
    private TestActors actors = system();
    private final String counter = actors.actor("counter", "a");
    private String client = actors.client(counter);

    private TestActors system() {
        return new TestActors(SETTINGS, store, Counter.class, Lazy.class, Careless.class);
    }

    @BeforeEach
    void begin() {
        STORY.clear();
    }

    private List<Output> outputs() {
        List<Output> all = new ArrayList<>(actors.outputs);
        actors.outputs.clear();
        return all;
    }

    private String stored(String actor) {
        return new String(store.memory.load(actor).orElseThrow().state(), StandardCharsets.UTF_8);
    }

    private Object ask(String actor, String action, Object... arguments) {
        String asker = actors.client(actor);
        actors.runTasks();
        outputs();
        actors.call(actor, asker, 1, action, arguments);
        actors.runTasks();
        Output answer = outputs().stream()
                .filter(o -> o instanceof Output.Reply || o instanceof Output.Failed)
                .findFirst()
                .orElseThrow();
        actors.system.deliver(actor, new Command.Disconnect(asker));
        return answer instanceof Output.Reply reply
                ? reply.result()
                : ((Output.Failed) answer).error().code();
    }

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
        assertThat(stored(counter)).isEqualTo("{\"format\":1,\"state\":{\"count\":13}}");
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
        store.memory.write(List.of(new StateStore.Write(counter, now.version(), others, Long.MAX_VALUE)));
        actors.call(counter, client, 1, "add", 1L);
        actors.runTasks();
        List<Output> all = outputs();
        assertThat(((Output.Failed) all.get(0)).error().code()).isEqualTo("restarting");
        assertThat(all.get(1)).isEqualTo(new Output.Closed(client, 1011, "actor.restarting"));
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
    void idleActorsSleepAndWakeWithTheNextMessage() {
        actors.call(counter, client, 1, "add", 1L);
        actors.runTasks();
        awaitSleep(false);
        actors.system.deliver(counter, new Command.Disconnect(client));
        awaitSleep(true);
        assertThat(STORY).containsExactly("changed 11", "sleep 11");
        assertThat(ask(counter, "ephemeral")).isEqualTo(0);
        assertThat(STORY).last().isEqualTo("wake 11");
    }

    @Test
    void whoComesWhileAnActorFallsAsleepKeepsItAwake() {
        String lazy = actors.actor("lazy", "a");
        String early = actors.client(lazy);
        actors.call(lazy, early, 1, "add", 3L);
        actors.system.deliver(lazy, new Command.Disconnect(early));
        actors.runTasks();
        while (actors.tasks.isEmpty()) {
            actors.system.tick(); // until the state is on its way
        }
        String late = actors.client(lazy);
        actors.runTasks();
        outputs();
        actors.call(lazy, late, 1, "add", 1L);
        assertThat(outputs()).containsExactly(new Output.Reply(late, 1, 4));
    }

    @Actor("broken")
    static class Broken {
        static boolean works = true;

        @State
        int count = 1;

        Broken() {
            if (!works) {
                throw new IllegalStateException("no bean");
            }
        }

        @Action
        int get() {
            return count;
        }
    }

    @Test
    void anActorWhoseBeanCannotBeMadeIsRefusedUntilItCan() {
        TestActors one = new TestActors(SETTINGS, store, Broken.class);
        String broken = one.actor("broken", "a");
        actors = new TestActors(SETTINGS, store, Broken.class);
        Broken.works = false;
        try {
            actors.system.deliver(broken, new Command.Connect("c", Undefined.UNDEFINED, Caller.ANONYMOUS));
            assertThat(outputs()).last().isEqualTo(new Output.Closed("c", 1011, "rivetkit.internal_error"));
        } finally {
            Broken.works = true;
        }
        assertThat(ask(broken, "get")).isEqualTo(1);
    }

    @Test
    void workKeepsAnActorAwakeAndIsToldOfTheEnd() {
        work = new CompletableFuture<>();
        actors.call(counter, client, 1, "work");
        actors.system.deliver(counter, new Command.Disconnect(client));
        awaitSleep(false);
        assertThat(STORY).isEmpty();
        work.complete(null);
        awaitSleep(true);
        assertThat(STORY).containsExactly("sleep 10", "ending");
    }

    @Test
    void aStopWaitsForWork() {
        work = new CompletableFuture<>();
        actors.call(counter, client, 1, "work");
        CompletableFuture.runAsync(() -> {
            while (!STORY.contains("ending")) {
                Thread.onSpinWait();
            }
            STORY.add("worked");
            work.complete(null);
        });
        actors.creating(() -> {
            actors.system.stop(Duration.ofSeconds(20));
            return null;
        });
        assertThat(STORY).containsExactly("ending", "worked", "sleep 10");
    }

    /** Lets time pass until the actor has left memory, or long enough to see that it does not. */
    private void awaitSleep(boolean expected) {
        long end = System.nanoTime() + Duration.ofMillis(expected ? 10_000 : 20).toNanos();
        while (actors.system.container("counter").orElseThrow().size() > 0 && System.nanoTime() < end) {
            actors.system.tick();
            actors.runTasks();
        }
        assertThat(actors.system.container("counter").orElseThrow().size()).isEqualTo(expected ? 0 : 1);
    }

    @Test
    void aStateThatDoesNotFitIsRefusedAndLeftAlone() {
        StoredActor now = store.memory.load(counter).orElseThrow();
        byte[] old = "{\"format\":1,\"state\":{\"count\":\"many\"}}".getBytes(StandardCharsets.UTF_8);
        store.memory.write(List.of(new StateStore.Write(counter, now.version(), old, Long.MAX_VALUE)));
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
