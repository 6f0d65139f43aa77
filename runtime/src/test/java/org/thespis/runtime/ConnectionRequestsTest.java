package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorRequest;
import org.thespis.api.ActorResponse;
import org.thespis.api.ActorWebSocket;
import org.thespis.api.Connection;
import org.thespis.api.ConnectionRequest;
import org.thespis.api.CreateConnectionState;
import org.thespis.api.OnBeforeConnect;
import org.thespis.api.OnConnect;
import org.thespis.api.OnDisconnect;
import org.thespis.api.OnRequest;
import org.thespis.api.OnWebSocket;
import org.thespis.api.Undefined;
import org.thespis.api.UserException;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.PackedRequest;
import org.thespis.runtime.message.Wanted;

/** The request behind a connection: where it is, and how long. */
class ConnectionRequestsTest {

    private static final List<String> STORY = new ArrayList<>();

    @Actor("door")
    static class Door {
        ActorContext context;

        private static void note(String what, Connection connection) {
            STORY.add(what + " "
                    + connection.request().flatMap(r -> r.header("X-Name")).orElse("nobody"));
        }

        @OnBeforeConnect
        void before(Connection connection) {
            note("before", connection);
            if (connection.request().flatMap(r -> r.header("x-name")).isEmpty()) {
                throw new UserException("unauthorized", "a name is needed");
            }
        }

        @CreateConnectionState
        String state(Connection connection) {
            note("state", connection);
            return "";
        }

        @OnConnect
        void connect(Connection connection) {
            note("connect", connection);
        }

        @OnDisconnect
        void disconnect(Connection connection) {
            note("disconnect", connection);
        }

        @Action
        String name(Connection connection) {
            note("action", connection);
            return connection.request().map(ConnectionRequest::remoteAddress).orElse(null);
        }

        @Action
        void plan() {
            context.schedule().after(Duration.ofMillis(10), "planned");
        }

        @Action
        void planned(Connection connection) {
            STORY.add("planned " + connection);
        }

        @OnRequest
        ActorResponse request(ActorRequest request, Connection connection) {
            note("request", connection);
            return new ActorResponse(200, Map.of(), new byte[0]);
        }

        @OnWebSocket
        void socket(ActorWebSocket socket) {
            STORY.add("socket "
                    + socket.request().flatMap(r -> r.header("x-name")).orElse("nobody"));
        }
    }

    private final TestActors actors = new TestActors(Door.class);

    @BeforeEach
    void forget() {
        STORY.clear();
    }

    private static PackedRequest named(String name) {
        return PackedRequest.of("/", "192.0.2.7", Map.of(), Map.of("x-name", List.of(name)), 1_000)
                .orElseThrow();
    }

    private static Wanted wanted(String client, PackedRequest request) {
        return new Wanted("door", ActorKey.of("a"), Undefined.UNDEFINED, Caller.ANONYMOUS, client, null, request);
    }

    private String door() {
        return actors.creating(() -> actors.system.getOrCreate(wanted("ann", named("ann"))))
                .actor()
                .id();
    }

    private void deliver(String door, Command command) {
        actors.system.deliver(door, command);
        actors.runTasks();
    }

    @Test
    void hooksAndActionsOfAConnectionHaveIt() {
        String door = door();
        deliver(door, new Command.Connect("ann", Undefined.UNDEFINED, Caller.ANONYMOUS, named("ann")));
        actors.call(door, "ann", 1, "name");
        deliver(door, new Command.Disconnect("ann"));
        assertThat(STORY).containsExactly("before ann", "state ann", "connect ann", "action ann", "disconnect ann");
        assertThat(actors.outputs).contains(new Output.Reply("ann", 1, "192.0.2.7"));
    }

    @Test
    void whoIsRefusedByItCausesNoCreation() {
        assertThatThrownBy(() -> actors.creating(() -> actors.system.getOrCreate(wanted("x", null))))
                .isInstanceOfSatisfying(
                        ActorException.class,
                        e -> assertThat(e.error().reason()).isEqualTo("user.unauthorized"));
        assertThat(actors.system.find("door", ActorKey.of("a"))).isEmpty();
    }

    @Test
    void eachCallRequestAndSocketHasItsOwn() {
        String door = door();
        STORY.clear();
        deliver(
                door,
                new Command.CallOnce(
                        "b",
                        Undefined.UNDEFINED,
                        Caller.ANONYMOUS,
                        "name",
                        List.of(),
                        null,
                        CallChain.EMPTY,
                        named("bob")));
        assertThat(STORY).contains("before bob", "action bob", "disconnect bob");
        STORY.clear();
        ActorRequest low = new ActorRequest("GET", "/", Map.of(), Map.of(), new byte[0]);
        deliver(door, new Command.Request("c", Undefined.UNDEFINED, Caller.ANONYMOUS, low, named("cid")));
        assertThat(STORY).contains("before cid", "request cid");
        STORY.clear();
        deliver(door, new Command.OpenSocket("d", Undefined.UNDEFINED, Caller.ANONYMOUS, "/", Map.of(), named("dan")));
        assertThat(STORY).contains("before dan", "socket dan");
    }

    @Test
    void whoComesFromInsideHasNone() {
        String door = door();
        deliver(door, new Command.CallOnce("e", Undefined.UNDEFINED, Caller.ANONYMOUS, "name", List.of(), null));
        assertThat(actors.outputs).anySatisfy(output -> assertThat(output)
                .isInstanceOfSatisfying(
                        Output.Failed.class,
                        failed -> assertThat(failed.error().reason()).isEqualTo("user.unauthorized")));
    }

    @Test
    void anActorWithConnectionsDoesNotFallAsleepSoNoneIsWithoutIts() {
        String door = door();
        deliver(door, new Command.Connect("ann", Undefined.UNDEFINED, Caller.ANONYMOUS, named("ann")));
        actors.system.fallAsleep(door);
        actors.runTasks();
        actors.call(door, "ann", 1, "name");
        actors.runTasks();
        assertThat(STORY).containsExactly("before ann", "state ann", "connect ann", "action ann");
    }
}
