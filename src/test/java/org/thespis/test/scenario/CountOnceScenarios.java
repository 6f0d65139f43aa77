package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.get;
import static org.thespis.test.scenario.World.number;
import static org.thespis.test.scenario.World.reason;
import static org.thespis.test.scenario.World.until;
import static org.thespis.test.scenario.World.up;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.thespis.api.ActorReference;
import org.thespis.client.ActorClientBuilder;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;

/** Calls whose line is cut between their run and their answer. */
final class CountOnceScenarios {

    private static final String SUITE = "61-counts-once";
    private static final int MANY = 250;

    private CountOnceScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "a connected call whose answer was lost counts once", world -> lost(world, true)),
                Scenario.of(SUITE, "a stateless call whose answer was lost counts once", world -> lost(world, false)),
                Scenario.of(SUITE, "without a key a lost answer is an error", CountOnceScenarios::withoutKey),
                Scenario.of(SUITE, "a call that still runs is waited for", CountOnceScenarios::running),
                Scenario.of(SUITE, "many calls under cuts count once each, in order", CountOnceScenarios::many));
    }

    private static RemoteActor behind(Relay relay, World world, String type) {
        return world.another(relay.address(), ActorClientBuilder::callsCountOnce)
                .type(type)
                .getOrCreate(world.key());
    }

    private static void lost(World world, boolean connected) throws Exception {
        try (Relay relay = new Relay(world.endpoint())) {
            RemoteActor counter = behind(relay, world, "counter");
            ActorReference called = connected ? up(counter.connect()) : counter;
            RemoteActor near = world.actor("counter");
            assertThat(number(called, "increment")).isEqualTo(1);
            relay.swallow(true);
            CompletionStage<Integer> answer = called.call(Integer.class, "increment");
            until("it has run", () -> number(near, "getCount") == 2);
            relay.cut();
            relay.swallow(false);
            assertThat(get(answer)).isEqualTo(2);
            assertThat(number(called, "increment")).isEqualTo(3);
            assertThat(number(near, "getCount")).isEqualTo(3);
        }
    }

    private static void withoutKey(World world) throws Exception {
        try (Relay relay = new Relay(world.endpoint())) {
            ActorConnection counter = world.another(relay.address(), builder -> builder)
                    .type("counter")
                    .getOrCreate(world.key())
                    .connect();
            RemoteActor near = world.actor("counter");
            call(counter, "increment");
            relay.swallow(true);
            CompletionStage<Integer> answer = counter.call(Integer.class, "increment");
            until("it has run", () -> number(near, "getCount") == 2);
            relay.cut();
            relay.swallow(false);
            assertThat(reason(answer)).isEqualTo("client.connection_lost");
            assertThat(number(counter, "getCount")).isEqualTo(2);
        }
    }

    private static void running(World world) throws Exception {
        try (Relay relay = new Relay(world.endpoint())) {
            ActorConnection slow = behind(relay, world, "slow").connect();
            call(slow, "quick");
            CompletionStage<String> answer = slow.call(String.class, "work", 900);
            call(slow, "quick");
            relay.cut();
            assertThat(get(answer)).isEqualTo("waited 900");
            assertThat(number(slow, "done")).isEqualTo(1);
        }
    }

    private static void many(World world) throws Exception {
        try (Relay relay = new Relay(world.endpoint())) {
            ActorConnection counter = up(behind(relay, world, "counter").connect());
            List<CompletionStage<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                answers.add(counter.call(Integer.class, "increment"));
                if (i % 100 == 60) {
                    get(answers.get(i - 50));
                    relay.cut();
                }
            }
            assertThat(answers.stream().map(World::get))
                    .isEqualTo(IntStream.rangeClosed(1, MANY).boxed().toList());
            assertThat(number(world.actor("counter"), "getCount")).isEqualTo(MANY);
        }
    }
}
