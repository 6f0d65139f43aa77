package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorKey;
import org.thespis.api.OnWake;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;

/** Many who create one actor at once, and hooks or a store that block them. */
class RacingCreationsTest extends ThreadsFixture {

    private static final Duration CREATE_TIMEOUT = Duration.ofMillis(300);
    private static volatile CountDownLatch waking = new CountDownLatch(1);

    /** Without OnCreate. */
    @Actor("waker")
    static class Waker {
        @OnWake
        void wake() throws InterruptedException {
            waking.await(1, TimeUnit.MINUTES);
        }

        @Action
        int get() {
            return 1;
        }
    }

    private Throwable failure(String name) {
        return failure(name, "a");
    }

    private Throwable failure(String name, String key) {
        List<Throwable> thrown = new ArrayList<>();
        awaitEnd("who creates is told", () -> thrown.add(catchThrowable(() -> made(name, key))));
        return thrown.get(0);
    }

    @Test
    void onCreateIsCalledOnceInAnActorsLife() throws InterruptedException {
        start(patient());
        List<Thread> creators = new CopyOnWriteArrayList<>();
        ConcurrentLinkedQueue<String> ids = new ConcurrentLinkedQueue<>();
        script.onCreate = self -> await(
                "all others wait",
                () -> creators.size() == 8
                        && creators.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        for (int i = 0; i < 8; i++) {
            Thread creator = named(() -> ids.add(made("a")), "creator" + i);
            creator.start();
            creators.add(creator);
        }
        for (Thread creator : creators) {
            creator.join();
        }
        assertThat(script.count("create")).isEqualTo(1);
        assertThat(ids).hasSize(8);
        assertThat(List.copyOf(ids)).allMatch(ids.peek()::equals);
    }

    @Test
    void theCreateTimeoutHoldsWithoutOnCreate() {
        waking = new CountDownLatch(1);
        start(settings(LONG, CREATE_TIMEOUT, LONG, LONG), Waker.class);
        try {
            assertThat(((ActorException) failure("waker")).error().code()).isEqualTo("create_timed_out");
        } finally {
            waking.countDown();
        }
    }

    @Test
    void anActorWhoseOnCreateComesToItsEndTooLateDoesNotExist() {
        start(settings(LONG, CREATE_TIMEOUT, LONG, LONG));
        script.onCreate = self -> block();
        assertThat(((ActorException) failure("scripted")).error().code()).isEqualTo("create_timed_out");
        release.countDown();
        await(
                "the instance goes",
                () -> system.container("scripted").orElseThrow().size() == 0);
        assertThat(store.memory.find("scripted", ActorKey.of("a"))).isEmpty();
    }

    @Test
    void aStoreThatHangsKeepsNoCreatorForEver() {
        start(settings(LONG, CREATE_TIMEOUT, LONG, CREATE_TIMEOUT));
        store.before = access -> {
            if (access.equals("create")) {
                block();
            }
        };
        assertThat(((ActorException) failure("scripted")).error().reason()).isEqualTo("guard.service_unavailable");
    }

    @Test
    void anOnCreateThatBlocksKeepsNoOtherActorFromComingToBe() {
        start(patient());
        script.onCreate = self -> {
            if (self.key().equals("a")) {
                block();
            }
        };
        Thread blocked = named(() -> made("a"), "blocked");
        blocked.start();
        awaitStep("create", "a");
        awaitEnd("another is created", () -> made("b"));
    }

    @Test
    void creationsThatTheStoreHoldsUpLeaveTheTurnsTheirThreads() throws InterruptedException {
        start(settings(LONG, LONG, LONG, LONG));
        String there = made("there");
        CountDownLatch storing = new CountDownLatch(4);
        store.before = access -> {
            if (access.equals("create")) {
                storing.countDown();
                block();
            }
        };
        List<Thread> creators = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String key = "new-" + i;
            creators.add(named(() -> made(key), key));
        }
        creators.forEach(Thread::start);
        storing.await();
        String guest = client(there);
        call(there, guest, 1, "add", 1L);
        assertThat(answer(guest, 1)).isEqualTo(new Output.Reply(guest, 1, 1));
        release.countDown();
        for (Thread creator : creators) {
            creator.join();
        }
        assertThat(store.memory.list("scripted", 100)).hasSize(21);
    }

    @Test
    void whoseCreationMayHaveComeThroughIsToldSoAndWhoAsksAgainFindsIt() {
        start(patient());
        AtomicBoolean lost = new AtomicBoolean();
        store.after = access -> {
            if (access.equals("create") && lost.compareAndSet(false, true)) {
                throw new StoreException("the answer got lost", null, true);
            }
        };
        assertThatThrownBy(() ->
                        system.create(Wanted.of("scripted", ActorKey.of("a"), Undefined.UNDEFINED, Caller.ANONYMOUS)))
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().reason()).isEqualTo("actor.outcome_unknown"));
        String stored = store.memory.list("scripted", 1).get(0).id();
        assertThat(made("a")).isEqualTo(stored);
        lost.set(false);
        assertThat(((ActorException) failure("scripted", "b")).error().reason()).isEqualTo("guard.service_unavailable");
        assertThat(made("b")).isNotEqualTo(stored);
        assertThat(script.count("create")).isEqualTo(2);
    }
}
