package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Instances that fall asleep, are stopped or are lost: each call is answered once, and no state that is told is lost. */
class EndingsTest extends ScriptedFixture {

    private Thread stopping() {
        Thread stopping = new Thread(() -> actors.system.stop(LONG));
        stopping.setDaemon(true);
        stopping.start();
        passUntilStopWaits(stopping);
        return stopping;
    }

    private static void passUntilStopWaits(Thread stopping) {
        while (stopping.isAlive() && stopping.getState() != Thread.State.TIMED_WAITING) {
            pause();
        }
    }

    private void runUntilEnd(Thread stopping) {
        while (stopping.isAlive()) {
            actors.runTasks();
            pause();
        }
    }

    @Test
    void noEventLeavesOfAStateThatIsNotWrittenWhenTheApplicationStops() {
        subscribe(client());
        outputs();
        script.onSleep = self -> self.count = 100;
        var instance = actors.system.instance(id);
        Scripted bean = bean();
        Thread stopping = stopping();
        assertThat(actors.tasks).isNotEmpty();
        instance.execute(
                () -> { // an action's later part, as by thenApplyAsync(..., actor.executor())
                    bean.add(5);
                    actors.runTasks(); // meanwhile the state of OnSleep is written
                });
        runUntilEnd(stopping);
        String event = outputs().stream()
                .filter(output -> output instanceof Output.Event)
                .map(Object::toString)
                .findFirst()
                .orElse("none");
        assertThat(event.contains("105") && !stored().contains("105"))
                .as("told: " + event + ", stored: " + stored())
                .isFalse();
    }

    @Test
    void onSleepComesOnceWhenTheApplicationStopsWhileTheActorFallsAsleep() {
        script.onSleep = self -> self.count++;
        fallAsleep();
        runUntilEnd(stopping());
        assertThat(script.count("sleep")).isEqualTo(1);
        assertThat(stored()).contains("\"count\":1");
    }

    /** OnSleep has run; its state is on its way. */
    private void fallAsleep() {
        while (!script.story().contains("sleep")) {
            actors.system.tick();
            Runnable task = actors.tasks.poll();
            if (task != null) {
                task.run();
            }
            pause();
        }
        assertThat(actors.system.instance(id)).isNotNull();
    }

    @Test
    void whoComesWhenOnSleepHasRunMeetsTheSameInstanceBehindOnWake() {
        Scripted bean = bean();
        script.onSleep = self -> self.number = 1; // so that its state is on its way for a moment
        fallAsleep();
        once("h", "add", 5L);
        actors.runTasks();
        assertThat(answers(outputs(), "h")).containsExactly(new Output.Reply("h", 0, 5));
        assertThat(script.story()).startsWith("sleep", "changed", "wake").doesNotContain("preDestroy");
        assertThat(bean()).isSameAs(bean);
    }

    @Test
    void whenTheStateOfOnSleepCannotBeWrittenTheActorComesBackFromWhatIsStored() {
        act(self -> self.count = 5);
        disconnect("client-1");
        script.onSleep = self -> {
            self.count = 6;
            store.down = true;
        };
        awaitAsleep();
        store.down = false;
        script.onSleep = self -> {};
        assertThat(act(self -> {})).containsExactly(new Output.Reply("client-2", 1, 5));
    }

    @Test
    void whenOnSleepLeavesAStateThatCannotBeWrittenTheRestIsKept() {
        act(self -> self.count = 5);
        disconnect("client-1");
        script.onSleep = self -> self.tie();
        awaitAsleep();
        assertThat(stored()).contains("\"count\":5");
    }

    @Test
    void onSleepMayDestroy() {
        script.onSleep = self -> self.actor.destroy();
        awaitAsleep();
        assertThat(exists()).isFalse();
        assertThat(script.story()).containsExactly("sleep", "destroyed", "preDestroy");
    }

