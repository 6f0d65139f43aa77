package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Connection;
import org.thespis.api.CreateConnectionState;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnConnect;
import org.thespis.api.Undefined;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** What a client sends as it connects reaches each hook that asks for it. */
class ConnectParametersTest {

    public record Params(String name) {}

    @Actor("hall")
    static class Hall {

        private String before;
        private String seen = "nobody";

        @OnBeforeConnect
        void before(Params params) {
            before = String.valueOf(params);
        }

        @CreateConnectionState
        String state(Params params) {
            return before + " " + params;
        }

        @OnConnect
        void connected(Connection connection, Params params) {
            seen = connection.state(String.class) + " " + params;
        }

        @Action
        String seen() {
            return seen;
        }
    }

    @Actor("strict")
    static class Strict {
        @OnConnect
        void connected(Params params) {}
    }

    private final TestActors actors = new TestActors(Hall.class, Strict.class);

    private void connect(String actor, String client, Object parameters) {
        actors.outputs.clear();
        actors.system.deliver(actor, new Command.Connect(client, parameters, Caller.ANONYMOUS));
    }

    private Object seen(Object parameters) {
        String hall = actors.actor("hall", "a");
        connect(hall, "c", parameters);
        actors.call(hall, "c", 1, "seen");
        return actors.outputs.stream()
                .filter(Output.Reply.class::isInstance)
                .map(output -> ((Output.Reply) output).result())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachHookIsGivenThem() {
        String ann = new Params("ann").toString();
        assertThat(seen(Map.of("name", "ann"))).isEqualTo(ann + " " + ann + " " + ann);
    }

    @Test
    void whoSendsNoneIsNull() {
        assertThat(seen(Undefined.UNDEFINED)).isEqualTo("null null null");
    }

    @Test
    void whatDoesNotFitRefusesTheConnection() {
        connect(actors.actor("strict", "a"), "c", List.of("ann"));
        assertThat(actors.outputs).last().isEqualTo(new Output.Closed("c", 1011, "actor.invalid_argument"));
    }
}
