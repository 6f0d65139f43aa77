package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Connections that the gateway wants to end, as those whose token has run out. */
class WantedEndsTest extends DurabilityFixture {

    private static final ActorError WHY = ActorError.of("auth", "token_expired", "The token has run out");

    private Command.End end(String of) {
        return new Command.End(of, WHY);
    }

    private static Output.Closed closed(String who) {
        return new Output.Closed(who, 1011, "auth.token_expired");
    }

    @Test
    void theEndComesBehindAllThatWasSentBeforeHoweverLongThatTakesToBeDurable() {
        actors.system.deliver(counter, new Command.Subscribe(client, "added", true));
        actors.call(counter, client, 1, "add", 1L);
        actors.system.deliver(counter, end(client));
        actors.call(counter, client, 2, "add", 2L);
        assertThat(outputs()).isEmpty();
        actors.runTasks();
        assertThat(outputs().subList(0, 3))
                .containsExactly(
                        new Output.Event(List.of(client), "added", List.of(11)),
                        new Output.Reply(client, 1, 11),
                        closed(client));
    }

    @Test
    void theConnectionIsGoneThen() {
        actors.system.deliver(counter, new Command.Subscribe(client, "added", true));
        actors.system.deliver(counter, end(client));
        actors.system.deliver(counter, end(client));
        actors.call(counter, actors.client(counter), 1, "add", 1L);
        actors.runTasks();
        assertThat(outputs()).noneMatch(output -> output instanceof Output.Event);
    }

    @Test
    void whoIsNotThereIsClosedAllTheSame() {
        actors.system.deliver(counter, end("nobody"));
        actors.runTasks();
        assertThat(outputs()).containsExactly(closed("nobody"));
        actors.system.deliver("6ba7b810-9dad-11d1-80b4-00c04fd430c8", end("nobody"));
        assertThat(outputs()).containsExactly(closed("nobody"));
    }
}
