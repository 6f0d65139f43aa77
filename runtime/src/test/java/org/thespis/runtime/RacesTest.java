package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Races and failures, each with its interleaving held in place. */
class RacesTest extends ThreadsFixture {

    private void anotherWrites(String id) {
        StoredActor now = store.memory.load(id).orElseThrow();
        store.memory.write(List.of(new Write(id, now.version(), now.state(), OptionalLong.empty())));
    }

    @Test
    void whoseWriteCameThroughBeforeAnotherWroteIsNotToldToTryAgain() {
        start(patient());
        String id = made("a");
        String guest = client(id);
        AtomicBoolean lost = new AtomicBoolean();
        store.after = access -> {
            if (access.equals("write") && lost.compareAndSet(false, true)) {
                anotherWrites(id); // on another node, on top of it
                throw new StoreException("the answer got lost", null, true);
            }
        };
        call(id, guest, 1, "add", 1L);
        Output answer = answer(guest, 1);
        assertThat(stored(id)).contains("\"count\":1");
        assertThat(code(answer)).isNotIn(TRY_AGAIN);
    }

    @Test
    void whoseFirstTurnCountsIsNotToldToTryAgainWhenItsLastTurnIsLost() throws InterruptedException {
        start(patient());
        String id = made("a");
        String guest = client(id);
        CompletableFuture<String> stage = new CompletableFuture<>();
        script.give = self -> {
            self.count = 7;
            return stage;
        };
        call(id, guest, 1, "give");
        await("its first turn counts", () -> stored(id).contains("\"count\":7"));
        store.before = access -> {
            if (access.equals("write")) {
                block();
            }
        };
        call(id, guest, 2, "add", 1L);
        stage.complete("done");
        letTurnsRun(id);
        anotherWrites(id);
        release.countDown();
        assertThat(code(answer(guest, 2))).isEqualTo("restarting");
        assertThat(code(answer(guest, 1))).isNotIn(TRY_AGAIN);
    }

    @Test
    void whatIsKeptInMemoryDuringAnOutageIsNotToBeTriedAgain() {
        start(settings(LONG, LONG, LONG, Duration.ofMillis(300)), DurabilityFixture.Lazy.class);
        String id = made("lazy", "a");
        store.down = true;
        once(id, "a", null, "addAndSave", 1L);
        Output answer = answer("a", 0);
        store.down = false;
        once(id, "b", null, "addAndSave", 0L);
        boolean counted = answer("b", 0).equals(new Output.Reply("b", 0, 1));
        assertThat(counted && TRY_AGAIN.contains(String.valueOf(code(answer))))
                .as("told " + answer + ", and it counts")
                .isFalse();
    }

    /** Lets what waits in an actor's mailbox run, without anything of its author's. */
    private void letTurnsRun(String id) throws InterruptedException {
        CountDownLatch behind = new CountDownLatch(1);
        system.instance(id).submit(turn -> behind.countDown());
        behind.await();
    }

    @Test
    void whoIsCalledWhileItsLastWorkIsWaitedForSleepsProperlyTheNextTime() throws InterruptedException {
        start(sleepy());
        script.onSleep = self -> self.actor.waitUntil(new CompletableFuture<>());
        String id = made("a");
        awaitStep("sleep", "a");
        for (int i = 0; i < 20; i++) {
            letTurnsRun(id); // until its work is waited for
            ScriptedFixture.pause();
        }
        script.onSleep = self -> {};
        once(id, "a", null, "add", 1L);
        answer("a", 0);
        await("it leaves memory", () -> system.instance(id) == null);
        List<String> story = script.story().stream()
                .filter(step -> !step.contains("connect"))
                .toList();
        assertThat(story.subList(story.size() - 2, story.size()))
                .as(story.toString())
                .containsExactly("sleep", "preDestroy");
    }

    /** An actor that sleeps. */
    private String asleep() {
        start(sleepy());
        String id = made("a");
        await("the actor sleeps", () -> system.instance(id) == null);
        script.steps.clear();
        return id;
    }

    /** Lets the store hang when it is asked for a state; says when it is. */
    private CountDownLatch loadsBlock() {
        CountDownLatch loading = new CountDownLatch(1);
        store.before = access -> {
            if (access.equals("load")) {
                loading.countDown();
                block();
            }
        };
        return loading;
    }

    @Test
    void whatCameBeforeTheStopDoesNotRunWhenTheStopIsOver() throws InterruptedException {
        String id = asleep();
        CountDownLatch loading = loadsBlock();
        Thread caller = named(() -> once(id, "a", null, "act"), "caller");
        caller.start();
        loading.await();
        AtomicBoolean over = new AtomicBoolean();
        AtomicBoolean ranTooLate = new AtomicBoolean();
        script.act = self -> ranTooLate.set(over.get());
        Thread stop = named(
                () -> {
                    system.stop(LONG);
                    over.set(true);
                },
                "stop");
        stop.start();
        stop.join(500); // one that waits for the caller may
        release.countDown();
        awaitEnd("the caller comes back", () -> join(caller));
        awaitEnd("the stop ends", () -> join(stop));
        await("the caller is told", () -> isAnswered("a", 0));
        assertThat(ranTooLate).isFalse();
    }

    @Test
    void whoConnectedBeforeTheStopDoesNotKeepAnActorInMemoryBehindIt() throws InterruptedException {
        String id = asleep();
        CountDownLatch loading = loadsBlock();
        Thread caller = named(() -> connect(id, "a"), "caller");
        caller.start();
        loading.await();
        Thread stop = named(() -> system.stop(LONG), "stop");
        stop.start();
        stop.join(500); // one that waits for the caller may
        release.countDown();
        awaitEnd("the caller comes back", () -> join(caller));
        awaitEnd("the stop ends", () -> join(stop));
        system.deliver(id, new Command.Disconnect("a"));
        assertThat(happens(() -> system.instance(id) == null))
                .as("it leaves memory: " + script.story())
                .isTrue();
        assertThat(script.count("disconnect a")).isEqualTo(script.count("connect a"));
    }

    @Test
    void nothingOfAnAuthorRunsBetweenOnSleepAndTheEndOfAStop() {
        start(patient());
        String id = made("a");
        script.onSleep = self -> {
            self.count++;
            store.before = access -> {
                if (access.equals("write")) {
                    block();
                }
            };
        };
        Thread stop = named(() -> system.stop(LONG), "stop");
        stop.start();
        awaitStep("sleep", "a");
        AtomicBoolean ran = new AtomicBoolean();
        try {
            system.instance(id).execute(() -> ran.set(true));
        } catch (RejectedExecutionException e) {
            // as well
        }
        release.countDown();
        awaitEnd("the stop ends", () -> join(stop));
        assertThat(ran).isFalse();
    }

    @Test
    void anInstanceThatIsLostInItsOnSleepLeaves() {
        start(sleepy());
        AtomicReference<String> made = new AtomicReference<>();
        script.onSleep = self -> {
            await("it is made", () -> made.get() != null);
            system.instance(made.get()).lifeCycle().lost(ActorError.restarting());
        };
        made.set(made("a"));
        await("it leaves memory", () -> system.instance(made.get()) == null);
        assertThat(script.count("preDestroy")).isEqualTo(1);
    }
}
