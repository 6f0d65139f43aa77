package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.Output;

/** Exceptions that cannot be asked for anything are exceptions like others. */
class StubbornExceptionsTest extends ScriptedFixture {

    /** One that cannot be asked for its cause. */
    private static final class Stubborn extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable getCause() {
            throw this;
        }
    }

    @Test
    void whoseActionThrowsWhatCannotBeAskedForItsCauseIsAnswered() {
        assertThat(act(self -> {
                    throw new Stubborn();
                }))
                .hasSize(1);
    }

    @Test
    void whoseStageFailsWithWhatCannotBeAskedForItsCauseIsAnswered() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> stage;
        once("h", "give");
        stage.completeExceptionally(new Stubborn());
        actors.runTasks();
        assertThat(answers(outputs(), "h")).hasSize(1);
    }

    @Test
    void nothingIsToldOfAStateThatIsNotStoredWhenOnDisconnectThrowsWhatCannotBeAsked() {
        script.onDisconnect = (self, connection) -> {
            throw new Stubborn();
        };
        store.down = true; // nothing can be stored
        once("h", "add", 5L);
        assertThat(outputs()).noneMatch(output -> output instanceof Output.Reply);
    }

    @Test
    void anActorWhoseOnSleepThrowsWhatCannotBeAskedLeavesMemory() {
        script.onSleep = self -> {
            throw new Stubborn();
        };
        awaitAsleep();
    }

    @Test
    void whomOnConnectRefusesWithWhatCannotBeAskedIsClosed() {
        script.onConnect = (self, connection) -> {
            throw new Stubborn();
        };
        connect("c");
        assertThat(outputs()).anyMatch(output -> output instanceof Output.Closed);
    }
}
