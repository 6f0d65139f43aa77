package org.thespis.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.Durability;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.entry.EntryChanges;
import org.thespis.runtime.message.ActorError;

/** Each state has its own patience, whatever becomes of the others. The time is in the hand of the test. */
class CommitQueueTest {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger tries = new AtomicInteger();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newFixedThreadPool(CommitQueue.MAX_HELD_UP + 1);
    private final MemoryStateStore memory = new MemoryStateStore();
    private volatile Throwable failure;
    private volatile boolean hangs;
    private final CommitQueue queue = new CommitQueue(new Store(), threads, PATIENCE, now::get);
    private final List<One> all = new ArrayList<>();

    /** Fails or hangs when it is told to. */
    private final class Store extends DelegatingStore {

        private Store() {
            super(memory);
        }

        @Override
        public Set<String> write(List<Write> writes) {
            tries.incrementAndGet();
            if (hangs) {
                try {
                    hanging.await();
                } catch (InterruptedException e) {
                    throw new StoreException("interrupted", e);
                }
            }
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure != null) {
                throw (RuntimeException) failure;
            }
            return super.write(writes);
        }
    }

    /** The state of one actor, and what it is told. */
    private final class One implements DurableState.Owner {

        private final String id;
        private final AtomicInteger told = new AtomicInteger();
        private volatile ActorError error;
        private final DurableState state =
                new DurableState(this, new OutputGate(output -> {}), queue, Durability.COMMIT);

        private One(int number) {
            id = "actor-" + number;
            memory.create(new ActorRecord(id, "one", ActorKey.of(id), Instant.EPOCH), new byte[] {0}, Long.MAX_VALUE);
            state.stored(new byte[] {0}, 1);
            all.add(this);
        }

        private void change() {
            state.update(new byte[] {1}, Long.MAX_VALUE);
            state.endTurn(EntryChanges.NONE);
        }

        @Override
        public String actorId() {
            return id;
        }

        @Override
        public void lost(ActorError why) {
            error = why;
            told.incrementAndGet();
            throw new IllegalStateException("what breaks with one actor must not reach the others");
        }

        @Override
        public void unsaved(ActorError why) {
            lost(why);
        }
    }

    @AfterEach
    void end() {
        hanging.countDown();
        threads.shutdownNow();
    }

    private void change(int count) {
        for (int i = 0; i < count; i++) {
            new One(i);
        }
        all.forEach(One::change);
    }

    private static void await(String what, BooleanSupplier happened) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime() - end)
                    .as("waited in vain for: " + what)
                    .isNegative();
            Thread.onSpinWait();
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
        queue.watch();
    }

    private void awaitAllTold() {
        await("all are told", () -> all.stream().allMatch(one -> one.told.get() == 1));
    }

    @Test
    void whileTheStoreIsOutOfReachAllAreToldAfterOnePatienceHoweverManyTheyAre() {
        failure = new StoreException("down", null);
        change(2_600);
        await("the store is tried", () -> tries.get() > 1);
        assertThat(all).noneMatch(one -> one.told.get() > 0);
        pass(PATIENCE);
        awaitAllTold();
    }

    @Test
    void whateverTheStoreThrowsAllAreWrittenWhenItIsWellAgain() {
        for (Throwable thrown : List.of(new IllegalStateException("pool"), new StackOverflowError())) {
            failure = thrown;
            all.clear();
            int before = tries.get();
            change(20);
            await("the store is tried", () -> tries.get() > before + 1);
            failure = null;
            long end = now.get() + PATIENCE.toNanos() / 2;
            await("all are written", () -> {
                if (now.get() < end) {
                    now.addAndGet(TimeUnit.MICROSECONDS.toNanos(10)); // until the next try is due
                }
                return all.stream().allMatch(one -> one.state.isSettled());
            });
            assertThat(all).noneMatch(one -> one.told.get() > 0);
            all.forEach(one -> memory.delete(one.id));
        }
    }

    @Test
    void whileTheStoreHangsAllAreToldAndThoseWhoComeLaterToo() {
        hangs = true;
        change(600); // the second batch waits behind the first
        await("the store hangs", () -> tries.get() == 1);
        pass(PATIENCE);
        awaitAllTold();
        One late = new One(1_000);
        late.change();
        pass(PATIENCE);
        pass(PATIENCE);
        awaitAllTold();
    }

    @Test
    void whatTheStoreSaysAfterAllIsNotToldASecondTime() {
        hangs = true;
        change(10);
        await("the store hangs", () -> tries.get() == 1);
        pass(PATIENCE);
        awaitAllTold();
        assertThat(all) // some of the first batch, maybe not all
                .anyMatch(one -> one.error.equals(ActorError.outcomeUnknown()));
        hangs = false;
        hanging.countDown();
        One next = new One(1_000);
        next.change();
        await("others are written", () -> next.state.isSettled());
        assertThat(all.subList(0, 10)).allMatch(one -> one.told.get() == 1);
    }

    @Test
    void moreThatHangThanThereAreWorkersAreAllTold() {
        hangs = true;
        for (int i = 0; i < CommitQueue.MAX_HELD_UP + 3; i++) {
            One one = new One(i);
            one.change();
            int expected = Math.min(i, CommitQueue.MAX_HELD_UP) + 1;
            await("the store hangs", () -> tries.get() >= expected);
            pass(PATIENCE);
            pass(PATIENCE);
            awaitAllTold();
        }
    }
}
