package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.get;
import static org.thespis.test.scenario.World.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;
import org.thespis.client.RemoteActors;

/** Keys of all kinds: the actor sees them, and each way to address it agrees. */
final class KeyScenarios {

    private static final String SUITE = "02-handles";

    private KeyScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(List.of(
                key("one segment", u -> List.of(u)),
                key("several segments", u -> List.of("org", "team", u)),
                key("slashes", u -> List.of("a/b", "/" + u + "/")),
                key("backslashes", u -> List.of("a\\b", "\\" + u + "\\")),
                key("unicode", u -> List.of("ключ", "鍵", "🔑" + u)),
                key("blanks and characters of addresses", u -> List.of("a b", "?&=#%+@:;" + u)),
                key("names like a path", u -> List.of("..", ".", u)),
                key("an escaped zero", u -> List.of("\\0", u)),
                key("empty segments", u -> List.of("", u, "")),
                key("commas", u -> List.of("a,b", u))));
        all.add(Scenario.of(SUITE, "the empty key is an actor of its own", KeyScenarios::empty));
        all.add(Scenario.of(SUITE, "keys that look alike are different actors", KeyScenarios::alike));
        all.add(Scenario.of(SUITE, "a key with a comma that create made is found", KeyScenarios::comma));
        return all;
    }

    private static Scenario key(String what, Function<String, List<String>> key) {
        return Scenario.of(SUITE, "a key with " + what, world -> {
            String[] segments = key.apply(world.key()[0]).toArray(String[]::new);
            RemoteActors counters = world.client().type("counter");
            RemoteActor counter = counters.getOrCreate(segments);
            call(counter, "increment");
            Map<?, ?> seen = (Map<?, ?>) call(counter, "describe");
            assertThat(seen.get("name")).isEqualTo("counter");
            assertThat(seen.get("key")).isEqualTo(List.of(segments));
            assertThat(seen.get("actorId")).isEqualTo(get(counter.id()));
            assertThat(number(counters.get(segments), "getCount")).isEqualTo(1);
            ActorConnection connection = counter.connect();
            assertThat(number(connection, "getCount")).isEqualTo(1);
            assertThat(connection.actorId()).contains((String) seen.get("actorId"));
            assertThat(number(counters.get(segments).connect(), "getCount")).isEqualTo(1);
        });
    }

    private static void empty(World world) {
        RemoteActor counter = world.client().type("counter").getOrCreate();
        int before = number(counter, "getCount");
        assertThat(number(counter, "increment", 1)).isEqualTo(before + 1);
        assertThat(((Map<?, ?>) call(counter, "describe")).get("key")).isEqualTo(List.of());
        assertThat(number(counter.connect(), "getCount")).isEqualTo(before + 1);
    }

    private static void alike(World world) {
        String u = world.key()[0];
        List<String[]> keys = List.of(
                new String[] {u, "b"},
                new String[] {u + "/b"},
                new String[] {u, "b", ""},
                new String[] {u, "B"},
                new String[] {u, "b "});
        for (int i = 0; i < keys.size(); i++) {
            call(world.client().type("counter").getOrCreate(keys.get(i)), "increment", i + 1);
        }
        for (int i = 0; i < keys.size(); i++) {
            assertThat(number(world.client().type("counter").getOrCreate(keys.get(i)), "getCount"))
                    .isEqualTo(i + 1);
        }
    }

    private static void comma(World world) {
        ActorKey key = ActorKey.of("a,b", world.key()[0]);
        ActorReference made = get(world.client().type("counter").create(key, null));
        call(made, "increment");
        assertThat(number(world.client().type("counter").get(key).connect(), "getCount"))
                .isEqualTo(1);
    }
}
