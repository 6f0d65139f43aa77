package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.EventSink;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.StateSettings;

/** Whatever happens in a turn, it ends: callers are answered, what it did is kept or taken back, the actor goes on. */
class TurnsThatBreakTest extends ScriptedFixture {

    /** One whose text cannot be had. */
    private static final class Rude extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no text");
        }
    }

    static Stream<Throwable> throwables() {
        RuntimeException circle = new RuntimeException("one");
        circle.initCause(new RuntimeException("two", circle));
        return Stream.of(
                new IllegalStateException("broken"),
                new Exception("checked"),
                new AssertionError("broken"),
                new StackOverflowError(),
                new OutOfMemoryError("as it were"),
                new NoClassDefFoundError("a.Missing"),
                new ThreadDeath(),
                new Throwable("bare"),
                new Rude(),
                circle);
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whateverAnActionThrowsItsCallerIsAnsweredAndWhatItDidIsKept(Throwable thrown) {
        List<Output> told = act(self -> {
            self.count = 7;
            throw thrown;
        });
        assertThat(told).hasSize(1);
        assertThat(error(told.get(0)).reason()).isEqualTo("rivetkit.internal_error");
        assertThat(stored()).contains("\"count\":7");
        assertThat(act(self -> self.count++)).containsExactly(new Output.Reply("client-2", 1, 8));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whateverATaskOfTheExecutorThrowsTheActorSleepsAfterwards(Throwable thrown) {
        actors.system.instance(id).execute(() -> ScriptedFixture.<RuntimeException>sneak(thrown));
        awaitAsleep();
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void whateverAHookThrowsTheTurnsGoOn(Throwable thrown) {
        script.onStateChange = self -> {
            throw thrown;
        };
        script.onDisconnect = (self, connection) -> {
            throw thrown;
        };
        script.onSleep = self -> {
            throw thrown;
        };
        script.preDestroy = self -> {
            throw thrown;
        };
        assertThat(act(self -> self.count = 3)).containsExactly(new Output.Reply("client-1", 1, 3));
        disconnect("client-1");
        awaitAsleep();
        assertThat(script.story()).contains("changed", "disconnect client-1", "sleep", "preDestroy");
        assertThat(stored()).contains("\"count\":3");
    }

    @Test
    void aStateThatCannotBeWrittenIsAnswered() {
        assertThat(act(self -> self.tie())).isNotEmpty();
    }

    @Test
    void aStateThatCannotBeWrittenIsAnsweredBeforeTheTimeLimit() {
        actors = system(LONG);
        assertThat(act(self -> self.tie()))
                .singleElement()
                .satisfies(told -> assertThat(error(told).code()).isNotEqualTo("action_timed_out"));
    }

    @Test
    void aStateThatCannotBeWrittenIsTakenBackAndTheActorGoesOn() {
        String client = client();
        script.act = self -> self.tie();
        actors.call(id, client, 1, "act");
        actors.call(id, client, 2, "get");
        actors.call(id, client, 3, "add", 1L);
        actors.runTasks();
        List<Output> told = answers(outputs(), client);
        assertThat(error(told.get(0)).code()).isEqualTo("state_unwritable");
        assertThat(told.subList(1, 3)).containsExactly(new Output.Reply(client, 2, 0), new Output.Reply(client, 3, 1));
        assertThat(bean().node).isNull();
    }

    @Test
    void aStateThatContainsItselfIsAnswered() {
        assertThat(act(self -> {
                    self.node = new Scripted.Node();
                    self.node.next = self.node;
                }))
                .isNotEmpty();
    }

    @Test
    void aStateThatIsTooDeepIsAnswered() {
        assertThat(act(self -> {
                    for (int i = 0; i < 20_000; i++) {
                        Scripted.Node node = new Scripted.Node();
                        node.next = self.node;
                        self.node = node;
                    }
                }))
                .isNotEmpty();
    }

    @Test
    void whenAStateCannotBeWrittenNoEventTellsOfIt() {
        String guest = client();
        subscribe(guest);
        outputs();
        act(self -> {
            self.add(5);
            self.tie();
        });
        assertThat(actors.outputs).noneMatch(output -> output instanceof Output.Event);
        assertThat(stored()).contains("\"count\":0");
    }

    /** Where what {@code @CanSubscribe} changes is looked for. */
    private void verifyAlways() {
        ActorSettings usual = settings(LONG);
        actors = new TestActors(
                new ActorSettings(
                                usual.actionTimeout(),
                                usual.createTimeout(),
                                usual.sleepTimeout(),
                                usual.sleepGrace(),
                                usual.commitTimeout(),
                                usual.maxWaitingCalls(),
                                usual.maxSubscriptions())
                        .with(new StateSettings(Verification.Policy.ALWAYS, 1_000_000)),
                store,
                Scripted.class);
    }

    @Test
    void aSubscriptionWhoseTurnIsTakenBackIsNone() {
        verifyAlways();
        String client = client();
        script.canSubscribe = (self, connection) -> self.count++;
        actors.system.deliver(id, new Command.Subscribe(client, "asked", true));
        actors.runTasks();
        assertThat(answers(outputs(), client))
                .singleElement()
                .satisfies(told -> assertThat(error(told).code()).isEqualTo("read_only"));
        script.act = self -> self.actor.broadcast("asked", 1);
        actors.call(id, client, 1, "act");
        actors.runTasks();
        assertThat(outputs()).singleElement().isInstanceOf(Output.Reply.class);
    }

    @Test
    void aSubscriptionThatStoodStandsWhenAskingAnewIsTakenBack() {
        verifyAlways();
        String client = client();
        actors.system.deliver(id, new Command.Subscribe(client, "asked", true));
        script.canSubscribe = (self, connection) -> self.count++;
        actors.system.deliver(id, new Command.Subscribe(client, "asked", true));
        actors.runTasks();
        outputs();
        script.act = self -> self.actor.broadcast("asked", 1);
        actors.call(id, client, 1, "act");
        actors.runTasks();
        assertThat(outputs()).anyMatch(Output.Event.class::isInstance);
    }

    @Test
    void aTaskThatThrowsKeepsWhatItDid() {
        subscribe(client());
        outputs();
        actors.system.instance(id).execute(() -> {
            bean().count = 7;
            bean().actor.broadcast("added", 7);
            throw new IllegalStateException("task");
        });
        actors.runTasks();
        assertThat(outputs()).as("event").hasSize(1);
        assertThat(stored()).contains("\"count\":7");
    }

    @Test
    void afterATaskThatThrewTheActorSleeps() {
        actors.system.instance(id).execute(() -> {
            throw new IllegalStateException("task");
        });
        awaitAsleep();
        assertThat(live()).isZero();
    }

    @Test
    void aStackThatOverflowsInAnActionHarmsThatCallOnly() {
        assertThat(act(self -> {
                    self.count = 4;
                    overflow(self);
                }))
                .singleElement()
                .satisfies(told -> assertThat(error(told).reason()).isEqualTo("rivetkit.internal_error"));
        assertThat(stored()).contains("\"count\":4");
    }

    private static int overflow(Scripted self) {
        return overflow(self) + 1;
    }

    @Test
    void ofAnEventThatCannotBeSentTheActionIsToldAndNothingElseIsHarmed() {
        String guest = client();
        subscribe(guest);
        outputs();
        List<Output> told = act(self -> {
            self.add(1);
            Scripted.Node circle = new Scripted.Node();
            circle.next = circle;
            self.actor.broadcast("added", circle);
        });
        assertThat(error(told.get(0)).reason()).isEqualTo("rivetkit.internal_error");
        assertThat(act(self -> self.add(1))).containsExactly(new Output.Reply("client-3", 1, 2));
    }

    @Test
    void onStateChangeIsNotCalledByATurnThatOnlyReads() {
        act(self -> {
            for (int i = 0; i < 40; i++) {
                self.map.put("key" + i * 7919, "v");
            }
        });
        disconnect("client-1");
        awaitAsleep();
        script.steps.clear();
        once("h", "get");
        actors.runTasks();
        assertThat(isAnswered("h")).isTrue();
        assertThat(script.story()).contains("wake").doesNotContain("changed");
    }

    @Test
    void whenOnStateChangeLeavesAStateThatCannotBeWrittenTheWholeTurnIsTakenBack() {
        script.onStateChange = self -> self.tie();
        List<Output> told = act(self -> self.count = 9);
        assertThat(error(told.get(0)).code()).as("nothing was done").isEqualTo("state_unwritable");
        script.onStateChange = self -> {};
        assertThat(act(self -> {})).containsExactly(new Output.Reply("client-2", 1, 0));
    }

    @Test
    void aPlannedActionThatLeavesAStateThatCannotBeWrittenIsNotRepeated() {
        act(self -> self.actor.schedule().after(Duration.ofSeconds(1), "act"));
        script.steps.clear();
        actors.clock.advance(Duration.ofSeconds(2));
        script.act = self -> {
            if (script.count("act") < 20) { // else it would be called for ever
                self.tie();
            }
        };
        tick();
        assertThat(script.count("act")).isEqualTo(1);
    }

    @Test
    void whoseStateCannotBeWrittenIsToldSoAlsoIfItsStageCompletesLater() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> {
            self.count = 7;
            self.tie();
            return stage;
        };
        once("h", "give");
        actors.runTasks();
        stage.complete("done");
        actors.runTasks();
        assertThat(bean().count).as("taken back").isZero();
        assertThat(error(answers(outputs(), "h").get(0)).code()).isEqualTo("state_unwritable");
    }

    @Test
    void whateverBreaksWhileTheOutputIsEncodedTheCallIsAnsweredAndTheActorSleeps() {
        AtomicBoolean broken = new AtomicBoolean();
        actors.system.connect(new EventSink() {
            @Override
            public void deliver(Output output) {
                actors.outputs.add(output);
            }

            @Override
            public Runnable prepare(List<Output> outputs) {
                if (!outputs.isEmpty() && broken.compareAndSet(false, true)) {
                    throw new OutOfMemoryError("as it were: a huge answer");
                }
                return EventSink.super.prepare(outputs);
            }
        });
        once("h", "get");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).hasSize(1);
        awaitAsleep();
    }

    @Test
    void aStageThatCompletesWithItselfIsAnswered() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        stage.complete(stage);
        script.give = self -> stage;
        once("h", "give");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).hasSize(1);
    }

    @Test
    void aTurnThatLeavesItsThreadInterruptedDoesNotHarmTheNext() {
        List<Boolean> interrupted = new ArrayList<>();
        act(self -> {
            Thread.currentThread().interrupt();
            self.actor.executor().execute(() -> interrupted.add(Thread.interrupted()));
        });
        boolean left = Thread.interrupted();
        assertThat(interrupted).containsExactly(false);
        assertThat(left).isFalse();
    }

    @Test
    void theThreadThatBroughtACallIsNotLeftInterrupted() {
        act(self -> Thread.currentThread().interrupt());
        assertThat(Thread.interrupted()).isFalse();
    }
}
