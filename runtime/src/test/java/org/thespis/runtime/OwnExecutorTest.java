package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.settings.ActorSettings;

/** A type with an executor of its own runs there and nowhere else, and what becomes of that is nobody else's concern. */
class OwnExecutorTest extends ThreadsFixture {

    private static final long TICK_MILLIS = 20;

    /** A time limit that a test waits for. */
    private static final Duration SHORT = Duration.ofMillis(200);

    @Actor("plain")
    static class Plain {
        @Action
        String where() {
            return Thread.currentThread().getName();
        }
    }

    private final ExecutorService own = Executors.newFixedThreadPool(2, task -> named(task, "own"));
    private final ExecutorService hand = Executors.newSingleThreadExecutor(task -> named(task, "hand"));
    private final ExecutorService otherHand = Executors.newSingleThreadExecutor(task -> named(task, "other hand"));
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(task -> named(task, "ticks"));

    @AfterEach
    void endOwn() throws InterruptedException {
        release.countDown();
        for (ExecutorService threads : List.of(ticks, own, hand, otherHand)) {
            threads.shutdownNow();
            threads.awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    private void startWith(ActorSettings settings, Executor executor, Executor by) {
        startWith(settings, Map.of("scripted", executor), () -> by);
    }

    private void startWith(ActorSettings settings, Map<String, Executor> executors, Supplier<Executor> by) {
        system = new ActorSystem(
                List.of(ActorDefinition.of(Scripted.class), ActorDefinition.of(Plain.class)),
                TestActors::bean,
                new Storage(store, commits, Runnable::run),
                pool,
                settings,
                new OfTypes(executors, by, Map.of()));
        system.connect(outputs::add);
        ticks.scheduleWithFixedDelay(system::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** On a machine that is busy a call may take longer than its short time limit. */
    private void awaitServed(String actor, String action, String result) {
        int[] calls = new int[1];
        await("it is served", () -> {
            String client = actor + calls[0]++;
            once(actor, client, null, action);
            return answer(client, 0).toString().contains("result=" + result);
        });
    }

    @Test
    void allItsHooksAndActionsRunThereAndThoseOfOthersDoNot() {
        startWith(sleepy(), own, hand);
        String id = made("a");
        String client = client(id);
        call(id, client, 1, "act");
        answer(client, 1);
        system.deliver(id, new Command.Disconnect(client));
        awaitStep("sleep", "a");
        awaitStep("preDestroy", "a");
        once(id, "once", null, "act"); // wakes it
        answer("once", 0);
        awaitEnd(
                "it is destroyed",
                () -> system.destroy(id).toCompletableFuture().join());
        assertThat(script.steps).extracting(Script.Step::thread).containsOnly("own");
        assertThat(script.story()).contains("create", "connect client-1", "act", "sleep", "wake", "destroyed");
        String plain = made("plain", "p");
        once(plain, "here", null, "where");
        assertThat(answer("here", 0).toString()).doesNotContain("result=own");
    }

    @Test
    void whatKeepsItsThreadsKeepsNobodyElses() {
        startWith(patient(), own, hand);
        String first = made("a");
        String second = made("b");
        String third = made("c");
        script.act = self -> block();
        once(first, "first", null, "act");
        once(second, "second", null, "act");
        await("both threads are taken", () -> script.count("act") == 2);
        once(third, "third", null, "get");
        once(made("plain", "p"), "other", null, "where");
        answer("other", 0);
        assertThat(isAnswered("third", 0)).isFalse();
        release.countDown();
        assertThat(answer("third", 0).toString()).contains("result=0");
    }

    /** One that takes nothing while it is away. */
    private final class Leaving implements Executor {
        private volatile RuntimeException away;

        @Override
        public void execute(Runnable task) {
            if (away != null) {
                throw away;
            }
            own.execute(task);
        }
    }

    @Test
    void anExecutorThatTakesNothingIsAskedAgainUntilItDoes() {
        Leaving executor = new Leaving();
        startWith(settings(SHORT, LONG, LONG, LONG), executor, hand);
        String id = made("a");
        String plain = made("plain", "p");
        executor.away = new RejectedExecutionException("full");
        once(id, "early", null, "add", 1L);
        assertThat(code(answer("early", 0))).isEqualTo("action_timed_out");
        awaitServed(plain, "where", "");
        executor.away = null;
        awaitServed(id, "get", "0"); // nothing of the call whose time was over
    }

    @Test
    void aStopDoesNotWaitForEverForOneThatIsGone() {
        Leaving executor = new Leaving();
        startWith(patient(), executor, hand);
        made("a");
        String plain = made("plain", "p");
        executor.away = new IllegalStateException("stopped");
        awaitEnd("the stop", () -> system.stop(Duration.ofSeconds(2)));
        assertThat(system.instance(plain)).as("others end as they should").isNull();
    }

    @Test
    void anExecutorThatHoldsUpWhoHandsATaskOverHoldsUpItsOwnTypesOnly() {
        Iterator<Executor> hands = List.<Executor>of(hand, otherHand).iterator();
        Executor stuck = task -> block();
        startWith(patient(), Map.of("scripted", stuck, "plain", own), hands::next);
        named(() -> made("a"), "creator").start();
        await("it is stuck", () -> isBlocked("hand", "other hand"));
        awaitServed(made("plain", "p"), "where", "");
    }

    @Test
    void oneThatTakesATaskAndThrowsRunsNoActorTwiceAtATime() {
        AtomicInteger asked = new AtomicInteger();
        startWith(
                patient(),
                task -> {
                    asked.incrementAndGet();
                    own.execute(task);
                    throw new OutOfMemoryError("unable to create native thread");
                },
                hand);
        String id = made("a");
        script.act = self -> block();
        once(id, "first", null, "act");
        await("it runs", () -> isBlocked("own"));
        once(id, "second", null, "get");
        ticked();
        once(made("b"), "other", null, "get"); // behind what was tried again
        answer("other", 0);
        assertThat(isAnswered("second", 0)).isFalse();
        release.countDown();
        answer("first", 0);
        answer("second", 0);
        await("what has run is not tried for ever", () -> {
            int before = asked.get();
            ticked();
            return asked.get() == before;
        });
    }

    private void ticked() {
        awaitEnd("a tick", () -> CompletableFuture.runAsync(system::tick, ticks).join());
        awaitEnd("what it handed over", () -> CompletableFuture.runAsync(() -> {}, hand)
                .join());
    }

    @Test
    void aHandThatHasTooMuchToDoLosesNothing() {
        startWith(patient(), own, new Executor() {
            private int calls;

            @Override
            public void execute(Runnable task) {
                synchronized (this) {
                    if (++calls % 2 == 0) {
                        throw new RejectedExecutionException("full");
                    }
                }
                hand.execute(task);
            }
        });
        String id = made("a");
        for (int i = 1; i <= 10; i++) {
            once(id, "c" + i, null, "add", 1L);
            assertThat(answer("c" + i, 0).toString()).contains("result=" + i);
        }
    }
}
