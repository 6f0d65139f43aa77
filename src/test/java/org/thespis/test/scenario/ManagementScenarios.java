package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.get;
import static org.thespis.test.scenario.World.number;
import static org.thespis.test.scenario.World.reason;
import static org.thespis.test.scenario.World.until;
import static org.thespis.test.scenario.World.up;

import java.util.List;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;
import org.thespis.client.RemoteActors;

/** Actors as things that are found, and ended. */
final class ManagementScenarios {

    private static final String SUITE = "09-management";

    private ManagementScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "the id of a reference is stable", ManagementScenarios::stable),
                Scenario.of(SUITE, "destroy removes the actor and frees its key", ManagementScenarios::destroy));
    }

    private static void stable(World world) {
        RemoteActors counters = world.client().type("counter");
        String id = get(counters.getOrCreate(world.key("a", "b")).id());
        assertThat(get(counters.get(world.key("a", "b")).id())).isEqualTo(id);
        assertThat(reason(counters.get(world.key("not")).id())).isEqualTo("actor.not_found");
    }

    private static void destroy(World world) throws Exception {
        RemoteActor counter = world.actor("counter");
        String id = get(counter.id());
        RemoteActor byId = world.client().type("counter").byId(id);
        ActorConnection connection = up(byId.connect());
        assertThat(number(connection, "increment", 5)).isEqualTo(5);
        get(byId.destroy());
        assertThat(reason(connection.ended())).startsWith("actor.");
        until("it is gone", () -> reason(byId.call("getCount")).equals("actor.not_found"));
        assertThat(call(counter, "getCount")).isIn(0, 0L, 0.0);
        get(counter.destroy());
        get(counter.destroy());
    }
}
