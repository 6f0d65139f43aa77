package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.collect;
import static org.thespis.test.scenario.World.error;
import static org.thespis.test.scenario.World.get;
import static org.thespis.test.scenario.World.reason;
import static org.thespis.test.scenario.World.same;
import static org.thespis.test.scenario.World.up;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.thespis.api.Action;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;
import org.thespis.client.ActorConnection;
import org.thespis.client.RemoteActor;

/** What Thespis adds: errors of arguments, refused subscriptions, nested names, interfaces. */
final class ContractScenarios {

    private static final String SUITE = "41-contract";

    private ContractScenarios() {}

    static List<Scenario> all() {
        return List.of(
                Scenario.of(SUITE, "a wrong or missing argument names the parameter", ContractScenarios::argument),
                Scenario.of(
                        SUITE, "violations arrive as metadata, of a nested action too", ContractScenarios::violation),
                Scenario.of(SUITE, "a refused subscription ends, the connection stays", ContractScenarios::refused),
                Scenario.of(SUITE, "a blocking action is answered in time", ContractScenarios::blocking),
                Scenario.of(SUITE, "an interface, stateless and connected", ContractScenarios::typed));
    }

    private static void argument(World world) {
        ActorConnection pusher = world.connected("pusher");
        ActorCallException wrong = error(pusher, "burst", "many", "t");
        assertThat(reason(wrong)).isEqualTo("actor.invalid_argument");
        assertThat(wrong).hasMessage("Argument 1 (n): expected int, got text");
        same(wrong.metadata(), Map.of("position", 1, "parameter", "n"));
        assertThat(error(pusher, "burst")).hasMessage("Argument 1 (n): missing");
    }

    private static void violation(World world) {
        for (ActorReference probe : List.of(world.actor("probe"), world.connected("probe"))) {
            same(call(probe, "users.add", "ann", 7), "ann is 7");
            ActorCallException e = error(probe, "users.add", " ", 200);
            assertThat(reason(e)).isEqualTo("actor.validation_failed");
            assertThat((List<?>) ((Map<?, ?>) e.metadata()).get("violations"))
                    .extracting(violation -> ((Map<?, ?>) violation).get("path"))
                    .satisfiesExactlyInAnyOrder(path -> assertThat(path).isEqualTo("age"), path -> assertThat(path)
                            .isEqualTo("name"));
        }
    }

    private static void refused(World world) {
        ActorConnection probe = up(world.connected("probe"));
        String id = probe.connectionId().orElseThrow();
        Subscription forbidden = probe.on("forbidden", arguments -> {});
        assertThat(reason(forbidden.ended())).isEqualTo("auth.forbidden");
        CompletableFuture<ActorCallException> error = new CompletableFuture<>();
        probe.onError(error::complete);
        probe.on("broken", arguments -> {});
        assertThat(reason(get(error))).isEqualTo("user.no_entry");
        assertThat((String) call(probe, "keyText")).isNotEmpty();
        assertThat(probe.connectionId()).contains(id);
        assertThat(reason(world.actor("probe").on("forbidden", arguments -> {}).ended()))
                .isEqualTo("auth.forbidden");
    }

    private static void blocking(World world) {
        RemoteActor slow = world.made("slow");
        long begun = System.nanoTime();
        assertThat(reason(slow.call("block", 3_000))).isEqualTo("actor.action_timed_out");
        assertThat(System.nanoTime() - begun).isLessThan(2_900_000_000L);
    }

    public record Message(String id, String userId, String text) {}

    /** As an author would write it. */
    public interface Chat {
        CompletionStage<Message> sendMessage(String userId, String text);

        List<Message> history();

        @Action("noSuchAction")
        void unknown();
    }

    private static void typed(World world) {
        Chat chat = world.client().type("chatRoom", Chat.class).getOrCreate(world.key());
        Message first = get(chat.sendMessage("ann", "one"));
        ActorConnection connection = world.connected("chatRoom");
        List<List<Object>> heard = collect(connection, "messageReceived");
        Chat connected = connection.as(Chat.class);
        Message second = get(connected.sendMessage("bob", "two"));
        assertThat(chat.history()).containsExactly(first, second).isEqualTo(connected.history());
        assertThat(heard).hasSize(1);
        for (Chat one : List.of(chat, connected)) {
            assertThat(thrownBy(one::unknown)).isEqualTo("actor.action_not_found");
        }
        assertThat(get(world.client().reference(chat).id()))
                .isEqualTo(connection.actorId().orElseThrow());
    }

    private static String thrownBy(Runnable call) {
        try {
            call.run();
            return "nothing";
        } catch (ActorCallException e) {
            return reason(e);
        }
    }
}
