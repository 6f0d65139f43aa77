package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoredActor;

/** A stop waits for what comes to its end, and for nothing else. */
class StopTest extends ThreadsFixture {

    @Test
    void itReturnsWhenItsGraceIsOver() {
        start(patient());
        made("a");
        script.onSleep = self -> block();
        awaitEnd("the stop", () -> system.stop(Duration.ofMillis(300)));
        assertThat(release.getCount()).as("OnSleep still blocks").isEqualTo(1);
    }

    @Test
    void itReturnsWhenItsGraceIsOverAlsoIfAnActionBlocks() {
        start(patient());
        String id = made("a");
        String guest = client(id);
        script.act = self -> block();
        pool.execute(() -> call(id, guest, 1, "act"));
        awaitStep("act", "a");
        awaitEnd("the stop", () -> system.stop(Duration.ofMillis(300)));
    }

    @Test
    void itReturnsWhenItsGraceIsOverAlsoIfTheStoreHangs() {
        start(patient());
        String id = made("a");
        store.beforeWrite = writes -> block();
        call(id, client(id), 1, "add", 1);
        awaitEnd("the stop", () -> system.stop(Duration.ofMillis(300)));
    }

    @Test
    void itDoesNotWaitForAnActorThatIsLost() {
        start(patient());
        String id = made("a");
        StoredActor now = store.memory.load(id).orElseThrow();
        store.memory.write(List.of(new Write(id, now.version(), now.state(), OptionalLong.empty()))); // another one
        script.onSleep = self -> self.count++;
        awaitEnd("the stop", () -> system.stop(Duration.ofMinutes(10)));
        assertThat(script.has("sleep", "a")).isTrue();
    }

    @Test
    void anOnSleepThatBlocksDoesNotKeepTheOthersFromTheirs() {
        start(patient());
        made("a");
        String b = made("b");
        script.onSleep = self -> {
            if (self.key().equals("a")) {
                block();
            }
            self.count = 4;
        };
        awaitEnd("the stop", () -> system.stop(Duration.ofMillis(500)));
        await("the other's state is saved", () -> stored(b).contains("\"count\":4"));
    }

    @Test
    void whoAsksWhileItGoesOnWaitsForTheSameEnd() throws Exception {
        start(patient());
        String a = made("a");
        script.onSleep = self -> {
            block();
            self.count = 4;
        };
        Thread first = named(() -> system.stop(LONG), "first");
        first.start();
        awaitStep("sleep", "a");
        AtomicReference<String> seen = new AtomicReference<>();
        Thread second = named(
                () -> {
                    system.stop(LONG);
                    seen.set(stored(a));
                },
                "second");
        second.start();
        await("the second waits", () -> second.getState() == Thread.State.TIMED_WAITING || !second.isAlive());
        release.countDown();
        first.join();
        second.join();
        assertThat(seen.get()).contains("\"count\":4");
    }

    @Test
    void whoAsksWhileItGoesOnWaitsForNoLongerThanItsOwnGrace() {
        start(patient());
        made("a");
        script.onSleep = self -> block();
        Thread first = named(() -> system.stop(LONG), "first");
        first.start();
        awaitStep("sleep", "a");
        awaitEnd("the second stop", () -> system.stop(Duration.ofMillis(50)));
        assertThat(release.getCount()).as("OnSleep still blocks").isEqualTo(1);
    }
}
