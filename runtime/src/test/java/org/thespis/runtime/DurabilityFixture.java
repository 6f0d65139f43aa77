package org.thespis.runtime;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
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
import org.thespis.api.UserException;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoreTransaction;
import org.thespis.api.spi.StoredActor;
import org.thespis.api.spi.StoredEntries;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;

/** Actors of each durability, on a store that can fail, with time and threads in the hand of the test. */
abstract class DurabilityFixture {

    static final ActorSettings SETTINGS = settings(Duration.ofSeconds(30));

    static ActorSettings settings(Duration sleepGrace) {
        return new ActorSettings(
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofMillis(1),
                sleepGrace,
                Duration.ofSeconds(2),
                1_000,
                10);
    }

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
        void lastWork() {
            actor.waitUntil(work);
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

    /** A store that can be out of reach, lose an answer, do what a test says around an access, and counts its writes. */
    static final class Shaky implements StateStore {
        final MemoryStateStore memory = new MemoryStateStore();
        final List<Integer> batches = new CopyOnWriteArrayList<>();
        final FakeTransactions transactions = new FakeTransactions(() -> memory());
        volatile boolean down;
        volatile boolean answersGetLost;

        /** Told of each access by its name before it happens; what is thrown fails it. */
        volatile Consumer<String> before = access -> {};

        /** Told of each access by its name when it has happened. */
        volatile Consumer<String> after = access -> {};

        /** Told of what is about to be written. */
        volatile Consumer<List<Write>> beforeWrite = writes -> {};

        private MemoryStateStore memory() {
            return memory;
        }

        @Override
        public boolean hasTransactions() {
            return true;
        }

        @Override
        public StoreTransaction begin(Duration timeout) {
            return access("begin", () -> transactions.begin(timeout));
        }

        private <T> T access(String name, Supplier<T> access) {
            before.accept(name);
            if (down) {
                throw new StoreException("down", null);
            }
            T result = access.get();
            after.accept(name);
            return result;
        }

        @Override
        public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
            return access("create", () -> memory.create(actor, state, wakeAt));
        }

        @Override
        public boolean keepsEntries() {
            return true;
        }

        @Override
        public Creation create(ActorRecord actor, byte[] state, long wakeAt, List<EntryChange> entries) {
            return access("create", () -> memory.create(actor, state, wakeAt, entries));
        }

        @Override
        public StoredEntries entries(String actorId, EntryRange range) {
            return access("entries", () -> memory.entries(actorId, range));
        }

        @Override
        public Optional<StoredActor> load(String id) {
            return access("load", () -> memory.load(id));
        }

        @Override
        public Set<String> write(List<Write> writes) {
            return access("write", () -> {
                beforeWrite.accept(writes);
                batches.add(writes.size());
                Set<String> refused = memory.write(writes);
                if (answersGetLost) {
                    answersGetLost = false;
                    throw new StoreException("the answer got lost", null);
                }
                return refused;
            });
        }

        @Override
        public List<String> due(long millis, int limit) {
            return access("due", () -> memory.due(millis, limit));
        }

        @Override
        public Optional<ActorRecord> find(String id) {
            return access("find", () -> memory.find(id));
        }

        @Override
        public Optional<ActorRecord> find(String name, ActorKey key) {
            return access("find", () -> memory.find(name, key));
        }

        @Override
        public List<ActorRecord> list(String name, int limit) {
            return access("list", () -> memory.list(name, limit));
        }

        @Override
        public boolean delete(String id) {
            return access("delete", () -> memory.delete(id));
        }

        @Override
        public boolean delete(String id, long version) {
            return access("delete", () -> memory.delete(id, version));
        }
    }

    final Shaky store = new Shaky();
    TestActors actors = system();
    final String counter = actors.actor("counter", "a");
    String client = actors.client(counter);

    TestActors system() {
        return new TestActors(SETTINGS, store, Counter.class, Lazy.class, Careless.class);
    }

    @BeforeEach
    void begin() {
        STORY.clear();
    }

    List<Output> outputs() {
        List<Output> all = new ArrayList<>(actors.outputs);
        actors.outputs.clear();
        return all;
    }

    String stored(String actor) {
        return new String(store.memory.load(actor).orElseThrow().state(), StandardCharsets.UTF_8);
    }

    Object ask(String actor, String action, Object... arguments) {
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
}
