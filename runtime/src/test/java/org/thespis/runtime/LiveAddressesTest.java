package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Wanted;

/** Who looks for an actor that lives is told without the store, and nobody is told of one that is destroyed. */
class LiveAddressesTest extends ThreadsFixture {

    private static final ActorKey KEY = ActorKey.of("a");

    private final AtomicInteger questions = new AtomicInteger();

    private Optional<String> look() {
        return system.look("scripted", KEY).map(Relay.Seen::id);
    }

    /** From now on, but not those of the timer. */
    private void countQuestions() {
        questions.set(0);
        store.before = access -> questions.addAndGet(access.equals("find") || access.equals("load") ? 1 : 0);
    }

    private void destroy(String id) {
        system.destroy(id).toCompletableFuture().join();
    }

    @Test
    void anActorThatLivesIsFoundWithoutTheStore() {
        start(patient());
        String id = made("a");
        made("b");
        countQuestions();
        assertThat(look()).contains(id);
        assertThat(system.look(id)).contains(new Relay.Seen(id, "scripted"));
        assertThat(questions).hasValue(0);
    }

    @Test
    void whoIsNotInMemoryIsLookedForInTheStore() {
        start(sleepy());
        String id = made("a");
        await("it leaves memory", () -> system.instance(id) == null);
        assertThat(look()).contains(id);
        assertThat(system.look(id)).contains(new Relay.Seen(id, "scripted"));
        assertThat(system.look("scripted", ActorKey.of("b"))).isEmpty();
        assertThat(system.look("nothing", KEY)).isEmpty();
        assertThat(system.look("nobody")).isEmpty();
        call(id, client(id), 1, "add", 1L); // it lives again
        assertThat(look()).contains(id);
    }

    @Test
    void anActorThatIsBeingCreatedIsNotThereBeforeTheStoreHasIt() throws InterruptedException {
        start(patient());
        CountDownLatch storing = new CountDownLatch(1);
        store.before = access -> {
            if (access.equals("create")) {
                storing.countDown();
                block();
            }
        };
        Queue<String> made = new ConcurrentLinkedQueue<>();
        Thread creator = named(() -> made.add(made("a")), "creator");
        creator.start();
        storing.await();
        assertThat(look()).isEmpty();
        release.countDown();
        creator.join();
        assertThat(look()).contains(made.peek());
    }

    @Test
    void anActorWhoseDestructionHasBegunIsOnlyToldIfTheStoreHasIt() throws InterruptedException {
        start(patient());
        String id = made("a");
        CountDownLatch deleted = new CountDownLatch(1);
        store.after = access -> {
            if (access.equals("delete")) {
                deleted.countDown();
                block();
            }
        };
        system.destroy(id);
        deleted.await();
        assertThat(look()).isEmpty();
        assertThat(system.look(id)).isEmpty();
        assertThat(system.instance(id)).isNotNull();
    }

    @Test
    void whoTakesTheAddressOfOneThatLeavesIsFoundAtOnce() throws InterruptedException {
        start(patient());
        String old = made("a");
        script.onDisconnect = (self, connection) -> block(); // the last hook of the one that goes
        client(old);
        CountDownLatch deleted = new CountDownLatch(1);
        store.after = access -> {
            if (access.equals("delete")) {
                deleted.countDown();
            }
        };
        system.destroy(old);
        deleted.await();
        String next = made("a");
        assertThat(next).isNotEqualTo(old);
        assertThat(look()).contains(next);
        release.countDown();
        await("the old one leaves memory", () -> system.instance(old) == null);
        countQuestions();
        assertThat(look()).contains(next);
        assertThat(questions).hasValue(0);
    }

    @Test
    void anInstanceThatIsLostIsLookedForInTheStore() {
        start(patient());
        String id = made("a");
        store.memory.delete(id); // by another node
        String guest = client(id);
        call(id, guest, 1, "add", 1L);
        await("it gives up", () -> system.instance(id) == null);
        assertThat(look()).isEmpty();
        assertThat(system.look(id)).isEmpty();
    }

    /** Who is destroyed although it cannot start must not be read before and live behind that. */
    @Test
    void nobodyWakesWhoIsDestroyedAsItCouldNotStart() throws InterruptedException {
        start(sleepy());
        String id = made("a");
        await("it leaves memory", () -> system.instance(id) == null);
        script.onWake = self -> {
            throw new IllegalStateException("not now");
        };
        CountDownLatch deleting = new CountDownLatch(1);
        store.before = access -> {
            if (access.equals("delete")) {
                deleting.countDown();
                block();
            }
        };
        Thread destroys = named(() -> destroy(id), "destroys");
        destroys.start();
        deleting.await();
        script.onWake = self -> {};
        Thread asks = named(() -> connect(id, "guest"), "asks");
        asks.start();
        await("it waits, or lives", () -> asks.getState() == Thread.State.WAITING || !asks.isAlive());
        release.countDown();
        destroys.join();
        assertThat(look()).isEmpty();
        assertThat(system.look(id)).isEmpty();
        asks.join();
        assertThat(system.instance(id)).isNull();
    }

    @Test
    void amongManyEachIsFoundByItsOwnKey() {
        start(patient());
        List<ActorKey> keys = new ArrayList<>(List.of(ActorKey.of(), ActorKey.of(""), ActorKey.of("", "")));
        for (int i = 0; i < 500; i++) {
            keys.add(ActorKey.of("k" + i));
            keys.add(ActorKey.of("k", "" + i));
        }
        Map<ActorKey, String> ids = new HashMap<>();
        keys.forEach(key -> ids.put(
                key,
                system.getOrCreate(Wanted.of("scripted", key, Undefined.UNDEFINED, Caller.ANONYMOUS))
                        .actor()
                        .id()));
        while (!keys.isEmpty()) {
            countQuestions();
            keys.forEach(key ->
                    assertThat(system.look("scripted", key).map(Relay.Seen::id)).contains(ids.get(key)));
            assertThat(questions).hasValue(0);
            for (ActorKey key : keys.subList(0, (keys.size() + 1) / 2)) {
                destroy(ids.get(key));
                assertThat(system.look("scripted", key)).isEmpty();
            }
            keys.subList(0, (keys.size() + 1) / 2).clear();
        }
    }

    @Test
    void nobodyIsToldOfAnActorWhoseDestructionWasAcknowledged() throws InterruptedException {
        start(patient());
        Set<String> destroyed = ConcurrentHashMap.newKeySet();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        for (int i = 0; i < 2; i++) {
            threads.add(named(
                    () -> {
                        while (!over.get()) {
                            Set<String> before = Set.copyOf(destroyed);
                            look().filter(before::contains).ifPresent(wrong::add);
                        }
                    },
                    "looks"));
            threads.add(named(
                    () -> {
                        for (int round = 0; round < 100; round++) {
                            String id = made("a");
                            destroy(id);
                            destroyed.add(id);
                        }
                    },
                    "destroys"));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            if (thread.getName().equals("destroys")) {
                thread.join(TimeUnit.MINUTES.toMillis(1));
                assertThat(thread.isAlive()).isFalse();
            }
        }
        over.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
        assertThat(destroyed).isNotEmpty();
        assertThat(look()).isEmpty();
    }
}
