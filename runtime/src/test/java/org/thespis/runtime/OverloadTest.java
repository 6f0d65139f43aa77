package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorWebSocket.Message;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** What waits in a busy actor has a limit, and who is over it is told. */
class OverloadTest extends ScriptedFixture {

    @Test
    void messagesAndSubscriptionsThatWaitAreBounded() {
        String client = client();
        outputs();
        script.act = self -> {
            for (int i = 0; i < 50_000; i++) {
                actors.system.deliver(id, new Command.SocketMessage("s", new Message.Text("x")));
                actors.system.deliver(id, new Command.Subscribe("c", "e", true));
            }
        };
        actors.call(id, client, 1, "act");
        int refused = actors.outputs.size() - 1;
        assertThat(refused).as("of 100,000 in a queue whose limit is 1,000").isPositive();
    }

    @Test
    void connectionsThatWaitAreBoundedAndWhoIsOverIsClosed() {
        String client = client();
        outputs();
        script.act = self -> {
            for (int i = 0; i < 3_000; i++) {
                connect("c" + i);
            }
        };
        actors.call(id, client, 1, "act");
        assertThat(outputs())
                .filteredOn(output -> output instanceof Output.Closed)
                .hasSize(2_000);
        actors.runTasks();
        assertThat(outputs())
                .filteredOn(output -> output instanceof Output.Opened)
                .hasSize(1_000);
    }

    @Test
    void tasksOfTheExecutorThatWaitAreBounded() {
        List<Exception> thrown = new ArrayList<>();
        act(self -> {
            for (int i = 0; i < 3_000; i++) {
                try {
                    self.actor.executor().execute(() -> self.count++);
                } catch (RejectedExecutionException e) {
                    thrown.add(e);
                }
            }
        });
        assertThat(thrown).hasSize(2_000);
        assertThat(stored()).contains("\"count\":1000");
    }

    @Test
    void whoLeavesIsNeverRefused() {
        String client = client();
        act(self -> {
            for (int i = 0; i < 3_000; i++) {
                once("h" + i, "get");
            }
            disconnect(client);
        });
        assertThat(script.count("disconnect " + client)).isEqualTo(1);
        assertThat(outputs())
                .noneMatch(output -> output instanceof Output.Failed failed
                        && failed.clientId().equals(client));
    }

    @Test
    void callsWhoseStagesDoNotCompleteAreBounded() {
        script.give = self -> new CompletableFuture<>();
        for (int i = 0; i < 5_000; i++) {
            once("h" + i, "give");
        }
        assertThat(outputs())
                .as("some are refused, as at most 1,000 may wait")
                .anyMatch(output -> output instanceof Output.Failed failed
                        && failed.error().code().equals("overloaded"));
    }

    @Test
    void whatFillsTheQueueDoesNotTakeTheSecondHalfOfAnothersCall() {
        CompletableFuture<Object> stage = new CompletableFuture<>();
        script.give = self -> stage.thenApplyAsync(done -> ++self.count, self.actor.executor());
        once("slow", "give");
        outputs();
        act(self -> {
            for (int i = 0; i < 2_000; i++) {
                once("h" + i, "get");
            }
            stage.complete("done");
        });
        actors.runTasks();
        assertThat(bean().count).isEqualTo(1);
    }

    @Test
    void connectionsThatWaitForTheStoreAreBounded() {
        once("h", "add", 1L); // on its way to the store
        outputs();
        for (int i = 0; i < 5_000; i++) {
            connect("c" + i);
        }
        assertThat(outputs()).as("told before the store has it").isNotEmpty();
    }

    @Test
    void whoSubscribesAndUnsubscribesWhateverItLikesIsServedAndBounded() {
        String client = client();
        outputs();
        for (int i = 0; i < 100_000; i++) {
            actors.system.deliver(id, new Command.Subscribe(client, "never" + i, false));
            actors.system.deliver(id, new Command.Subscribe(client, "same", true));
        }
        assertThat(outputs()).isEmpty();
        for (int i = 0; i < 100_000; i++) {
            actors.system.deliver(id, new Command.Subscribe(client, "other" + i, true));
        }
        assertThat(outputs()).hasSize(100_000 - 9);
    }

    @Test
    void aHundredThousandEventsAndPlansInATurnHarmNobody() {
        String client = client();
        subscribe(client);
        outputs();
        act(self -> {
            for (int i = 0; i < 100_000; i++) {
                self.actor.broadcast("added", i);
            }
            for (int i = 0; i < 100_000; i++) {
                try {
                    self.actor.schedule().after(Duration.ofHours(1), "get");
                } catch (IllegalStateException e) {
                    self.count++;
                }
            }
        });
        assertThat(bean().count).isEqualTo(99_000);
        once("h", "get");
        actors.runTasks();
        assertThat(answers(outputs(), "h")).contains(new Output.Reply("h", 0, 99_000));
    }

    @Test
    void callsAreAnsweredOnceWhateverTheirNumbers() {
        String client = client();
        long[] numbers = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 7, 7, 7};
        for (long number : numbers) {
            actors.call(id, client, number, "get");
        }
        actors.runTasks();
        assertThat(answers(outputs(), client)).hasSize(numbers.length);
    }
}
