package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Durability;
import org.thespis.api.State;
import org.thespis.runtime.message.Output;

/** What an atomic action that fails did has not happened. */
class AtomicActionsTest extends ScriptedFixture {

    private List<Output> atomically(Script.Part part) {
        script.act = part;
        String client = client();
        subscribe(client);
        outputs();
        actors.call(id, client, 1, "actAtomically");
        actors.runTasks();
        return outputs();
    }

    @Test
    void oneThatThrowsDoesNotDestroy() {
        atomically(self -> {
            self.actor.destroy();
            throw no();
        });
        assertThat(exists()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("org.thespis.runtime.TurnsThatBreakTest#throwables")
    void whateverItThrowsNothingOfItIsLeft(Throwable thrown) {
        List<Output> told = atomically(self -> {
            self.add(5);
            self.actor.schedule().after(Duration.ofHours(1), "get");
            self.actor.connection().send("direct");
            throw thrown;
        });
        assertThat(told).singleElement().isInstanceOf(Output.Failed.class);
        assertThat(stored()).contains("\"count\":0").doesNotContain("schedule");
    }

    @Test
    void oneThatThrowsTellsNothingAlsoIfTheStateCannotBeReadBack() {
        act(self -> self.odd = new Scripted.NoDefault("x"));
        List<Output> told = atomically(self -> {
            self.add(5);
            throw no();
        });
        assertThat(told).isNotEmpty().noneMatch(output -> output instanceof Output.Event);
    }

    @Test
    void oneWhoseResultCannotBeSentDidNothing() {
        script.give = self -> {
            self.count++;
            Scripted.Node circle = new Scripted.Node();
            circle.next = circle;
            return circle;
        };
        actors.call(id, client(), 1, "giveAtomically");
        actors.runTasks();
        assertThat(outputs()).anyMatch(output -> output instanceof Output.Failed);
        assertThat(stored()).contains("\"count\":0");
    }

    @Test
    void whomItDisconnectedBeforeItThrewIsDisconnected() {
        String other = client();
        List<Output> told = atomically(self -> {
            self.actor.connections().get(other).orElseThrow().disconnect("kicked");
            throw no();
        });
        assertThat(told).contains(new Output.Closed(other, 1000, "kicked"));
        assertThat(script.count("disconnect " + other)).isEqualTo(1);
    }

    @Test
    void oneThatIsPlannedAndThrowsIsNotRepeated() {
        act(self -> self.actor.schedule().after(Duration.ofSeconds(1), "actAtomically"));
        actors.clock.advance(Duration.ofSeconds(2));
        script.act = self -> {
            self.count = 5;
            throw no();
        };
        tick();
        tick();
        assertThat(script.count("act")).isEqualTo(2);
        assertThat(stored()).contains("\"count\":0").doesNotContain("schedule");
    }

    @Test
    void oneWhoseStageHasNotCompletedDidNothing() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> {
            self.count = 7;
            return stage;
        };
        once("h", "giveAtomically");
        actors.runTasks();
        stage.completeExceptionally(no());
        actors.runTasks();
        assertThat(answers(outputs(), "h")).hasSize(1);
        assertThat(bean().count).isZero();
    }

    /** Keeps nothing. */
    @Actor(value = "careless", durability = Durability.NONE)
    static class Careless {
        @State
        int count;

        @Action
        int add(int by) {
            return count += by;
        }

        @Action(atomic = true)
        int addAndThrow(int by) {
            count += by;
            throw no();
        }
    }

    @Test
    void oneIsAllOrNothingWhateverTheDurability() {
        actors = system(LONG, Careless.class);
        String careless = actors.actor("careless", "c");
        String client = actors.client(careless);
        actors.call(careless, client, 1, "addAndThrow", 1L);
        actors.call(careless, client, 2, "add", 1L);
        actors.runTasks();
        assertThat(answers(outputs(), client)).contains(new Output.Reply(client, 2, 1));
    }
}
