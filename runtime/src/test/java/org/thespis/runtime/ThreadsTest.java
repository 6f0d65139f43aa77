package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;

/** Authors' code runs on threads for turns only, and one that blocks holds up nobody else. */
class ThreadsTest extends ThreadsFixture {

    /** An actor in the store that has planned something, which is due. */
    private void due(String key, long wakeAt) {
        byte[] plan = ("{\"format\":1,\"state\":{\"count\":0},\"schedule\":[{\"id\":\"x\",\"next\":1000,"
                        + "\"action\":\"act\",\"arguments\":[]}]}")
                .getBytes(StandardCharsets.UTF_8);
        store.memory.create(new ActorRecord(key, "scripted", ActorKey.of(key), Instant.now()), plan, wakeAt);
    }

    @Test
    void aPlannedActionThatBlocksDoesNotHoldUpOtherActors() {
        start(settings(Duration.ofMillis(300), LONG, LONG, LONG));
        String slow = made("slow");
        String other = made("other");
        String third = made("third");
        String guest = client(third);
        script.act = self -> {
            if (self.count++ == 0 && self != script.beans.get("third")) {
                self.actor.schedule().after(Duration.ofMillis(50), "act");
            } else if (self == script.beans.get("other")) {
                script.note("came", self);
            } else {
                script.note("blocks", self);
                block();
            }
        };
        call(slow, client(slow), 1, "act");
        awaitStep("blocks", "slow");
        call(other, client(other), 1, "act");
        pool.execute(() -> call(third, guest, 1, "act")); // a call that will time out
        awaitStep("came", "other");
        await("the third actor's caller is told", () -> isAnswered(guest, 1));
    }

    @Test
    void onSleepRunsOnAThreadForTurns() {
        start(sleepy());
        made("a");
        awaitStep("sleep", "a");
        assertThat(script.threads("sleep")).containsOnly("pool");
    }

    @Test
    void anOnWakeThatBlocksDoesNotKeepOthersAsleep() {
        start(sleepy());
        script.onWake = self -> {
            if (self.key().equals("a")) {
                block();
            }
        };
        due("a", 1_000);
        due("b", 1_001);
        awaitStep("wake", "a");
        awaitStep("act", "b");
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 200})
    void actorsThatCannotWakeDoNotKeepOthersAsleep(int broken) {
        start(patient());
        script.onWake = self -> {
            if (self.key().startsWith("broken")) {
                throw new IllegalStateException("no");
            }
        };
        for (int i = 0; i < broken; i++) {
            due("broken" + i, 1_000 + i);
        }
        due("good", 5_000);
        awaitStep("act", "good");
    }

    @Test
    void onWakeDoesNotRunOnTheThreadThatWritesStates() {
        start(sleepy());
        String id = made("eleven");
        String other = made("b");
        String guest = client(other);
        script.steps.clear();
        CountDownLatch write = new CountDownLatch(1);
        store.beforeWrite = writes -> {
            try {
                write.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };
        script.onSleep = self -> self.count++;
        awaitStep("sleep", "eleven");
        connect(id, "x"); // somebody comes while the state of OnSleep is being written
        CompletableFuture<Boolean> answeredMeanwhile = new CompletableFuture<>();
        script.onWake = self -> {
            if (self.key().equals("eleven")) {
                call(other, guest, 7, "add", 1); // asks another actor, and waits for its answer
                answeredMeanwhile.complete(happens(() -> isAnswered(guest, 7)));
            }
        };
        write.countDown();
        await("OnWake", answeredMeanwhile::isDone);
        assertThat(answeredMeanwhile).as("commits of others go on").isCompletedWithValue(true);
        assertThat(script.threads("wake")).doesNotContain("commits");
    }

    @Test
    void preDestroyDoesNotRunOnTheThreadThatWritesStates() {
        start(sleepy());
        made("a");
        script.onSleep = self -> self.count++;
        awaitStep("preDestroy", "a");
        assertThat(script.threads("preDestroy")).doesNotContain("commits", "timer");
    }

    @Test
    void onSleepAtAStopRunsOnAThreadForTurns() {
        start(patient());
        String id = made("a");
        script.act = self -> self.actor.keepAwake(new CompletableFuture<>());
        String guest = client(id);
        call(id, guest, 1, "act");
        answer(guest, 1);
        system.stop(Duration.ofMillis(400));
        awaitStep("sleep", "a");
        assertThat(script.threads("sleep")).containsOnly("pool");
    }

    @Test
    void hooksOfALostInstanceDoNotRunOnTheThreadThatWritesStates() {
        start(patient());
        String id = made("a");
        String guest = client(id);
        var now = store.memory.load(id).orElseThrow();
        store.memory.write(java.util.List.of(new org.thespis.api.spi.StateStore.Write(
                id, now.version(), now.state(), java.util.OptionalLong.empty())));
        call(id, guest, 1, "add", 1);
        awaitStep("preDestroy", "a");
        assertThat(script.threads("disconnect " + guest))
                .doesNotContain("commits", "timer")
                .hasSize(1);
        assertThat(script.threads("preDestroy")).doesNotContain("commits", "timer");
    }
}
