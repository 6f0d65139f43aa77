package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.Durability;
import org.thespis.api.State;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Outages, stores that lie, and threads that cannot be started: what was acknowledged counts, once. */
class OutagesTest extends ThreadsFixture {

    private static volatile CountDownLatch inAction = new CountDownLatch(1);
    private static volatile CountDownLatch blocked = new CountDownLatch(1);

    /** Saved now and then. */
    @Actor(value = "periodic", durability = Durability.PERIODIC)
    static class Periodic {

        ActorContext actor;

        @State
        int count;

        @Action
        int add(int by) {
            count += by;
            return count;
        }

        @Action
        int addAndSave(int by) {
            actor.saveState();
            return add(by);
        }

        @Action
        void block() throws InterruptedException {
            blocked.countDown();
            inAction.await();
        }
    }

    @Test
    void twoNodesThatComeToTheSameStateDoNotBothCount() {
        assertAcknowledgedIsStored(1);
    }

    /** The same with states that differ. */
    @Test
    void twoNodesThatComeToDifferentStatesDoNotBothCount() {
        assertAcknowledgedIsStored(2);
    }

    private void assertAcknowledgedIsStored(long others) {
        start(patient());
        String id = made("a");
        ActorSystem other = another(patient());
        once(other, id, "wakes", null, "get");
        answer("wakes", 0);
        AtomicBoolean failed = new AtomicBoolean();
        store.before = access -> {
            if (access.equals("write") && failed.compareAndSet(false, true)) {
                once(other, id, "b", null, "add", others); // writes while this one is out of reach
                await("the other one's write", () -> isAnswered("b", 0));
                throw new StoreException("down", null);
            }
        };
        once(id, "a", null, "add", 1L);
        Output first = answer("a", 0);
        Output second = answer("b", 0);
        long acknowledged = (first instanceof Output.Reply ? 1 : 0) + (second instanceof Output.Reply ? others : 0);
        assertThat(stored(id)).as(first + ", " + second).contains("\"count\":" + acknowledged);
    }

    @Test
    void whoseStateCameThroughInAnEarlierOutageIsNotToldToTryAgainWhenAnotherOneWrites() {
        assertThat(toldBehindTwoOutages(true)).isNotIn(TRY_AGAIN);
    }

    /** The same with a mailbox that is free, so that the news of the outage come to their turn. */
    @Test
    void whoseStateCameThroughIsToldSoWhenTheOutageComesToItsTurn() {
        assertThat(toldBehindTwoOutages(false)).isNotIn(TRY_AGAIN);
    }

    private String toldBehindTwoOutages(boolean busy) {
        inAction = new CountDownLatch(1);
        AtomicLong lastTry = new AtomicLong();
        AtomicInteger tries = new AtomicInteger();
        start(settings(LONG, LONG, LONG, Duration.ofMillis(400)), Periodic.class);
        String id = made("periodic", "a");
        store.before = access -> {
            if (access.equals("write")) {
                lastTry.set(System.nanoTime());
                if (tries.getAndIncrement() > 0) {
                    throw new StoreException("down", null);
                }
            }
        };
        store.after = access -> {
            if (access.equals("write") && tries.get() == 1) {
                throw new StoreException("the answer got lost", null, true);
            }
        };
        once(id, "a", null, "addAndSave", 5L);
        if (busy) {
            pool.execute(() -> once(id, "b", null, "block"));
        }
        await(
                "it is tried again, and given up",
                () -> tries.get() > 1 && System.nanoTime() - lastTry.get() > TimeUnit.MILLISECONDS.toNanos(250));
        var now = store.memory.load(id).orElseThrow(); // it has come through
        assertThat(stored(id)).contains("\"count\":5");
        store.memory.write(
                List.of(new Write(id, now.version(), now.state(), OptionalLong.empty()))); // another node, on top of it
        store.after = access -> {};
        store.before = access -> {};
        String told = code(answer("a", 0));
        inAction.countDown();
        assertThat(told).isNotNull();
        return told;
    }

    @Test
    void anOutageThatIsOverWhenTheStopComesToItsTurnCostsNothing() throws InterruptedException {
        assertThat(storedBehindAStop(true)).contains("\"count\":5");
    }

