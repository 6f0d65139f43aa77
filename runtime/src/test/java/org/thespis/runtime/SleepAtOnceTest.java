package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.Durations;

/** An actor that wants to sleep leaves memory as soon as it may, whatever its idle time; and no sooner. */
class SleepAtOnceTest extends ScriptedFixture {

    private static final int LOOKS = 50;

    @Override
    TestActors system(Duration actionTimeout, Class<?>... others) {
        ActorSettings never = new ActorSettings(
                actionTimeout, LONG, Durations.LONGEST, Duration.ofMillis(50), Duration.ofMillis(500), 1_000, 10);
        return new TestActors(never, store, Scripted.class);
    }

    private void once(Script.Part part) {
        script.act = part;
        once("once", "act");
        actors.runTasks();
    }

    private void staysAwake() {
        for (int i = 0; i < LOOKS; i++) {
            tick();
        }
        assertThat(live()).isEqualTo(1);
    }

    @Test
    void itSleepsAfterTheTurnWithItsStateAndItsHook() {
        once(self -> {
            self.count = 3;
            self.actor.sleep();
        });
        assertThat(answers(outputs(), "once").toString()).contains("result=3");
        awaitAsleep();
        assertThat(script.story()).containsSubsequence("act", "changed", "sleep", "preDestroy");
        assertThat(stored()).contains("\"count\":3");
        once("next", "get");
        actors.runTasks();
        assertThat(answers(outputs(), "next").toString()).contains("result=3");
    }

    @Test
    void withoutTheWishItStays() {
        once(self -> self.count = 3);
        staysAwake();
    }

    @Test
    void itStaysWhileSomebodyIsConnectedAndServesThem() {
        String client = client();
        once(self -> self.actor.sleep());
        staysAwake();
        actors.call(id, client, 1, "add", 2L);
        actors.runTasks();
        assertThat(answers(outputs(), client).toString()).contains("result=2");
        staysAwake();
        disconnect(client);
        awaitAsleep();
    }

    @Test
    void whoClosesTheConnectionsInTheSameTurnSleepsAtOnce() {
        client();
        once(self -> {
            self.actor.connections().stream().toList().forEach(connection -> connection.disconnect());
            self.actor.sleep();
        });
        awaitAsleep();
        assertThat(script.story()).containsSubsequence("act", "sleep", "preDestroy");
    }

    @Test
    void itWaitsForWorkThatKeepsItAwakeAndForOpenCalls() {
        CompletableFuture<Void> work = new CompletableFuture<>();
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> {
            self.actor.keepAwake(work);
            self.actor.sleep();
            return stage;
        };
        once("giver", "give");
        actors.runTasks();
        staysAwake();
        stage.complete("x");
        actors.runTasks();
        staysAwake();
        assertThat(answers(outputs(), "giver").toString()).contains("result=x");
        work.complete(null);
        awaitAsleep();
    }

    @Test
    void whatIsTakenBackTakesTheWishAlong() {
        script.act = self -> {
            self.actor.sleep();
            throw no();
        };
        once("atomic", "actAtomically");
        actors.runTasks();
        staysAwake();
        once(self -> {
            self.actor.sleep();
            self.tie();
        });
        assertThat(answers(outputs(), "once").toString()).contains("state_unwritable");
        staysAwake();
    }

    @Test
    void anActionThatThrowsKeepsTheWish() {
        once(self -> {
            self.actor.sleep();
            throw no();
        });
        awaitAsleep();
    }

    @Test
    void onOnWakeItServesWhatItWasWokenFor() {
        script.onWake = self -> self.actor.sleep();
        once(self -> self.actor.sleep());
        awaitAsleep();
        for (int i = 1; i <= 3; i++) {
            once("waker" + i, "add", 1L);
            actors.runTasks();
            assertThat(answers(outputs(), "waker" + i).toString()).contains("result=" + i);
            awaitAsleep();
        }
        assertThat(script.count("wake")).isEqualTo(3);
    }

    @Test
    void anActorThatWantsToSleepAsItIsCreatedDoesSo() {
        script.onCreate = self -> self.actor.sleep();
        String other = actors.actor("scripted", "other");
        passUntil("it leaves memory", () -> actors.system.instance(other) == null);
        assertThat(store.memory.find(other)).isPresent();
    }

    @Test
    void anActorThatIsDestroyedInTheSameTurnIsGone() {
        once(self -> {
            self.actor.sleep();
            self.actor.destroy();
        });
        passUntil("it is gone", () -> !exists());
        assertThat(script.count("sleep")).isZero();
        assertThat(script.count("destroyed")).isEqualTo(1);
    }

    @Test
    void aHookThatThrowsDoesNotKeepItAwake() {
        script.onSleep = self -> {
            throw no();
        };
        once(self -> self.actor.sleep());
        awaitAsleep();
    }

    @Test
    void aStateThatCannotBeWrittenDoesNotKeepItAwakeEither() {
        script.onSleep = self -> {
            store.down = true;
            self.count = 8;
        };
        once(self -> self.actor.sleep());
        awaitAsleep();
        store.down = false;
        once("next", "get");
        actors.runTasks();
        assertThat(answers(outputs(), "next").toString()).contains("result=0");
    }

    @Test
    void nobodyMayWishItOutsideOfATurn() {
        assertThatThrownBy(() -> bean().actor.sleep()).isInstanceOf(IllegalStateException.class);
        staysAwake();
    }
}
