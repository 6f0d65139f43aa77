package org.thespis.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.thespis.api.Durability;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.message.ActorError;

/** Failures of the store at the worst moment, each with its interleaving held in place. */
class StoreRacesTest extends CommitFixture {

    @Test
    void aStateThatCameThroughInAnEarlierOutageDoesNotFenceItsOwnActor() throws InterruptedException {
        One one = new One("a", Durability.PERIODIC);
        script = writes -> {
            memory.write(writes); // it comes through, and says nothing
            script = later -> {
                throw new StoreException("down", null);
            };
            throw new StoreException("the answer got lost", null, true);
        };
        one.become("first");
        assertThat(happens(() -> one.unsaved != null)).isTrue();
        assertThat(one.isStored("first")).isTrue();
        script = writes -> { // down once more, then well again
            script = memory::write;
            throw new StoreException("down", null);
        };
        one.become("second");
        assertThat(happens(() -> one.lost != null || one.isStored("second"))).isTrue();
        assertThat(one.lost).isNull();
    }

    @Test
    void whatWasWrittenBesideARefusedOneIsNotToBeTriedAgain() throws InterruptedException {
        One doubtful = one("x");
        One blocker = one("z");
        One written = one("y");
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        script = writes -> {
            if (has(writes, "z")) {
                blocked.countDown();
                release.await();
            }
            Set<String> refused = memory.write(writes);
            if (has(writes, "y")) {
                loads = false; // the store goes away between its answer and the next question
                script = later -> {
                    throw new StoreException("down", null);
                };
            } else if (has(writes, "x")) {
                throw new StoreException("the answer got lost", null, true);
            }
            return refused;
        };
        doubtful.become("1");
        assertThat(happens(() -> doubtful.isStored("1"))).isTrue();
        blocker.become("1");
        blocked.await();
        written.become("1");
        TimeUnit.MILLISECONDS.sleep(150); // until x is to be tried again, with y
        release.countDown();
        assertThat(happens(() -> doubtful.lost != null)).isTrue(); // all patience is over
        TimeUnit.NANOSECONDS.sleep(PATIENCE.toNanos());
        queue.watch();
        assertThat(written.isStored("1")).isTrue();
        assertThat(written.lost).isNotEqualTo(ActorError.storeUnavailable());
    }

    @Test
    void whenOneOfTooManyHeldUpWorkersComesBackCommitsGoOn() throws InterruptedException {
        List<CountDownLatch> hanging = new ArrayList<>();
        Set<String> hung = ConcurrentHashMap.newKeySet();
        for (int i = 0; i <= CommitQueue.MAX_HELD_UP; i++) {
            hanging.add(new CountDownLatch(1));
        }
        script = writes -> {
            String id = writes.get(0).actorId();
            if (id.startsWith("hang")) {
                hung.add(id);
                hanging.get(Integer.parseInt(id.substring(4))).await();
            }
            return memory.write(writes);
        };
        List<One> all = new ArrayList<>();
        for (int i = 0; i <= CommitQueue.MAX_HELD_UP; i++) {
            One one = one("hang" + i);
            all.add(one);
            one.become("1");
            assertThat(happens(() -> hung.contains(one.id))).isTrue();
            assertThat(happens(() -> one.lost != null)).isTrue();
        }
        hanging.get(0).countDown();
        assertThat(happens(() -> all.get(0).isStored("1"))).isTrue();
        One late = one("late");
        late.become("1");
        assertThat(happens(() -> late.isStored("1") || late.lost != null)).isTrue();
        assertThat(late.lost).isNull();
        assertThat(late.isStored("1")).isTrue();
    }

    @Test
    void aFewStatesThatCannotBeWrittenDoNotKeepTheirNeighboursFromIt() throws InterruptedException {
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        script = writes -> {
            if (has(writes, "z")) {
                blocked.countDown();
                release.await();
            }
            if (writes.stream().anyMatch(write -> write.actorId().startsWith("bad"))) {
                throw new StoreException("too large", null);
            }
            return memory.write(writes);
        };
        one("z").become("1");
        blocked.await();
        for (int i = 0; i < 10; i++) {
            one("bad" + i).become("1");
        }
        One good = one("good");
        good.become("1");
        release.countDown();
        assertThat(happens(() -> good.isStored("1") || good.lost != null)).isTrue();
        assertThat(good.lost).isNull();
    }

    @Test
    void whatATurnLeavesWhileItsActorIsLostIsNotWritten() throws InterruptedException {
        One one = one("a");
        one.whenLost = () -> {
            script = memory::write; // the store is well again
            one.become("late"); // the end of a turn that had begun to look at its state
        };
        script = writes -> {
            throw new StoreException("down", null);
        };
        one.become("first");
        assertThat(happens(() -> one.lost != null)).isTrue();
        One next = one("b");
        next.become("1");
        assertThat(happens(() -> next.isStored("1"))).isTrue();
        assertThat(one.isStored("new")).isTrue();
    }

    @Test
    void anEarlierStateThatCameThroughUnseenDoesNotKeepItsActorFromBeingRemoved() throws InterruptedException {
        One one = new One("a", Durability.PERIODIC);
        script = writes -> {
            memory.write(writes); // it comes through, and says nothing
            script = later -> {
                throw new StoreException("down", null);
            };
            throw new StoreException("the answer got lost", null, true);
        };
        one.become("first");
        assertThat(happens(() -> one.unsaved != null)).isTrue();
        script = memory::write;
        one.state.delete();
        assertThat(happens(() -> one.lost != null || memory.load("a").isEmpty()))
                .isTrue();
        assertThat(one.lost).isNull();
    }

    @Test
    void aStateThatCameThroughBeforeManyFurtherTriesDoesNotFenceItsOwnActor() throws InterruptedException {
        One one = new One("a", Durability.PERIODIC);
        script = writes -> {
            memory.write(writes);
            script = later -> {
                throw new StoreException("down", null, true);
            };
            throw new StoreException("the answer got lost", null, true);
        };
        for (int i = 0; i < 4; i++) {
            one.unsaved = null;
            one.become("state " + i);
            assertThat(happens(() -> one.unsaved != null)).isTrue();
        }
        assertThat(one.isStored("state 0")).isTrue();
        script = memory::write;
        one.become("last");
        assertThat(happens(() -> one.lost != null || one.isStored("last"))).isTrue();
        assertThat(one.lost).isNull();
    }
}
