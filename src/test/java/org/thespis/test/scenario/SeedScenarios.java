package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.error;
import static org.thespis.test.scenario.World.same;
import static org.thespis.test.scenario.World.until;
import static org.thespis.test.scenario.World.up;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.thespis.api.ActorCallException;
import org.thespis.api.Subscription;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;

/** What the page on events shows. */
final class SeedScenarios {

    private static final String SUITE = "01-seed";

    private SeedScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "each connected client receives the message", SeedScenarios::message),
                Scenario.of(SUITE, "the first call may be made before the connection is up", SeedScenarios::first),
                Scenario.of(SUITE, "a stateless call broadcasts to connections, too", SeedScenarios::stateless),
                Scenario.of(SUITE, "one key is one room, others are not", SeedScenarios::rooms),
                Scenario.of(SUITE, "a closed subscription is told nothing", SeedScenarios::unsubscribed),
                Scenario.of(SUITE, "a private message reaches exactly the named player", SeedScenarios::privately),
                Scenario.of(SUITE, "a message to nobody fails, and does not say why", SeedScenarios::nobody),
                Scenario.of(SUITE, "a move is told to all others and not to the sender", SeedScenarios::moves),
                Scenario.of(SUITE, "the role is taken from the parameters, or the default", SeedScenarios::roles),
                Scenario.of(SUITE, "once sees the game start one time only", SeedScenarios::start));
    }

    private static void message(World world) throws Exception {
        RemoteActor room = world.made("chatRoom");
        ActorConnection a = room.connect();
        ActorConnection b = room.connect();
        List<List<Object>> atA = collect(a, "messageReceived");
        List<List<Object>> atB = collect(b, "messageReceived");
        up(a);
        call(b, "history");
        Object sent = call(a, "sendMessage", "user-123", "Hello everyone!");
        assertThat(((Map<?, ?>) sent).get("userId")).isEqualTo("user-123");
        assertThat(((Map<?, ?>) sent).get("text")).isEqualTo("Hello everyone!");
        until("both have it", () -> atA.size() == 1 && atB.size() == 1);
        same(atA, List.of(List.of(sent)));
        same(atB, List.of(List.of(sent)));
        same(call(room, "history"), List.of(sent));
    }

    private static void first(World world) throws Exception {
        ActorConnection room = world.connected("chatRoom");
        List<List<Object>> heard = collect(room, "messageReceived");
        call(room, "sendMessage", "user-123", "Hello everyone!");
        until("it is heard", () -> heard.size() == 1);
    }

    private static void stateless(World world) throws Exception {
        RemoteActor room = world.made("chatRoom");
        ActorConnection connection = room.connect();
        List<List<Object>> heard = collect(connection, "messageReceived");
        call(connection, "history");
        Object sent = call(room, "sendMessage", "u", "over http");
        until("it is heard", () -> heard.size() == 1);
        same(heard.get(0), List.of(sent));
    }

    private static void rooms(World world) throws Exception {
        ActorConnection mine = world.connected("noteRoom");
        ActorConnection theirs =
                world.another().type("noteRoom").getOrCreate(world.key()).connect();
        ActorConnection elsewhere =
                world.client().type("noteRoom").getOrCreate(world.key("other")).connect();
        List<List<Object>> here = collect(mine, "messageReceived");
        List<List<Object>> there = collect(elsewhere, "messageReceived");
        call(mine, "history");
        call(elsewhere, "history");
        call(theirs, "sendMessage", "1");
        until("it is heard here", () -> here.size() == 1);
        call(elsewhere, "sendMessage", "2");
        until("it is heard there", () -> there.size() == 1);
        same(here, List.of(List.of(Map.of("text", "1"))));
        same(there, List.of(List.of(Map.of("text", "2"))));
    }

    private static void unsubscribed(World world) throws Exception {
        ActorConnection room = world.connected("noteRoom");
        List<List<Object>> heard = new CopyOnWriteArrayList<>();
        Subscription subscription = room.on("messageReceived", heard::add);
        call(room, "sendMessage", "first");
        until("the first is heard", () -> heard.size() == 1);
        subscription.close();
        call(room, "sendMessage", "second");
        List<List<Object>> again = collect(room, "messageReceived");
        call(room, "sendMessage", "third");
        until("the third is heard", () -> again.size() == 1);
        same(heard, List.of(List.of(Map.of("text", "first"))));
        same(again, List.of(List.of(Map.of("text", "third"))));
        same(call(room, "history"), List.of("first", "second", "third"));
    }

    private static List<ActorConnection> players(World world, String... names) {
        RemoteActor room = world.made("gameRoom");
        return Stream.of(names)
                .map(name -> room.connect(Map.of("playerId", name)))
                .toList();
    }

    private static void privately(World world) throws Exception {
        List<ActorConnection> players = players(world, "ann", "bob", "cat");
        List<List<List<Object>>> boxes =
                players.stream().map(p -> collect(p, "privateMessage")).toList();
        players.forEach(p -> call(p, "whoAmI"));
        call(players.get(0), "sendPrivateMessage", "bob", "psst");
        call(players.get(1), "sendPrivateMessage", "ann", "to ann");
        call(players.get(1), "sendPrivateMessage", "cat", "to cat");
        until("all have theirs", () -> boxes.stream().allMatch(box -> box.size() == 1));
        List<Object> texts = new ArrayList<>();
        boxes.forEach(box -> texts.add(((Map<?, ?>) box.get(0).get(0)).get("message")));
        same(texts, List.of("to ann", "psst", "to cat"));
    }

    private static void nobody(World world) {
        ActorConnection ann = players(world, "ann").get(0);
        ActorCallException e = error(ann, "sendPrivateMessage", "ghost", "hello?");
        assertThat(e.code()).isEqualTo("internal_error");
        assertThat(e.getMessage()).doesNotContain("Player not found");
        same(call(ann, "whoAmI"), Map.of("playerId", "ann", "role", "player"));
    }

    private static void moves(World world) throws Exception {
        List<ActorConnection> players = players(world, "ann", "bob", "cat");
        List<List<List<Object>>> moves =
                players.stream().map(p -> collect(p, "playerMoved")).toList();
        players.forEach(p -> call(p, "join"));
        call(players.get(0), "updatePlayerPosition", Map.of("x", 3, "y", -4.5));
        call(players.get(1), "updatePlayerPosition", Map.of("x", 1, "y", 1));
        until(
                "all are told",
                () -> moves.get(0).size() == 1
                        && moves.get(1).size() == 1
                        && moves.get(2).size() == 2);
        List<Object> ann = List.of(Map.of("playerId", "ann", "position", Map.of("x", 3, "y", -4.5)));
        List<Object> bob = List.of(Map.of("playerId", "bob", "position", Map.of("x", 1, "y", 1)));
        same(moves, List.of(List.of(bob), List.of(ann), List.of(ann, bob)));
    }

    private static void roles(World world) {
        RemoteActor room = world.made("gameRoom");
        same(
                call(room.connect(Map.of("playerId", "p", "role", "host")), "whoAmI"),
                Map.of("playerId", "p", "role", "host"));
        same(call(room.connect(Map.of("playerId", "p")), "whoAmI"), Map.of("playerId", "p", "role", "player"));
        same(call(room.connect(), "whoAmI"), Map.of("playerId", "", "role", "player"));
    }

    private static void start(World world) throws Exception {
        ActorConnection room = world.connected("gameRoom");
        List<List<Object>> first = new CopyOnWriteArrayList<>();
        room.once("gameStarted", first::add);
        List<List<Object>> every = collect(room, "gameStarted");
        call(room, "startGame");
        call(room, "startGame");
        until("both starts are heard", () -> every.size() == 2);
        same(first, List.of(List.of(Map.of())));
    }
}
