package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.number;
import static org.thespis.test.scenario.World.same;
import static org.thespis.test.scenario.World.until;
import static org.thespis.test.scenario.World.up;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;

/** Who receives which event. */
final class ReceiverScenarios {

    private static final String SUITE = "03-events";

    private ReceiverScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "an event goes to who subscribed to it only", ReceiverScenarios::subscribers),
                Scenario.of(SUITE, "what is sent to the caller reaches it alone", ReceiverScenarios::caller),
                Scenario.of(SUITE, "events to the connections whose state fits", ReceiverScenarios::teams),
                Scenario.of(SUITE, "events to all but the sender", ReceiverScenarios::others),
                Scenario.of(SUITE, "an event to a connection by its id", ReceiverScenarios::id),
                Scenario.of(SUITE, "a broadcast to nobody is fine", ReceiverScenarios::nobody),
                Scenario.of(SUITE, "a connection that goes does not disturb others", ReceiverScenarios::leaving));
    }

    private static List<ActorConnection> connections(RemoteActor actor, int count) {
        return IntStream.range(0, count).mapToObj(i -> actor.connect()).toList();
    }

    private static void subscribers(World world) throws Exception {
        List<ActorConnection> all = connections(world.made("pusher"), 3);
        List<List<Object>> red = collect(all.get(0), "red");
        List<List<Object>> blue = collect(all.get(1), "blue");
        List<List<List<Object>>> ends = all.stream().map(c -> collect(c, "end")).toList();
        all.forEach(c -> call(c, "next"));
        call(all.get(2), "fire", "red", 1);
        call(all.get(2), "fire", "blue", 2);
        call(all.get(2), "fire", "green", 3);
        call(all.get(2), "fire", "end");
        until("the end is heard", () -> ends.stream().allMatch(e -> e.size() == 1));
        same(red, List.of(List.of(1)));
        same(blue, List.of(List.of(2)));
    }

    private static void caller(World world) throws Exception {
        List<ActorConnection> all = connections(world.made("pusher"), 2);
        List<List<Object>> atA = collect(all.get(0), "mine");
        List<List<Object>> atB = collect(all.get(1), "mine");
        call(all.get(1), "next");
        call(all.get(0), "toMe", "mine", "for a", 1);
        call(all.get(1), "toMe", "mine", "for b", 2);
        until("both have it", () -> atA.size() == 1 && atB.size() == 1);
        same(atA, List.of(List.of("for a", 1)));
        same(atB, List.of(List.of("for b", 2)));
    }

    private static void teams(World world) throws Exception {
        RemoteActor pusher = world.made("pusher");
        List<ActorConnection> all = Stream.of("red", "red", "blue")
                .map(team -> pusher.connect(Map.of("team", team)))
                .toList();
        List<List<List<Object>>> heard =
                all.stream().map(c -> collect(c, "team")).toList();
        all.forEach(c -> call(c, "next"));
        assertThat(number(all.get(2), "toTeam", "red", "go")).isEqualTo(2);
        assertThat(number(all.get(0), "toTeam", "blue", "stop")).isEqualTo(1);
        assertThat(number(all.get(0), "toTeam", "green", "?")).isZero();
        until("all have it", () -> heard.stream().allMatch(h -> h.size() == 1));
        same(
                heard,
                List.of(
                        List.of(List.of("red", "go")),
                        List.of(List.of("red", "go")),
                        List.of(List.of("blue", "stop"))));
    }

    private static void others(World world) throws Exception {
        List<ActorConnection> all = connections(world.made("pusher"), 3);
        List<List<List<Object>>> heard =
                all.stream().map(c -> collect(c, "others")).toList();
        all.forEach(c -> call(c, "next"));
        call(all.get(0), "toOthers", "from 0");
        call(all.get(1), "toOthers", "from 1");
        until(
                "all have theirs",
                () -> heard.get(0).size() == 1
                        && heard.get(1).size() == 1
                        && heard.get(2).size() == 2);
        same(
                heard,
                List.of(
                        List.of(List.of("from 1")),
                        List.of(List.of("from 0")),
                        List.of(List.of("from 0"), List.of("from 1"))));
    }

    private static void id(World world) throws Exception {
        RemoteActor pusher = world.made("pusher");
        List<ActorConnection> all = connections(pusher, 2);
        List<List<Object>> atA = collect(all.get(0), "direct");
        List<List<Object>> atB = collect(all.get(1), "direct");
        all.forEach(c -> call(c, "next"));
        same(call(pusher, "toId", all.get(1).connectionId().orElseThrow(), "hi"), true);
        same(call(all.get(0), "toId", "no-such-connection", "hi"), false);
        until("it has it", () -> atB.size() == 1);
        assertThat(atA).isEmpty();
    }

    private static void nobody(World world) {
        assertThat(number(world.made("pusher"), "burst", 10, "nobody")).isEqualTo(10);
    }

    private static void leaving(World world) throws Exception {
        List<ActorConnection> all = connections(world.made("pusher"), 2);
        List<List<Object>> heard = collect(all.get(1), "e");
        all.forEach(c -> up(c));
        all.get(0).close();
        call(all.get(1), "fire", "e", 1);
        until("it is heard", () -> heard.size() == 1);
    }
}