    /** The same without the outage: the moment in which nothing is written is not what costs the state. */
    @Test
    void aMomentWithoutWritesAtAStopCostsNothing() throws InterruptedException {
        assertThat(storedBehindAStop(false)).contains("\"count\":5");
    }

    private String storedBehindAStop(boolean outage) throws InterruptedException {
        inAction = new CountDownLatch(1);
        blocked = new CountDownLatch(1);
        AtomicLong lastTry = new AtomicLong();
        start(settings(LONG, LONG, LONG, Duration.ofMillis(1_200)), Periodic.class);
        String id = made("periodic", "a");
        store.before = access -> {
            if (access.equals("write")) {
                lastTry.set(System.nanoTime());
            }
        };
        store.down = outage;
        once(id, "a", null, "add", 5L);
        assertThat(answer("a", 0)).isEqualTo(new Output.Reply("a", 0, 5));
        pool.execute(() -> once(id, "b", null, "block")); // the stop's turn is to come before the news of the outage
        await("it runs", () -> blocked.getCount() == 0);
        Thread stop = named(() -> system.stop(LONG), "stop");
        stop.start();
        await("the stop waits", () -> stop.getState() == Thread.State.TIMED_WAITING);
        if (outage) {
            await(
                    "the store is tried, and given up",
                    () -> lastTry.get() != 0 && System.nanoTime() - lastTry.get() > TimeUnit.MILLISECONDS.toNanos(250));
        }
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) { // a moment in which no state is written
            commits.execute(() -> {
                held.countDown();
                try {
                    busy.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        held.await();
        if (outage) {
            assertThat(stored(id)).as("before").contains("\"count\":0");
        }
        store.down = false;
        inAction.countDown();
        stop.join(200); // far less than the patience
        busy.countDown();
        awaitEnd("the stop", () -> join(stop));
        return stored(id);
    }

    @Test
    void aThreadThatCannotBeStartedDoesNotEndAllCommits() {
        AtomicBoolean none = new AtomicBoolean(true);
        system = new ActorSystem(
                List.of(ActorDefinition.of(Scripted.class)),
                TestActors::bean,
                store,
                pool,
                task -> {
                    if (none.getAndSet(false)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    commits.execute(task);
                },
                pool,
                settings(LONG, LONG, LONG, Duration.ofMillis(500)));
        system.connect(outputs::add);
        String a = made("a");
        String b = made("b");
        once(a, "a", null, "add", 1L);
        await("one is told", () -> {
            system.tick();
            return isAnswered("a", 0);
        });
        once(b, "b", null, "add", 1L);
        await("the other one is told", () -> {
            system.tick();
            return isAnswered("b", 0);
        });
        assertThat(answer("b", 0)).isEqualTo(new Output.Reply("b", 0, 1));
    }

    @Test
    void whatWaitsForAStateIsBoundedForSocketsToo() {
        start(patient());
        String id = made("a");
        script.onWebSocket = (self, socket) -> socket.onMessage(message -> socket.send("echo"));
        system.deliver(id, new Command.OpenSocket("s", Undefined.UNDEFINED, Caller.ANONYMOUS, "/", Map.of()));
        await("it is open", () -> outputs.stream().anyMatch(o -> o instanceof Output.Opened));
        CountDownLatch writing = new CountDownLatch(1);
        store.beforeWrite = writes -> {
            writing.countDown();
            block();
        };
        once(id, "a", null, "add", 1L);
        await("a write hangs", () -> writing.getCount() == 0);
        for (int i = 0; i < 5_000; i++) {
            system.deliver(id, new Command.SocketMessage("s", new ActorWebSocket.Message.Text("m")));
        }
        assertThat(outputs).noneMatch(o -> o instanceof Output.SocketSent);
        release.countDown();
        answer("a", 0);
        await("all has left", () -> {
            int before = outputs.size();
            ScriptedFixture.pause();
            return before == outputs.size();
        });
        assertThat(outputs.stream().filter(o -> o instanceof Output.SocketSent).count())
                .isLessThanOrEqualTo(1_100);
    }
}
