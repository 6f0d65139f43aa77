package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** Which actors live on a node of several. */
class ResidenceTest extends ScriptedFixture {

    private Residence residence() {
        return actors.system.residence();
    }

    /** Lets the actor go, to its end. */
    private void letGo() {
        residence().admit(other -> !other.equals(id));
        CompletableFuture<Void> gone = residence().letGo(id::equals, LONG);
        actors.runTasks();
        assertThat(gone).isCompleted();
    }

    @Test
    void whoIsLetGoEndsWithItsHooksAndItsClientsMayComeBack() {
        String client = client();
        act(self -> self.count++);
        outputs();
        letGo();
        assertThat(outputs()).contains(new Output.Closed(client, 1001, "ws.going_away"));
        assertThat(script.has("disconnect " + client, "a")).isTrue();
        assertThat(script.has("sleep", "a")).isTrue();
        assertThat(stored()).contains("\"count\":1");
        assertThat(live()).isZero();
    }

    @Test
    void whoAsksAnActorOfAnotherNodeIsToldThatItWasNotRun() {
        letGo();
        once("guest", "add", 1);
        assertThat(error(answers(outputs(), "guest").get(0))).isEqualTo(ActorError.restarting());
        assertThat(live()).isZero();
    }

    @Test
    void anActorThatIsAdmittedAgainIsThereAgain() {
        letGo();
        residence().admit(any -> true);
        once("guest", "add", 1);
        actors.runTasks();
        assertThat(answers(outputs(), "guest").get(0)).isInstanceOf(Output.Reply.class);
    }

    @Test
    void aNewActorGetsAnIdThatMayLiveHere() {
        residence().admit(other -> other.endsWith("7"));
        assertThat(List.of(made("b"), made("c"), made("d"))).allMatch(made -> made.endsWith("7"));
    }

    @Test
    void whoIsLetGoAsTheApplicationStopsEndsOnceWithItsHooks() throws InterruptedException {
        String client = client();
        act(self -> self.count++);
        CompletableFuture<Void> gone = residence().letGo(id::equals, LONG); // its end waits in the executor
        Thread stop = ThreadsFixture.named(() -> actors.system.stop(LONG), "stop");
        stop.start();
        assertThat(ThreadsFixture.happens(() -> {
                    actors.runTasks();
                    return !stop.isAlive() && gone.isDone();
                }))
                .isTrue();
        assertThat(script.steps.stream().filter(step -> step.what().equals("sleep")))
                .hasSize(1);
        assertThat(script.steps.stream().filter(step -> step.what().equals("disconnect " + client)))
                .hasSize(1);
        assertThat(stored()).contains("\"count\":1");
        assertThat(live()).isZero();
    }

    @Test
    void whoIsLetGoWhileTheStoreIsAwayIsGivenUpAfterTheGraceAndItsCallersAreTold() {
        script.act = self -> self.count++;
        String client = client();
        store.down = true;
        actors.call(id, client, 1, "act");
        residence().admit(other -> !other.equals(id));
        CompletableFuture<Void> gone = residence().letGo(id::equals, SHORT);
        assertThat(ThreadsFixture.happens(() -> {
                    actors.runTasks();
                    actors.system.tick();
                    return gone.isDone() && live() == 0;
                }))
                .isTrue();
        assertThat(answers(outputs(), client)).hasSize(1).allMatch(Output.Failed.class::isInstance);
        store.down = false;
        assertThat(stored()).contains("\"count\":0");
    }
}
