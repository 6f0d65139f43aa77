package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
}
