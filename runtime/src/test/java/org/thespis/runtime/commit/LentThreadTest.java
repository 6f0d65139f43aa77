package org.thespis.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.Durability;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.entry.EntryChanges;
import org.thespis.runtime.message.ActorError;

/** What a thread may do that is lent by a turn to write what came of it. Time and threads are in the hand of the test. */
class LentThreadTest {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final AtomicLong now = new AtomicLong();
    private final Queue<Runnable> meanwhile = new ConcurrentLinkedQueue<>(); // each comes with a look at the clock
    private final Queue<Runnable> lent = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> executed = new ConcurrentLinkedQueue<>();
    private final List<Integer> batches = new ArrayList<>(); // guarded by itself
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final MemoryStateStore memory = new MemoryStateStore();
    private volatile boolean hangs;
    private volatile boolean mayWrite = true;
    private final CommitQueue queue = new CommitQueue(new Store(), executed::add, PATIENCE, this::nanoTime, lent::add);

    private final class Store extends DelegatingStore {

        private Store() {
            super(memory);
        }

        @Override
        public boolean mayWriteInThisThread() {
            return mayWrite;
        }

        @Override
        public Set<String> write(List<Write> writes) {
            synchronized (batches) {
                batches.add(writes.size());
            }
            if (hangs) {
                entered.countDown();
                try {
                    hanging.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.write(writes);
        }
    }

    private final class One implements DurableState.Owner {

        private final String id;
        private volatile ActorError told;
        private final DurableState state =
                new DurableState(this, new OutputGate(output -> {}), queue, Durability.COMMIT);

        private One(String id) {
            this.id = id;
            memory.create(new ActorRecord(id, "one", ActorKey.of(id), Instant.EPOCH), document(0), Long.MAX_VALUE);
            state.stored(document(0), 1);
        }

        private void change() {
            state.update(document(1), Long.MAX_VALUE);
            state.endTurn(EntryChanges.NONE);
        }

        private boolean isStored() {
            return new String(memory.load(id).orElseThrow().state(), StandardCharsets.UTF_8).endsWith("1}");
        }

        @Override
        public String actorId() {
            return id;
        }

        @Override
        public void lost(ActorError error) {
            told = error;
        }

        @Override
        public void unsaved(ActorError error) {
            lost(error);
        }
    }

    private static byte[] document(int count) {
        return ("{\"count\":" + count + "}").getBytes(StandardCharsets.UTF_8);
    }

    private long nanoTime() {
        Runnable next = meanwhile.poll();
        if (next != null) {
            next.run();
        }
        return now.get();
    }

    private List<Integer> batches() {
        synchronized (batches) {
            return List.copyOf(batches);
        }
    }

    private void runExecuted() {
        for (Runnable next = executed.poll(); next != null; next = executed.poll()) {
            next.run();
        }
    }

    @AfterEach
    void end() {
        hanging.countDown();
    }

    @Test
    void itWritesTheStateOfItsTurn() {
        One one = new One("a");
        one.change();
        assertThat(batches()).isEmpty();
        lent.remove().run();
        assertThat(one.isStored()).isTrue();
        assertThat(executed).isEmpty();
    }

    /** What it tells others leaves when it is back, so nobody's outcome may hang on that of another. */
    @Test
    void itWritesNothingBesideTheStateOfItsTurn() {
        One one = new One("a");
        One other = new One("b");
        one.change();
        meanwhile.add(() -> {});
        meanwhile.add(other::change); // as the thread has taken its place, and not yet its state
        lent.remove().run();
        assertThat(batches()).isEmpty();
        runExecuted();
        assertThat(batches()).containsExactly(2);
        assertThat(one.isStored() && other.isStored()).isTrue();
    }

    @Test
    void itDoesNotEnterAStoreThatIsKnownToHang() throws InterruptedException {
        One one = new One("a");
        One other = new One("b");
        one.change();
        other.change(); // two: not lent
        hangs = true;
        Thread writer = new Thread(executed.remove());
        writer.setDaemon(true);
        writer.start();
        entered.await();
        now.addAndGet(PATIENCE.toNanos() + 1);
        queue.watch();
        hangs = false;
        lent.remove().run(); // it was away for so long
        assertThat(batches()).containsExactly(1);
        runExecuted();
        assertThat(one.isStored()).isTrue();
    }

    @Test
    void itDoesNotWriteWhereTheStoreSaysSo() {
        One one = new One("a");
        one.change();
        mayWrite = false;
        lent.remove().run();
        assertThat(batches()).isEmpty();
        runExecuted();
        assertThat(one.isStored()).isTrue();
    }
}
