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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.client.ActorConnection;
import org.thespis.client.ConnectionStatus;
import org.thespis.client.RemoteActor;
import org.thespis.client.RemoteActors;

/** How a client gets hold of an actor. */
final class HandleScenarios {

    private static final String SUITE = "02-handles";

    private HandleScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "getOrCreate creates once and finds it afterwards", HandleScenarios::once),
                Scenario.of(SUITE, "get of a missing actor is actor.not_found", HandleScenarios::missing),
                Scenario.of(SUITE, "a connection by get of a missing actor ends", HandleScenarios::missingConnection),
                Scenario.of(SUITE, "create makes an actor and refuses a taken key", HandleScenarios::create),
                Scenario.of(SUITE, "the id addresses the same actor", HandleScenarios::byId),
                Scenario.of(SUITE, "the input is there once, by create and by getOrCreate", HandleScenarios::input),
                Scenario.of(SUITE, "the input travels with a connection, short or long", HandleScenarios::inputOfLine),
                Scenario.of(SUITE, "one key under two types are two actors", HandleScenarios::types),
                Scenario.of(SUITE, "stateless and connected calls work on one state", HandleScenarios::oneState),
                Scenario.of(SUITE, "many calls on their way all find their answer", HandleScenarios::many),
                Scenario.of(SUITE, "parallel getOrCreate makes one actor", HandleScenarios::parallel),
                Scenario.of(SUITE, "an unknown action is actor.action_not_found", HandleScenarios::noAction),
                Scenario.of(SUITE, "an unknown type is refused", HandleScenarios::noType),
                Scenario.of(SUITE, "a connection to an unknown type ends", HandleScenarios::noTypeConnection),
                Scenario.of(SUITE, "an actor that ended itself is gone, its key is free", HandleScenarios::finished));
    }

    private static void once(World world) {
        RemoteActors counters = world.client().type("counter");
        assertThat(number(counters.getOrCreate(world.key()), "increment", 5)).isEqualTo(5);
        assertThat(number(counters.getOrCreate(world.key()), "increment", 2)).isEqualTo(7);
        assertThat(number(counters.get(world.key()), "getCount")).isEqualTo(7);
        assertThat(get(counters.exists(world.key()))).isTrue();
        assertThat(get(counters.exists(world.key("not")))).isFalse();
    }

    private static void missing(World world) {
        RemoteActor nobody = world.client().type("counter").get(world.key());
        assertThat(reason(nobody.call("getCount"))).isEqualTo("actor.not_found");
        assertThat(reason(nobody.id())).isEqualTo("actor.not_found");
    }

    private static void missingConnection(World world) throws Exception {
        ActorConnection nobody = world.client().type("counter").get(world.key()).connect();
        List<ActorCallException> errors = new CopyOnWriteArrayList<>();
        nobody.onError(errors::add);
        assertThat(reason(nobody.call("getCount"))).isEqualTo("actor.not_found");
        assertThat(reason(nobody.ended())).isEqualTo("actor.not_found");
        assertThat(reason(nobody.opened())).isEqualTo("actor.not_found");
        assertThat(nobody.status()).isEqualTo(ConnectionStatus.CLOSED);
        until("it is told", () -> !errors.isEmpty());
        assertThat(reason(errors.get(0))).isEqualTo("actor.not_found");
    }

    private static void create(World world) {
        RemoteActors counters = world.client().type("counter");
        ActorReference made = get(counters.create(ActorKey.of(world.key()), Map.of("start", 40)));
        assertThat(number(made, "increment", 2)).isEqualTo(42);
        ActorCallException taken = error(counters.create(ActorKey.of(world.key()), null));
        assertThat(reason(taken)).isEqualTo("actor.duplicate_key");
        assertThat((Map<?, ?>) taken.metadata())
                .extracting("existing_actor_id")
                .isEqualTo(get(counters.get(world.key()).id()));
        assertThat(number(counters.get(world.key()), "getCount")).isEqualTo(42);
    }

    private static void byId(World world) {
        RemoteActor counter = world.actor("counter");
        call(counter, "increment", 9);
        String id = get(counter.id());
        RemoteActor byId = world.client().type("counter").byId(id);
        assertThat(number(byId, "getCount")).isEqualTo(9);
        ActorConnection connection = byId.connect();
        assertThat(number(connection, "increment")).isEqualTo(10);
        assertThat(connection.actorId()).contains(id);
    }

    private static void input(World world) {
        Map<String, Object> input = Map.of(
                "list",
                Arrays.asList(1, "two", null, true),
                "nested",
                Map.of("deep", Map.of("er", List.of())),
                "text",
                "ünï/cøde 🚀");
        RemoteActors finite = world.client().type("finite");
        same(call(finite.getOrCreate(ActorKey.of(world.key()), input), "input"), input);
        same(call(finite.getOrCreate(ActorKey.of(world.key()), Map.of("other", 1)), "input"), input);
        same(call(get(finite.create(ActorKey.of(world.key("created")), input)), "input"), input);
        assertThat(call(finite.getOrCreate(world.key("none")), "input")).isNull();
    }

    private static void inputOfLine(World world) {
        RemoteActors finite = world.client().type("finite");
        Map<String, Object> small = Map.of("via", "connect", "n", List.of(1, 2));
        same(call(finite.getOrCreate(ActorKey.of(world.key("short")), small).connect(), "input"), small);
        String big = "x".repeat(20_000);
        same(call(finite.getOrCreate(ActorKey.of(world.key("long")), big).connect(), "input"), big);
    }

    private static void types(World world) {
        call(world.actor("counter"), "increment");
        same(call(world.actor("slow"), "quick"), "quick");
        assertThat(get(world.actor("counter").id()))
                .isNotEqualTo(get(world.actor("slow").id()));
    }

    private static void oneState(World world) throws Exception {
        RemoteActor counter = world.made("counter");
        ActorConnection connection = counter.connect();
        List<List<Object>> counts = collect(connection, "newCount");
        assertThat(number(connection, "increment", 1)).isEqualTo(1);
        assertThat(number(counter, "increment", 10)).isEqualTo(11);
        assertThat(number(connection, "increment", 100)).isEqualTo(111);
        assertThat(number(counter, "getCount")).isEqualTo(111);
        until("all counts are heard", () -> counts.size() == 3);
        same(counts, List.of(List.of(1), List.of(11), List.of(111)));
    }

    private static void many(World world) {
        ActorConnection connection = world.connected("counter");
        RemoteActor counter = world.actor("counter");
        List<CompletionStage<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            calls.add((i % 10 == 0 ? counter : connection).call(Integer.class, "increment", 1));
        }
        List<Integer> answers = calls.stream().map(World::get).sorted().toList();
        assertThat(answers).isEqualTo(IntStream.rangeClosed(1, 300).boxed().toList());
    }

    private static void parallel(World world) {
        List<CompletionStage<String>> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add((i % 2 == 0 ? world.client() : world.another())
                    .type("counter")
                    .getOrCreate(world.key())
                    .id());
        }
        assertThat(new HashSet<>(ids.stream().map(World::get).toList())).hasSize(1);
    }

    private static void noAction(World world) {
        RemoteActor counter = world.made("counter");
        assertThat(reason(counter.call("noSuchAction", 1))).isEqualTo("actor.action_not_found");
        ActorConnection connection = counter.connect();
        assertThat(reason(connection.call("noSuchAction", 1))).isEqualTo("actor.action_not_found");
        assertThat(reason(connection.call("constructor"))).isEqualTo("actor.action_not_found");
        assertThat(number(connection, "getCount")).isZero();
    }

    private static void noType(World world) {
        assertThat(reason(world.actor("noSuchActor").call("anything"))).isEqualTo("actor.type_not_found");
    }

    private static void noTypeConnection(World world) {
        ActorConnection connection = world.connected("noSuchActor");
        assertThat(reason(connection.ended())).isEqualTo("actor.type_not_found");
        assertThat(reason(connection.call("anything"))).isEqualTo("actor.type_not_found");
    }

    private static void finished(World world) throws Exception {
        RemoteActors finite = world.client().type("finite");
        RemoteActor first = (RemoteActor) get(finite.create(ActorKey.of(world.key()), "one"));
        String id = get(finite.get(world.key()).id());
        same(call(first, "finish"), "bye");
        until("it is gone", () -> reason(finite.byId(id).call("input")).startsWith("actor.not_found"));
        RemoteActor second = finite.getOrCreate(ActorKey.of(world.key()), "two");
        same(call(second, "input"), "two");
        assertThat(get(second.id())).isNotEqualTo(id);
    }
}
