package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.number;
import static org.thespis.test.scenario.World.reason;
import static org.thespis.test.scenario.World.until;
import static org.thespis.test.scenario.World.up;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;

/** Big messages: 64 KiB to the server and 1 MiB back are its limits. */
final class LimitScenarios {

    private static final String SUITE = "07-limits";

    private LimitScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "a call just inside the limit works", LimitScenarios::inside),
                Scenario.of(SUITE, "a call over the limit is message.incoming_too_long", LimitScenarios::over),
                Scenario.of(SUITE, "an answer of 900 kB arrives whole", LimitScenarios::answer),
                Scenario.of(SUITE, "an answer over the limit fails, the connection stays", LimitScenarios::longAnswer),
                Scenario.of(SUITE, "an event of 900 kB arrives whole", LimitScenarios::event),
                Scenario.of(SUITE, "an event over the limit ends its subscriber's line", LimitScenarios::longEvent),
                Scenario.of(SUITE, "stateless calls take bigger bodies", LimitScenarios::bodies));
    }

    private static void inside(World world) {
        assertThat(number(world.connected("limits"), "size", "x".repeat(60_000)))
                .isEqualTo(60_000);
    }

    private static void over(World world) {
        ActorConnection limits = up(world.connected("limits"));
        assertThat(reason(limits.call("size", "x".repeat(70_000)))).isEqualTo("message.incoming_too_long");
        assertThat(number(limits, "size", "ok")).isEqualTo(2);
    }

    private static void answer(World world) {
        assertThat(call(world.connected("limits"), "make", 900_000)).isEqualTo("x".repeat(900_000));
    }

    private static void longAnswer(World world) {
        ActorConnection limits = up(world.connected("limits"));
        String id = limits.connectionId().orElseThrow();
        assertThat(reason(limits.call("make", 1_200_000))).isEqualTo("message.outgoing_too_long");
        assertThat(number(limits, "size", "ok")).isEqualTo(2);
        assertThat(limits.connectionId()).contains(id);
    }

    private static void event(World world) throws Exception {
        ActorConnection limits = world.connected("limits");
        List<List<Object>> blobs = collect(limits, "blob");
        call(limits, "emit", 900_000);
        until("it is heard", () -> blobs.size() == 1);
        assertThat((String) blobs.get(0).get(0)).hasSize(900_000);
    }

    private static void longEvent(World world) throws Exception {
        RemoteActor limits = world.made("limits");
        ActorConnection subscriber = limits.connect();
        ActorConnection bystander = limits.connect();
        AtomicInteger closes = new AtomicInteger();
        subscriber.onClose(closes::incrementAndGet);
        collect(subscriber, "blob");
        call(subscriber, "size", "");
        call(bystander, "size", "");
        String id = bystander.connectionId().orElseThrow();
        bystander.tell("emit", 1_200_000);
        until("it is closed", () -> closes.get() > 0);
        assertThat(number(bystander, "size", "ok")).isEqualTo(2);
        assertThat(bystander.connectionId()).contains(id);
        assertThat(number(subscriber, "size", "back")).isEqualTo(4);
    }

    private static void bodies(World world) {
        RemoteActor limits = world.made("limits");
        assertThat(number(limits, "size", "x".repeat(60_000))).isEqualTo(60_000);
        assertThat((String) call(limits, "make", 900_000)).hasSize(900_000);
    }
}
