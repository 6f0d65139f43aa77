package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.api.Undefined;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.protocol.ServerMessage;
import org.thespis.protocol.WireCodec;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** A store that throws, hangs or refuses: everybody is told, and who can be served is. */
class StoreFailuresTest extends ThreadsFixture {

    private static final Duration COMMIT_TIMEOUT = Duration.ofMillis(300);

    private String a;
    private String b;
    private String guestOfA;
    private String guestOfB;

    private void begin(Duration action) {
        start(settings(action, LONG, LONG, COMMIT_TIMEOUT));
        a = made("a");
        b = made("b");
        guestOfA = client(a);
        guestOfB = client(b);
    }

    static Stream<Throwable> throwables() {
        return Stream.of(
                new IllegalStateException("IJ000470: pool is shut down"), // not a StoreException
                new StoreException("deadlock", null),
                new StackOverflowError(),
                new NoClassDefFoundError("a.Driver"));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whateverTheStoreThrowsAllAreAnsweredAndCommitsGoOn(Throwable thrown) {
        begin(LONG);
        AtomicReference<Throwable> next = new AtomicReference<>(thrown);
        store.before = access -> {
            Throwable now = access.equals("write") ? next.getAndSet(null) : null;
            if (now != null) {
                ScriptedFixture.<RuntimeException>sneak(now);
            }
        };
        call(a, guestOfA, 1, "add", 1);
        answer(guestOfA, 1);
        call(b, guestOfB, 1, "add", 1); // another actor, the store is well again
        assertThat(answer(guestOfB, 1)).isEqualTo(new Output.Reply(guestOfB, 1, 1));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whateverTheStoreThrowsWhenItLoadsWhoCallsIsToldAndTheNextTriesAgain(Throwable thrown) {
        start(sleepy());
        String id = made("a");
        await("the actor sleeps", () -> system.instance(id) == null);
        store.before = access -> {
            if (access.equals("load")) {
                ScriptedFixture.<RuntimeException>sneak(thrown);
            }
        };
        once(id, "h");
        await("the caller is told", () -> isAnswered("h", 0));
        store.before = access -> {};
        once(id, "i");
        assertThat(answer("i", 0)).isEqualTo(new Output.Reply("i", 0, 1));
    }

    private void once(String id, String client) {
        system.deliver(
                id, new Command.CallOnce(client, Undefined.UNDEFINED, Caller.ANONYMOUS, "add", List.of(1L), null));
    }

    @Test
    void anAnswerThatCannotBeEncodedDoesNotEndAllCommits() {
        begin(LONG);
        Queue<Long> tried = new ConcurrentLinkedQueue<>();
        system.connect(output -> {
            try { // as the gateway does
                if (output instanceof Output.Reply reply) {
                    WireCodec.CBOR.encode(new ServerMessage.ActionResponse(reply.requestId(), reply.result()));
                }
                outputs.add(output);
            } catch (RuntimeException e) {
                // the gateway says so in the log
            } finally {
                if (output instanceof Output.Reply reply && reply.clientId().equals(guestOfA)) {
                    tried.add(reply.requestId());
                }
            }
        });
        for (int depth = 500; depth <= 14_000; depth += 500) {
            int levels = depth;
            script.give = self -> {
                self.count++;
                Object nested = "x";
                for (int i = 0; i < levels; i++) {
                    nested = List.of(nested);
                }
                return nested;
            };
            call(a, guestOfA, depth, "give");
            await("an answer of depth " + depth, () -> tried.contains((long) levels) || isAnswered(guestOfA, levels));
            call(b, guestOfB, depth, "add", 1); // another actor
            answer(guestOfB, depth);
        }
    }

    @Test
    void whenTheDatabaseHangsCallersAreTold() {
        begin(LONG);
        store.beforeWrite = writes -> block();
        call(a, guestOfA, 1, "add", 1);
        assertThat(answer(guestOfA, 1)).isInstanceOf(Output.Failed.class);
        assertThat(release.getCount()).as("it still hangs").isEqualTo(1);
    }

    @Test
    void aConnectionOfTheStoreThatHangsHoldsUpNoOtherActorForLong() {
        begin(LONG);
        store.beforeWrite = writes -> {
            if (writes.stream().anyMatch(write -> write.actorId().equals(a))) {
                block();
            }
        };
        call(a, guestOfA, 1, "add", 1);
        assertThat(answer(guestOfA, 1)).isInstanceOf(Output.Failed.class);
        call(b, guestOfB, 1, "add", 1);
        assertThat(answer(guestOfB, 1)).isEqualTo(new Output.Reply(guestOfB, 1, 1));
    }

    @Test
    void oneActorWhoseStateTheStoreRefusesDoesNotHarmItsNeighbours() {
        begin(LONG);
        CountDownLatch both = new CountDownLatch(1);
        store.beforeWrite = writes -> {
            try {
                both.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (writes.stream().anyMatch(write -> write.actorId().equals(a))) {
                throw new StoreException("value too long", null);
            }
        };
        String c = made("c");
        call(c, client(c), 1, "add", 1); // is on its way while the two gather
        call(a, guestOfA, 1, "add", 1);
        call(b, guestOfB, 1, "add", 1);
        both.countDown();
        assertThat(answer(guestOfB, 1)).isEqualTo(new Output.Reply(guestOfB, 1, 1));
        assertThat(answer(guestOfA, 1)).isInstanceOf(Output.Failed.class);
    }

    @Test
    void noAnswerLeavesOfAStateThatIsThrownAway() {
        start(patient());
        String id = made("a");
        String guest = client(id);
        Scripted bean = script.beans.get("a");
        CountDownLatch losing = new CountDownLatch(1);
        StoredActor now = store.memory.load(id).orElseThrow();
        byte[] another = "{\"format\":1,\"state\":{\"count\":50,\"map\":{}}}".getBytes(StandardCharsets.UTF_8);
        store.memory.write(List.of(new Write(id, now.version(), another, OptionalLong.empty())));
        CountDownLatch write = new CountDownLatch(1);
        store.beforeWrite = writes -> {
            try {
                write.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        // work of its own, that hears the end of the actor
        system.instance(id).execute(() -> {
            bean.count++; // changes the state, tells nobody
            bean.actor.ending().thenRun(losing::countDown);
        });
        script.act = self -> {
            self.count = 7;
            await(
                    "the instance is lost",
                    () -> system.instance(id) == null || system.instance(id).isGone());
        };
        pool.execute(() -> call(id, guest, 1, "act"));
        awaitStep("act", "a");
        write.countDown(); // refused: the instance is lost while the action runs
        assertThat(answer(guest, 1)).as("stored: " + stored(id)).isInstanceOf(Output.Failed.class);
        await("its work hears it", () -> losing.getCount() == 0);
        assertThat(stored(id)).contains("\"count\":50");
    }

    @Test
    void periodicLosesAboutASecondNotAnOutage() {
        start(settings(LONG, LONG, LONG, COMMIT_TIMEOUT), DurabilityFixture.Lazy.class);
        String id = made("lazy", "a");
        store.down = true;
        AtomicInteger failures = new AtomicInteger();
        store.before = access -> {
            if (access.equals("write")) {
                failures.incrementAndGet();
            }
        };
        int called = 0;
        long down = 0;
        // some calls before, during and after the time in which the first write is given up
        while (failures.get() == 0 || System.nanoTime() - down < 5 * COMMIT_TIMEOUT.toNanos()) {
            down = failures.get() == 0 ? System.nanoTime() : down;
            once(id, "c" + ++called);
            ScriptedFixture.pause();
        }
        int last = called;
        await("all are answered", () -> isAnswered("c" + last, 0));
        long acknowledged = outputs.stream()
                .filter(output -> output instanceof Output.Reply)
                .count();
        assertThat(acknowledged).as("calls that do not wait for the store").isPositive();
        store.down = false;
        await("what was acknowledged is stored", () -> stored(id).contains("\"count\":" + acknowledged));
    }
}
