package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;

/** Who waits is told when the time is over; what was begun runs on, and is neither lost nor run twice. */
class TimeLimitsTest extends ScriptedFixture {

    private final CompletableFuture<String> stage = new CompletableFuture<>();

    TimeLimitsTest() {
        actors = system(SHORT);
        script.give = self -> stage.thenApplyAsync(
                text -> {
                    self.count++;
                    script.note("ended", self);
                    return text;
                },
                self.actor.executor());
    }

    private void awaitTimedOut(String client) {
        passUntil("the caller is told", () -> isAnswered(client));
        assertThat(error(answers(outputs(), client).get(0)).code()).isEqualTo("action_timed_out");
    }

    private void request(String client) {
        ActorRequest request = new ActorRequest("GET", "/", Map.of(), Map.of(), new byte[0]);
        actors.system.deliver(id, new Command.Request(client, Undefined.UNDEFINED, Caller.ANONYMOUS, request));
        actors.runTasks();
    }

    @Test
    void anActionWhoseCallerWasToldThatItTimedOutRunsOn() {
        String client = client();
        actors.call(id, client, 1, "give");
        awaitTimedOut(client);
        disconnect(client);
        awaitOthersAsleep();
        stage.complete("x");
        actors.runTasks();
        assertThat(script.story()).contains("ended");
        assertThat(stored()).contains("\"count\":1");
        assertThat(answers(outputs(), client)).as("a second answer").isEmpty();
        awaitAsleep();
    }

    @Test
    void aRequestThatTimedOutDoesNotKeepTheActorAwakeForEver() {
        script.onRequest = (self, request) -> new CompletableFuture<>();
        request("r");
        awaitTimedOut("r");
        awaitAsleep();
        assertThat(live()).isZero();
    }

    @Test
    void aResponseThatComesTooLateIsNone() {
        CompletableFuture<ActorResponse> response = new CompletableFuture<>();
        script.onRequest = (self, request) -> response;
        request("r");
        awaitTimedOut("r");
        response.complete(new ActorResponse(200, Map.of(), new byte[0]));
        actors.runTasks();
        assertThat(outputs()).isEmpty();
    }

    @Test
    void whatTookLongerThanItsLimitIsToldSoAlsoIfTheTimerHasNotLooked() {
        List<Output> told = act(self -> {
            long end = System.nanoTime() + SHORT.toNanos();
            while (System.nanoTime() - end < 0) {
                pause();
            }
            self.count = 4;
        });
        assertThat(told).hasSize(1);
        assertThat(error(told.get(0)).code()).isEqualTo("action_timed_out");
        assertThat(stored()).contains("\"count\":4");
    }

    @Test
    void aStageThatFailsAfterItsTimeIsSilent() {
        String client = client();
        actors.call(id, client, 1, "give");
        awaitTimedOut(client);
        stage.completeExceptionally(new AssertionError("late"));
        actors.runTasks();
        assertThat(outputs()).isEmpty();
        disconnect(client);
        awaitAsleep();
    }

    @Test
    void aCallThatWaitedTooLongIsNotRun() {
        String client = client();
        script.act = self -> {
            actors.call(id, client, 2, "add", 1L);
            while (!actors.outputs.toString().contains("requestId=2")) {
                pause();
                actors.system.tick();
            }
        };
        actors.call(id, client, 1, "act");
        actors.runTasks();
        assertThat(bean().count).isZero();
        assertThat(answers(outputs(), client)).hasSize(2);
    }

    @Actor("patient")
    static class Patient {
        @Action(timeoutMillis = Long.MAX_VALUE)
        int get() {
            return 7;
        }
    }

    @Test
    void anActionMayHaveAllTheTimeInTheWorld() {
        actors = system(LONG, Patient.class);
        String patient = actors.actor("patient", "p");
        String client = actors.client(patient);
        actors.call(patient, client, 1, "get");
        actors.runTasks();
        assertThat(outputs()).contains(new Output.Reply(client, 1, 7));
    }

    @Test
    void manyCallsWhoseTimeIsOverDoNotHoldUpTheTimer() {
        script.give = self -> new CompletableFuture<>();
        int calls = 20_000;
        actors = new TestActors(new ActorSettings(SHORT, LONG, LONG, LONG, LONG, calls, 10), store, Scripted.class);
        String client = client();
        for (int i = 0; i < calls; i++) {
            actors.call(id, client, i, "give");
        }
        actors.outputs.clear();
        pause();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean(); // a machine may be busy with something else
        long before = threads.getCurrentThreadCpuTime();
        actors.system.tick();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(5));
        assertThat(actors.outputs).hasSizeGreaterThan(calls / 2);
    }
}
