package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.Durability;
import org.thespis.api.OnCreate;
import org.thespis.runtime.message.Output;

/** What is planned comes once, and harms nobody, whatever it does. */
class PlannedCallsTest extends ScriptedFixture {

    static final AtomicInteger TICKS = new AtomicInteger();

    @Actor(value = "careless", durability = Durability.NONE)
    static class Careless {
        ActorContext actor;

        @OnCreate
        void create() {
            actor.schedule().after(Duration.ofSeconds(5), "tick");
        }

        @Action
        void tick() {
            TICKS.incrementAndGet();
        }
    }

    private void plan(String action, Object... arguments) {
        act(self -> self.actor.schedule().after(Duration.ZERO, action, arguments));
        disconnect("client-1");
    }

    @Test
    void allThatIsDueHappensAtOnce() {
        act(self -> {
            for (int i = 0; i < 50; i++) {
                self.actor.schedule().after(Duration.ZERO, "add", 1);
            }
        });
        tick();
        assertThat(bean().count).isEqualTo(50);
    }

    @Test
    void aPlanOfAnActorThatIsNotDurableHappensOnce() {
        actors = system(LONG, Careless.class);
        TICKS.set(0);
        String careless = actors.actor("careless", "n");
        actors.clock.advance(Duration.ofSeconds(6));
        passUntil("it happens and the actor sleeps", () -> actors.system.instance(careless) == null);
        AtomicInteger asked = new AtomicInteger();
        store.after = access -> {
            if (access.equals("due")) {
                asked.incrementAndGet();
            }
        };
        passUntil("the store is asked twice who is due", () -> asked.get() == 2);
        tick();
        assertThat(TICKS).hasValue(1);
    }

    @Test
    void oneThatCompletesLaterKeepsTheActorAwake() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        script.give = self -> stage.thenApplyAsync(
                text -> {
                    self.count++;
                    script.note("ended", self);
                    return text;
                },
                self.actor.executor());
        plan("give");
        awaitOthersAsleep();
        assertThat(script.story()).contains("give");
        stage.complete("x");
        actors.runTasks();
        assertThat(script.story()).contains("ended");
        assertThat(stored()).contains("\"count\":1");
        awaitAsleep();
    }

    @Test
    void aNullInThePlaceOfAllArgumentsIsTheOnlyArgument() {
        assertThat(act(self -> {
                    self.actor.broadcast("x", (Object[]) null);
                    self.actor.schedule().after(Duration.ZERO, "get", (Object[]) null);
                }))
                .containsExactly(new Output.Reply("client-1", 1, 0));
    }

    @Test
    void whateverOneThrowsIsNotRepeatedAndTheNextComes() {
        for (Throwable thrown : TurnsThatBreakTest.throwables().toList()) {
            script.steps.clear();
            script.give = self -> {
                throw thrown;
            };
            bean().count = 0;
            act(self -> {
                self.actor.schedule().after(Duration.ZERO, "give");
                self.actor.schedule().after(Duration.ZERO, "add", 1);
            });
            tick();
            tick();
            assertThat(script.count("give")).as(thrown.getClass().getName()).isEqualTo(1);
            assertThat(bean().count).isEqualTo(1);
        }
        assertThat(stored()).doesNotContain("schedule");
    }

    @Test
    void aStageThatFailsIsNotRepeatedAndTheActorSleeps() {
        script.give = self -> CompletableFuture.failedFuture(new AssertionError("later"));
        plan("give");
        awaitAsleep();
        assertThat(script.count("give")).isEqualTo(1);
        assertThat(stored()).doesNotContain("schedule");
    }

    @Test
    void oneMayDestroyTheActorAndTheOthersDoNotComeAnyMore() {
        act(self -> {
            self.actor.schedule().after(Duration.ofSeconds(1), "act");
            self.actor.schedule().after(Duration.ofSeconds(2), "add", 1);
        });
        script.act = self -> self.actor.destroy();
        actors.clock.advance(Duration.ofSeconds(3));
        tick();
        assertThat(exists()).isFalse();
        assertThat(bean().count).isZero();
    }

    @Test
    void ofTwoInstancesThatAreBothDueOneCounts() {
        act(self -> self.actor.schedule().after(Duration.ofSeconds(5), "add", 1));
        TestActors first = actors;
        actors = system(LONG);
        once("h", "get"); // wakes it here, too
        actors.runTasks();
        for (TestActors each : new TestActors[] {first, actors}) {
            each.clock.advance(Duration.ofSeconds(6));
            each.system.tick();
            each.runTasks();
        }
        assertThat(stored()).contains("\"count\":1");
    }

    @Test
    void onePlannedWhileTheStoreIsOutOfReachIsNotThereAfterwards() {
        act(self -> {
            store.down = true;
            self.actor.schedule().after(Duration.ofSeconds(1), "add", 1);
        });
        store.down = false;
        actors.clock.advance(Duration.ofSeconds(2));
        once("h", "get");
        tick();
        assertThat(stored()).contains("\"count\":0").doesNotContain("schedule");
    }
}