    @Test
    void aStopTellsWhoRunsThatItMayHaveHadEffectsAndWhoComesThatNothingWasRun() {
        String client = client();
        script.give = self -> new CompletableFuture<>();
        actors.call(id, client, 1, "give");
        outputs();
        actors.stop(java.time.Duration.ofMillis(200));
        actors.call(id, client, 2, "get");
        List<Output> told = answers(outputs(), client);
        assertThat(told).extracting(output -> error(output).code()).containsExactly("gone", "service_unavailable");
        assertThat(script.story()).containsExactly("give", "disconnect " + client, "sleep", "preDestroy");
    }

    @Test
    void whatOnDisconnectChangesAtAStopIsSaved() {
        client();
        script.onDisconnect = (self, connection) -> self.count = 8;
        actors.stop(LONG);
        assertThat(stored()).contains("\"count\":8");
    }

    @Test
    void aStopWithAStoreOutOfReachTellsCallersAndEnds() {
        String client = client();
        actors.call(id, client, 1, "add", 1L);
        store.down = true;
        runUntilEnd(stopping());
        assertThat(answers(outputs(), client)).singleElement().isInstanceOf(Output.Failed.class);
        assertThat(stored()).contains("\"count\":0");
    }

    @Test
    void twoWhoStopAtOnceBothReturn() {
        Thread one = stopping();
        Thread two = stopping();
        runUntilEnd(one);
        runUntilEnd(two);
        assertThat(script.count("sleep")).isEqualTo(1);
    }

    @Test
    void ofALostInstanceNothingIsToldThatIsNotStored() {
        String client = client();
        subscribe(client);
        outputs();
        anotherWrites("{\"format\":1,\"state\":{\"count\":50}}");
        actors.call(id, client, 1, "add", 1L);
        actors.call(id, client, 2, "add", 1L);
        actors.call(id, client, 3, "get");
        actors.runTasks();
        List<Output> told = outputs();
        assertThat(answers(told, client)).hasSize(3).allMatch(output -> output instanceof Output.Failed);
        assertThat(told).noneMatch(output -> output instanceof Output.Event);
        assertThat(act(self -> {})).containsExactly(new Output.Reply("client-2", 1, 50));
    }

    @Test
    void aLostInstanceThatWaitsForAStageAnswersItsCaller() {
        String client = client();
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> stage;
        actors.call(id, client, 1, "give");
        anotherWrites(null);
        actors.call(id, client, 2, "add", 1L);
        actors.runTasks();
        assertThat(answers(outputs(), client)).hasSize(2);
        stage.complete("late");
        actors.runTasks();
        assertThat(answers(outputs(), client)).isEmpty();
        assertThat(live()).isZero();
    }

    @Test
    void preDestroyThatThrowsDoesNotKeepAnInstance() {
        script.preDestroy = self -> {
            throw new StackOverflowError();
        };
        awaitAsleep();
        once("h", "get");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).containsExactly(new Output.Reply("h", 0, 0));
    }

    @Test
    void whoIsToldOfTheEndAndThrowsHarmsNobody() {
        act(self -> self.actor.ending().thenRun(() -> {
            throw new AssertionError("ending");
        }));
        disconnect("client-1");
        awaitAsleep();
        assertThat(script.story()).endsWith("sleep", "preDestroy");
    }

    @Test
    void aStateThatCannotBeReadIsToldToAllWhoComeAndLeftAlone() {
        String unreadable = "{\"format\":1,\"state\":{\"count\":\"many\"}}";
        anotherWrites(unreadable);
        actors = system(LONG);
        once("h", "get");
        connect("c");
        actors.system.deliver(id, new Command.Subscribe("c", "e", true));
        actors.runTasks();
        List<Output> told = outputs();
        assertThat(error(answers(told, "h").get(0)).code()).isEqualTo("state_unreadable");
        assertThat(told).contains(new Output.Closed("c", 1011, "actor.state_unreadable"));
        assertThat(stored()).isEqualTo(unreadable);
        assertThat(live()).isZero();
    }
}
