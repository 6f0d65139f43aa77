package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** What is sent is what was there when it was sent. */
class SentValuesTest extends ScriptedFixture {

    @Test
    void theBytesOfAnEventAreTakenAsTheyAreWhenItIsSent() {
        String client = client();
        outputs();
        byte[] buffer = {1, 2, 3};
        script.act = self -> {
            self.actor.connections().get(client).orElseThrow().send("bytes", (Object) buffer);
            buffer[0] = 9;
        };
        actors.call(id, client, 5, "act");
        actors.runTasks();
        Output.Event event = (Output.Event) outputs().stream()
                .filter(output -> output instanceof Output.Event)
                .findFirst()
                .orElseThrow();
        assertThat((byte[]) event.arguments().get(0)).containsExactly(1, 2, 3);
    }

    @Test
    void theBodyOfAResponseIsTheOneThatWasGiven() {
        byte[] buffer = {1, 2, 3};
        script.onRequest = (self, request) -> {
            self.count++; // so that it waits for its state
            return CompletableFuture.completedFuture(ActorResponse.bytes(buffer));
        };
        ActorRequest request = new ActorRequest("GET", "/", Map.of(), Map.of(), new byte[0]);
        actors.system.deliver(id, new Command.Request("h", Undefined.UNDEFINED, Caller.ANONYMOUS, request));
        buffer[0] = 9;
        actors.runTasks();
        Output.Responded responded = (Output.Responded) answers(outputs(), "h").get(0);
        assertThat(responded.response().body()).containsExactly(1, 2, 3);
    }
}
