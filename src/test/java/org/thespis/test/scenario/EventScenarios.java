package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.error;
import static org.thespis.test.scenario.World.same;
import static org.thespis.test.scenario.World.until;
import static org.thespis.test.scenario.World.up;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thespis.api.Subscription;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;

/** How often and in which order events come. */
final class EventScenarios {

    private static final String SUITE = "03-events";

    private EventScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "names of events are exact", EventScenarios::names),
                Scenario.of(SUITE, "events carry any number of arguments", EventScenarios::arguments),
                Scenario.of(SUITE, "an event is bound to a class", EventScenarios::bound),
                Scenario.of(SUITE, "once fires once, on keeps firing, once again works again", EventScenarios::once),
                Scenario.of(SUITE, "once that is closed before is told nothing", EventScenarios::cancelled),
                Scenario.of(SUITE, "several listeners hear an event once each", EventScenarios::several),
                Scenario.of(SUITE, "subscribing again and again gives no duplicates", EventScenarios::again),
                Scenario.of(SUITE, "a burst is complete, in order, once everywhere", EventScenarios::burst),
                Scenario.of(SUITE, "all see the order of concurrent senders", EventScenarios::concurrent),
                Scenario.of(SUITE, "events of an action come before its answer", EventScenarios::before),
                Scenario.of(SUITE, "who subscribes late hears what comes after", EventScenarios::late));
    }

    private static void names(World world) throws Exception {
        ActorConnection pusher = world.connected("pusher");
        List<String> names =
                List.of("tick", "Tick", "tick ", "tick.tick", "тик", "", "with/slash", "constructor", "__proto__");
        List<List<List<Object>>> heard =
                names.stream().map(name -> collect(pusher, name)).toList();
        for (int i = 0; i < names.size(); i++) {
            call(pusher, "fire", names.get(i), i);
        }
        until("the last is heard", () -> heard.get(names.size() - 1).size() == 1);
        for (int i = 0; i < names.size(); i++) {
            same(heard.get(i), List.of(List.of(i)));
        }
    }

    private static void arguments(World world) throws Exception {
        ActorConnection pusher = world.connected("pusher");
        List<List<Object>> heard = collect(pusher, "e");
        call(pusher, "fire", "e");
        call(pusher, "fire", "e", 1);
        call(pusher, "fire", "e", "two", Map.of("three", List.of(3)), null, List.of(4, List.of(5)), false);
        until("three are heard", () -> heard.size() == 3);
        same(
                heard,
                List.of(
                        List.of(),
                        List.of(1),
                        Arrays.asList("two", Map.of("three", List.of(3)), null, List.of(4, List.of(5)), false)));
    }

    public record Tick(String tag, int i) {}

    private static void bound(World world) throws Exception {
        ActorConnection pusher = world.connected("pusher");
        List<Tick> ticks = new CopyOnWriteArrayList<>();
        pusher.on("tick", Tick.class, ticks::add);
        call(pusher, "burst", 2, "t");
        until("both are heard", () -> ticks.size() == 2);
        assertThat(ticks).containsExactly(new Tick("t", 0), new Tick("t", 1));
    }

    private static void once(World world) throws Exception {
        ActorConnection pusher = world.connected("pusher");
        List<List<Object>> once = new CopyOnWriteArrayList<>();
        pusher.once("e", once::add);
        call(pusher, "fire", "e", 1);
        until("once is told", () -> once.size() == 1);
        call(pusher, "fire", "e", 2);
        List<List<Object>> every = collect(pusher, "e");
        pusher.once("e", once::add);
        call(pusher, "fire", "e", 3);
        call(pusher, "fire", "e", 4);
        until("both are told", () -> every.size() == 2);
        same(once, List.of(List.of(1), List.of(3)));
        same(every, List.of(List.of(3), List.of(4)));
    }

    private static void cancelled(World world) throws Exception {
        ActorConnection pusher = world.connected("pusher");
        List<List<Object>> never = new CopyOnWriteArrayList<>();
        Subscription subscription = pusher.once("e", never::add);
        List<List<Object>> end = collect(pusher, "end");
        subscription.close();
        call(pusher, "fire", "e", 1);
        call(pusher, "fire", "end");
        until("the end is heard", () -> end.size() == 1);
        assertThat(never).isEmpty();
    }

    private static void several(World world) throws Exception {
        ActorConnection pusher = world.connected("pusher");
        List<List<Object>> one = new CopyOnWriteArrayList<>();
        List<List<Object>> two = collect(pusher, "e");
        Subscription subscription = pusher.on("e", one::add);
        call(pusher, "fire", "e", 1);
        until("the first is heard", () -> two.size() == 1);
        subscription.close();
        subscription.close();
        call(pusher, "fire", "e", 2);
        until("the second is heard", () -> two.size() == 2);
        same(one, List.of(List.of(1)));
        same(two, List.of(List.of(1), List.of(2)));
    }

    private static void again(World world) throws Exception {
        ActorConnection pusher = up(world.connected("pusher"));
        for (int i = 0; i < 5; i++) {
            pusher.on("e", arguments -> {}).close();
        }
        List<List<Object>> heard = collect(pusher, "e");
        call(pusher, "fire", "e", "x");
        call(pusher, "fire", "e", "y");
        until("both are heard", () -> heard.size() >= 2);
        call(pusher, "next");
        same(heard, List.of(List.of("x"), List.of("y")));
    }

    private static List<ActorConnection> four(RemoteActor actor) {
        return IntStream.range(0, 4).mapToObj(i -> actor.connect()).toList();
    }

    private static void burst(World world) throws Exception {
        List<ActorConnection> all = four(world.made("pusher"));
        List<List<List<Object>>> heard =
                all.stream().map(c -> collect(c, "tick")).toList();
        all.forEach(c -> call(c, "next"));
        call(all.get(0), "burst", 150, "first");
        call(all.get(1), "burst", 150, "second");
        until("all is heard", () -> heard.stream().allMatch(h -> h.size() >= 300));
        List<Object> expected = new ArrayList<>();
        Stream.of("first", "second").forEach(tag -> IntStream.range(0, 150)
                .forEach(i -> expected.add(List.of(Map.of("tag", tag, "i", i)))));
        heard.forEach(h -> same(h, expected));
    }

    private static void concurrent(World world) throws Exception {
        List<ActorConnection> all = four(world.made("pusher"));
        List<List<List<Object>>> heard =
                all.stream().map(c -> collect(c, "seq")).toList();
        all.forEach(c -> call(c, "toMe", "nothing"));
        List<CompletionStage<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            all.forEach(c -> calls.add(c.call(Integer.class, "next")));
        }
        assertThat(calls.stream().map(World::get).sorted())
                .isEqualTo(IntStream.rangeClosed(1, 60).boxed().toList());
        until("all is heard", () -> heard.stream().allMatch(h -> h.size() >= 60));
        heard.forEach(
                h -> same(h, IntStream.rangeClosed(1, 60).mapToObj(List::of).toList()));
    }

    private static void before(World world) {
        ActorConnection pusher = world.connected("pusher");
        List<List<Object>> heard = collect(pusher, "before");
        List<Object> atAnswer = new ArrayList<>();
        World.get(pusher.call("eventThenReply").thenAccept(reply -> atAnswer.add(List.copyOf(heard))));
        same(atAnswer, List.of(List.of(List.of(1))));
        assertThat(World.reason(error(pusher, "eventThenError"))).isEqualTo("user.late");
        same(heard, List.of(List.of(1), List.of(2)));
    }

    private static void late(World world) throws Exception {
        ActorConnection pusher = world.connected("pusher");
        call(pusher, "fire", "e", "early");
        List<List<Object>> heard = collect(pusher, "e");
        call(pusher, "fire", "e", "late");
        until("the late one is heard", () -> !heard.isEmpty());
        same(heard, List.of(List.of("late")));
    }
}
