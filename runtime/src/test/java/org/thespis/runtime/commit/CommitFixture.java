package org.thespis.runtime.commit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.thespis.api.ActorKey;
import org.thespis.api.Durability;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.entry.EntryChanges;
import org.thespis.runtime.message.ActorError;

/** The queue of commits before a store that does as the test says. */
abstract class CommitFixture {

    static final Duration PATIENCE = Duration.ofMillis(600);

    /** A write as the test has it; what it throws, the store throws. */
    interface Script {
        Set<String> write(List<StateStore.Write> writes) throws InterruptedException;
    }

    final MemoryStateStore memory = new MemoryStateStore();
    private final ExecutorService threads = Executors.newFixedThreadPool(CommitQueue.MAX_HELD_UP + 1);
    volatile Script script = memory::write;
    volatile boolean loads = true;

    /** Comes before each removal. */
    volatile Runnable deletes = () -> {};

    final CommitQueue queue = new CommitQueue(new Store(), threads, PATIENCE, System::nanoTime);

    private final class Store extends DelegatingStore {

        private Store() {
            super(memory);
        }

        @Override
        public Optional<StoredActor> load(String id) {
            if (!loads) {
                throw new StoreException("down", null);
            }
            return super.load(id);
        }

        @Override
        public Set<String> write(List<Write> writes) {
            try {
                return script.write(writes);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean delete(String id) {
            deletes.run();
            return super.delete(id);
        }
    }

    /** One actor's state, and what was told of it. */
    final class One implements DurableState.Owner {

        final String id;
        final DurableState state;
        volatile ActorError lost;
        volatile ActorError unsaved;
        volatile Runnable whenLost = () -> {};

        One(String id, Durability durability) {
            this.id = id;
            state = new DurableState(this, new OutputGate(output -> {}), queue, durability);
            memory.create(new ActorRecord(id, "a", ActorKey.of(id), Instant.EPOCH), bytes("new"), Long.MAX_VALUE);
            state.stored(bytes("new"), 1);
        }

        void become(String document) {
            state.update(bytes(document), Long.MAX_VALUE);
            state.endTurn(EntryChanges.NONE);
            state.send();
        }

        boolean isStored(String document) {
            return new String(memory.load(id).orElseThrow().state(), StandardCharsets.UTF_8).endsWith(json(document));
        }

        @Override
        public String actorId() {
            return id;
        }

        @Override
        public void lost(ActorError error) {
            whenLost.run();
            lost = error;
        }

        @Override
        public void unsaved(ActorError error) {
            unsaved = error;
        }
    }

    private static byte[] bytes(String text) {
        return ("{" + json(text)).getBytes(StandardCharsets.UTF_8);
    }

    /** The end of a document that says a text. */
    private static String json(String text) {
        return "\"says\":\"" + text + "\"}";
    }

    One one(String id) {
        return new One(id, Durability.COMMIT);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    boolean happens(BooleanSupplier happened) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!happened.getAsBoolean() && System.nanoTime() < end) {
            queue.watch();
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return happened.getAsBoolean();
    }

    static boolean has(List<StateStore.Write> writes, String id) {
        return writes.stream().anyMatch(write -> write.actorId().equals(id));
    }
}
