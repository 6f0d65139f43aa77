package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.error;
import static org.thespis.test.scenario.World.get;
import static org.thespis.test.scenario.World.number;
import static org.thespis.test.scenario.World.reason;
import static org.thespis.test.scenario.World.same;
import static org.thespis.test.scenario.World.until;
import static org.thespis.test.scenario.World.up;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.thespis.api.ActorCallException;
import org.thespis.client.ActorClient;
import org.thespis.client.ActorConnection;
import org.thespis.client.ConnectionStatus;
import org.thespis.client.RemoteActor;

/** The life of a connection: parameters and state, hooks, refusals, the end. */
final class ConnectionScenarios {

    private static final String SUITE = "04-connections";

    private ConnectionScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "status, onOpen and onClose tell its life", ConnectionScenarios::life),
                Scenario.of(SUITE, "hooks run in order", ConnectionScenarios::hooks),
                Scenario.of(SUITE, "onConnect may send to the new connection", ConnectionScenarios::welcome),
                Scenario.of(SUITE, "onDisconnect may broadcast to those who stay", ConnectionScenarios::leaving),
                Scenario.of(SUITE, "a stateless call passes through the hooks", ConnectionScenarios::stateless),
                Scenario.of(SUITE, "connection state is kept per connection", ConnectionScenarios::state),
                Scenario.of(SUITE, "parameters of the reference and of connect", ConnectionScenarios::parameters),
                Scenario.of(SUITE, "parameters survive all characters", ConnectionScenarios::characters),
                Scenario.of(SUITE, "a refusal ends it with code and metadata", ConnectionScenarios::refused),
                Scenario.of(SUITE, "a refused connection is not tried again", ConnectionScenarios::notAgain),
                Scenario.of(SUITE, "a refusal by its state does the same", ConnectionScenarios::banned),
                Scenario.of(SUITE, "a stateless call is refused by the same hooks", ConnectionScenarios::refusedCall),
                Scenario.of(SUITE, "a crash in a hook refuses without its message", ConnectionScenarios::crash),
                Scenario.of(SUITE, "a refused connection is never counted", ConnectionScenarios::uncounted),
                Scenario.of(SUITE, "state outlives all connections", ConnectionScenarios::outlives),
                Scenario.of(SUITE, "close ends a connection for good", ConnectionScenarios::close),
                Scenario.of(SUITE, "close of the client ends all its connections", ConnectionScenarios::closeClient),
                Scenario.of(SUITE, "close before it is up is harmless", ConnectionScenarios::hasty),
                Scenario.of(SUITE, "two connections have different ids", ConnectionScenarios::ids),
                Scenario.of(SUITE, "destroy ends the connections of get", ConnectionScenarios::destroyed));
    }

    private static RemoteActor recorder(World world, String tag) {
        return world.actor("recorder").withParameters(Map.of("tag", tag));
    }

    private static void life(World world) throws Exception {
        List<String> story = new CopyOnWriteArrayList<>();
        ActorConnection connection = world.connected("recorder");
        assertThat(connection.status()).isIn(ConnectionStatus.CONNECTING, ConnectionStatus.CONNECTED);
        connection.onClose(() -> story.add("close"));
        connection.onStatus(status -> story.add(status.name()));
        up(connection);
        assertThat(connection.status()).isEqualTo(ConnectionStatus.CONNECTED);
        same(call(connection, "myId"), connection.connectionId().orElseThrow());
        connection.close();
        get(connection.ended());
        assertThat(connection.status()).isEqualTo(ConnectionStatus.CLOSED);
        assertThat(connection.connectionId()).isEmpty();
        story.remove("CONNECTED"); // it may have been so before anybody listened
        until("all is told", () -> story.equals(List.of("close", "CLOSED")));
    }

    private static void hooks(World world) throws Exception {
        ActorConnection connection = recorder(world, "a").connect();
        same(call(connection, "log"), List.of("before:a", "state:a", "connect:a:true"));
        same(call(connection, "tags"), List.of("a"));
        connection.close();
        RemoteActor quiet = world.actor("recorder");
        until("it has left", () -> call(quiet, "log")
                .equals(List.of("before:a", "state:a", "connect:a:true", "disconnect:a")));
        same(call(quiet, "tags"), List.of());
    }

    private static void welcome(World world) throws Exception {
        ActorConnection connection = recorder(world, "greet").connect();
        List<List<Object>> heard = collect(connection, "welcome");
        until("it is heard", () -> !heard.isEmpty());
        same(heard, List.of(List.of(Map.of("tag", "greet"))));
    }

    private static void leaving(World world) throws Exception {
        world.made("recorder");
        ActorConnection stays = recorder(world, "stay").connect();
        ActorConnection goes = recorder(world, "go").connect();
        List<List<Object>> left = collect(stays, "left");
        call(stays, "tags");
        call(goes, "tags");
        goes.close();
        until("it is heard", () -> !left.isEmpty());
        same(left, List.of(List.of("go")));
    }

    private static void stateless(World world) throws Exception {
        world.made("recorder");
        same(call(recorder(world, "http"), "tags"), List.of("http"));
        RemoteActor quiet = world.actor("recorder");
        until("it has left", () -> call(quiet, "log")
                .equals(List.of("before:http", "state:http", "connect:http:true", "disconnect:http")));
    }

    private static void state(World world) {
        RemoteActor room = world.made("gameRoom");
        ActorConnection a = room.connect(Map.of("playerId", "a"));
        ActorConnection b = room.connect(Map.of("playerId", "b", "role", "host"));
        call(a, "setRole", "spectator");
        same(call(a, "whoAmI"), Map.of("playerId", "a", "role", "spectator"));
        same(call(b, "whoAmI"), Map.of("playerId", "b", "role", "host"));
        same(call(a, "connected"), List.of("a", "b"));
    }

    private static Object playerOf(org.thespis.api.ActorReference actor) {
        return ((Map<?, ?>) call(actor, "whoAmI")).get("playerId");
    }

    private static void parameters(World world) {
        RemoteActor room = world.made("gameRoom").withParameters(Map.of("playerId", "from-reference"));
        same(playerOf(room.connect()), "from-reference");
        same(playerOf(room.connect(Map.of("playerId", "from-connect"))), "from-connect");
        same(playerOf(room), "from-reference");
    }

    private static void characters(World world) {
        String player = "a b,c;\"d'e/f?g&h=i%20#j\\k ☃🚀\u007f\u0000";
        RemoteActor room = world.made("gameRoom");
        same(playerOf(room.connect(Map.of("playerId", player))), player);
        same(playerOf(room.withParameters(Map.of("playerId", player))), player);
    }

    private static void refused(World world) throws Exception {
        List<ActorCallException> errors = new CopyOnWriteArrayList<>();
        ActorConnection connection = world.actor("gate").connect(Map.of("token", "wrong"));
        connection.onError(errors::add);
        ActorCallException e = error(connection, "me");
        assertThat(reason(e)).isEqualTo("user.token_refused");
        assertThat(e).hasMessage("Token refused");
        same(e.metadata(), Map.of("got", "wrong"));
        assertThat(reason(connection.ended())).isEqualTo("user.token_refused");
        until("it is told", () -> !errors.isEmpty());
        same(errors.get(0).metadata(), Map.of("got", "wrong"));
        assertThat(connection.status()).isEqualTo(ConnectionStatus.CLOSED);
    }

    private static void notAgain(World world) {
        ActorConnection connection = world.actor("gate").connect(Map.of("token", "wrong"));
        List<ConnectionStatus> seen = new CopyOnWriteArrayList<>();
        connection.onStatus(seen::add);
        error(connection.ended());
        ActorConnection open = world.actor("gate").connect(Map.of("token", "open"));
        for (int i = 0; i < 10; i++) {
            call(open, "admitted");
        }
        assertThat(seen).doesNotContain(ConnectionStatus.CONNECTED, ConnectionStatus.CONNECTING);
        assertThat(number(open, "admitted")).isEqualTo(1);
    }

    private static void banned(World world) {
        ActorConnection connection = world.actor("gate").connect(Map.of("token", "open", "banned", true));
        ActorCallException e = error(connection.ended());
        assertThat(reason(e)).isEqualTo("user.banned");
        assertThat(e).hasMessage("Banned");
        same(e.metadata(), Map.of("until", "2030-01-01"));
    }

    private static void refusedCall(World world) {
        RemoteActor gate = world.actor("gate");
        assertThat(reason(gate.call("me"))).isEqualTo("user.token_refused");
        assertThat(reason(gate.withParameters(Map.of("token", "open", "banned", true))
                        .call("me")))
                .isEqualTo("user.banned");
        same(
                call(gate.withParameters(Map.of("token", "open", "name", "ann")), "me"),
                Map.of("name", "ann", "secret", List.of("ann", 1)));
    }

    private static void crash(World world) {
        RemoteActor gate = world.actor("gate").withParameters(Map.of("token", "crash"));
        Stream.of(error(gate, "me"), error(gate.connect().ended())).forEach(e -> {
            assertThat(e.code()).isEqualTo("internal_error");
            assertThat(e.getMessage() + e.metadata()).doesNotContain("hunter2");
        });
    }

    private static void uncounted(World world) {
        error(world.actor("gate").connect(Map.of("token", "no")), "me");
        error(world.actor("gate").connect(Map.of("token", "open", "banned", true)), "me");
        assertThat(number(world.actor("gate").connect(Map.of("token", "open")), "admitted"))
                .isEqualTo(1);
    }

    private static void outlives(World world) {
        ActorConnection connection = world.connected("counter");
        call(connection, "increment", 7);
        connection.close();
        assertThat(number(
                        world.another().type("counter").getOrCreate(world.key()).connect(), "getCount"))
                .isEqualTo(7);
    }

    private static void close(World world) throws Exception {
        world.made("recorder");
        ActorConnection connection = up(recorder(world, "x").connect());
        List<List<Object>> heard = collect(connection, "left");
        connection.close();
        connection.close();
        assertThat(reason(connection.call("tags"))).isEqualTo("client.closed");
        RemoteActor quiet = world.actor("recorder");
        until("the server knows", () -> ((List<?>) call(quiet, "log")).contains("disconnect:x"));
        assertThat(heard).isEmpty();
        assertThat(((List<?>) call(quiet, "log"))
                        .stream().filter("before:x"::equals).count())
                .isEqualTo(1);
    }

    private static void closeClient(World world) throws Exception {
        ActorClient mine = world.another();
        world.made("recorder");
        List<ActorConnection> all = Stream.of("a", "b", "c")
                .map(tag -> mine.type("recorder").getOrCreate(world.key()).connect(Map.of("tag", tag)))
                .toList();
        all.forEach(c -> up(c));
        RemoteActor watch = world.actor("recorder");
        same(call(watch, "tags"), List.of("a", "b", "c"));
        mine.close();
        until("all are gone", () -> call(watch, "tags").equals(List.of()));
        all.forEach(c -> assertThat(c.status()).isEqualTo(ConnectionStatus.CLOSED));
    }

    private static void hasty(World world) throws Exception {
        world.made("recorder");
        ActorConnection hasty = recorder(world, "hasty").connect();
        hasty.close();
        assertThat(hasty.status()).isEqualTo(ConnectionStatus.CLOSED);
        assertThat(reason(hasty.opened())).isEqualTo("client.closed");
        ActorConnection next = up(recorder(world, "next").connect());
        until("only the next one is there", () -> call(next, "tags").equals(List.of("next")));
    }

    private static void ids(World world) {
        RemoteActor recorder = world.made("recorder");
        ActorConnection a = up(recorder.connect());
        ActorConnection b = up(recorder.connect());
        assertThat(a.connectionId()).isNotEqualTo(b.connectionId());
        assertThat(a.actorId()).isPresent().isEqualTo(b.actorId());
    }

    private static void destroyed(World world) {
        RemoteActor counter = world.made("counter");
        ActorConnection connection =
                up(world.client().type("counter").get(world.key()).connect());
        get(counter.destroy());
        assertThat(reason(connection.ended())).isEqualTo("actor.not_found");
        assertThat(get(world.client().type("counter").exists(world.key()))).isFalse();
    }
}
