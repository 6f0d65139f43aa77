package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.number;
import static org.thespis.test.scenario.World.reason;
import static org.thespis.test.scenario.World.same;
import static org.thespis.test.scenario.World.until;
import static org.thespis.test.scenario.World.untilBack;
import static org.thespis.test.scenario.World.up;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;

/** Connections that the server ends, or the network. */
final class LossScenarios {

    private static final String SUITE = "04-connections";

    private LossScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "parameters are asked for at each try", LossScenarios::fresh),
                Scenario.of(SUITE, "who is disconnected comes back as a new one", LossScenarios::kicked),
                Scenario.of(SUITE, "a disconnect without a reason is no error", LossScenarios::withoutReason),
                Scenario.of(SUITE, "a connection may be closed by its own action", LossScenarios::ownAction),
                Scenario.of(SUITE, "subscriptions are alive again, once", LossScenarios::subscriptions),
                Scenario.of(SUITE, "a cut line is survived", LossScenarios::cut),
                Scenario.of(SUITE, "calls while the line is down are sent later", LossScenarios::meanwhile),
                Scenario.of(SUITE, "a call on its way fails when the line is cut", LossScenarios::onItsWay),
                Scenario.of(SUITE, "an actor that ends itself ends its connections", LossScenarios::finished));
    }

    private static RemoteActor recorder(World world, String tag) {
        world.made("recorder");
        return world.actor("recorder").withParameters(Map.of("tag", tag));
    }

    private static void fresh(World world) throws Exception {
        AtomicInteger n = new AtomicInteger();
        Supplier<Object> parameters = () -> Map.of("tag", "t" + n.incrementAndGet());
        ActorConnection connection = up(world.actor("recorder").connect(parameters));
        same(call(connection, "tags"), List.of("t1"));
        String first = connection.connectionId().orElseThrow();
        connection.tell("kick", "t1");
        untilBack(connection, first);
        same(call(connection, "tags"), List.of("t2"));
    }

    private static void kicked(World world) throws Exception {
        RemoteActor recorder = world.made("recorder");
        ActorConnection victim = recorder(world, "v").connect();
        List<ActorCallException> errors = new CopyOnWriteArrayList<>();
        List<String> story = new CopyOnWriteArrayList<>();
        up(victim);
        victim.onError(errors::add);
        victim.onOpen(() -> story.add("open"));
        victim.onClose(() -> story.add("close"));
        String first = victim.connectionId().orElseThrow();
        assertThat(number(recorder, "kick", "v", "moderation.kicked")).isEqualTo(1);
        untilBack(victim, first);
        until("all is told", () -> story.size() == 2 && !errors.isEmpty());
        assertThat(story).containsExactly("close", "open");
        assertThat(reason(errors.get(0))).isEqualTo("moderation.kicked");
        same(
                ((List<?>) call(recorder, "log")).subList(3, 7),
                List.of("disconnect:v", "before:v", "state:v", "connect:v:true"));
    }

    private static void withoutReason(World world) throws Exception {
        RemoteActor recorder = world.made("recorder");
        ActorConnection victim = up(recorder(world, "v").connect());
        List<ActorCallException> errors = new CopyOnWriteArrayList<>();
        victim.onError(errors::add);
        String first = victim.connectionId().orElseThrow();
        call(recorder, "kick", "v");
        untilBack(victim, first);
        call(victim, "tags");
        assertThat(errors).isEmpty();
    }

    private static void ownAction(World world) throws Exception {
        ActorConnection connection = up(recorder(world, "me").connect());
        String first = connection.connectionId().orElseThrow();
        connection.tell("kickMe", "bye.now");
        untilBack(connection, first);
        same(call(connection, "tags"), List.of("me"));
    }

    private static void subscriptions(World world) throws Exception {
        RemoteActor recorder = world.made("recorder");
        ActorConnection connection = up(recorder(world, "v").connect());
        List<List<Object>> left = collect(connection, "left");
        String first = connection.connectionId().orElseThrow();
        call(recorder, "kick", "v");
        untilBack(connection, first);
        call(connection, "tags");
        up(recorder(world, "other").connect()).close();
        until("it is heard", () -> left.contains(List.of("other")));
        call(connection, "tags");
        assertThat(left.stream().filter(List.of("other")::equals)).hasSize(1);
    }

    private static RemoteActor behind(Relay relay, World world, String type) {
        return world.another(relay.address(), builder -> builder).type(type).getOrCreate(world.key());
    }

    private static void cut(World world) throws Exception {
        try (Relay relay = new Relay(world.endpoint())) {
            ActorConnection connection = behind(relay, world, "counter").connect();
            RemoteActor near = world.actor("counter");
            List<List<Object>> counts = collect(connection, "newCount");
            AtomicInteger closes = new AtomicInteger();
            connection.onClose(closes::incrementAndGet);
            assertThat(number(connection, "increment", 1)).isEqualTo(1);
            String first = connection.connectionId().orElseThrow();
            relay.cut();
            untilBack(connection, first);
            assertThat(number(connection, "getCount")).isEqualTo(1);
            call(near, "increment", 10);
            until("the next is heard", () -> counts.size() >= 2);
            same(counts, List.of(List.of(1), List.of(11)));
            assertThat(closes).hasValue(1);
        }
    }

    private static void meanwhile(World world) throws Exception {
        try (Relay relay = new Relay(world.endpoint())) {
            ActorConnection connection = behind(relay, world, "counter").connect();
            call(connection, "increment", 1);
            CompletableFuture<Void> lost = new CompletableFuture<>();
            connection.onClose(() -> lost.complete(null));
            relay.refuse(true);
            relay.cut();
            World.get(lost);
            CompletionStage<Integer> called = connection.call(Integer.class, "increment", 1);
            relay.refuse(false);
            assertThat(World.get(called)).isEqualTo(2);
        }
    }

    private static void onItsWay(World world) throws Exception {
        try (Relay relay = new Relay(world.endpoint())) {
            ActorConnection connection = behind(relay, world, "slow").connect();
            call(connection, "quick");
            CompletionStage<Object> pending = connection.call("work", 900);
            call(connection, "quick");
            relay.cut();
            assertThat(reason(pending)).isEqualTo("client.connection_lost");
        }
    }

    private static void finished(World world) throws Exception {
        World.get(world.client().type("finite").create(ActorKey.of(world.key()), null));
        ActorConnection connection =
                world.client().type("finite").get(world.key()).connect();
        up(connection);
        connection.tell("finish");
        assertThat(reason(connection.ended())).isEqualTo("actor.not_found");
    }
}
