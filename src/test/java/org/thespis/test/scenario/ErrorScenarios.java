package org.thespis.test.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.test.scenario.World.call;
import static org.thespis.test.scenario.World.error;
import static org.thespis.test.scenario.World.number;
import static org.thespis.test.scenario.World.reason;
import static org.thespis.test.scenario.World.same;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorReference;
import org.thespis.client.ActorConnection;

/** What a caller learns of errors, and what stays hidden. */
final class ErrorScenarios {

    private static final String SUITE = "05-errors";

    private ErrorScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (String via : List.of("connected", "stateless")) {
            all.addAll(List.of(
                    scenario(via, "an error has group, code, message, metadata", "thrower", ErrorScenarios::whole),
                    scenario(via, "an error without a code is user.user_error", "thrower", ErrorScenarios::withoutCode),
                    scenario(via, "metadata of other shapes", "thrower", ErrorScenarios::shapes),
                    scenario(via, "a message in unicode", "thrower", ErrorScenarios::unicode),
                    scenario(via, "an internal error hides its text", "thrower", ErrorScenarios::internal),
                    scenario(via, "the actor lives on after errors", "thrower", ErrorScenarios::livesOn),
                    scenario(via, "an action has a time limit", "slow", ErrorScenarios::timeLimit)));
        }
        all.add(Scenario.of(SUITE, "a slow action does not hold up a quick one", ErrorScenarios::slow));
        all.add(Scenario.of(SUITE, "errors of one call do not touch others", ErrorScenarios::mixed));
        return all;
    }

    private interface Case {
        void run(ActorReference actor);
    }

    private static Scenario scenario(String via, String name, String type, Case body) {
        return Scenario.of(
                SUITE,
                via + ": " + name,
                world -> body.run(via.equals("connected") ? world.connected(type) : world.actor(type)));
    }

    private static void whole(ActorReference thrower) {
        Map<String, Object> metadata =
                Map.of("left", 0, "ids", List.of("a", "b"), "deep", Collections.singletonMap("x", null));
        ActorCallException e = error(thrower, "user", "Out of stock", "out_of_stock", metadata);
        assertThat(reason(e)).isEqualTo("user.out_of_stock");
        assertThat(e).hasMessage("Out of stock");
        same(e.metadata(), metadata);
    }

    private static void withoutCode(ActorReference thrower) {
        ActorCallException e = error(thrower, "user", "Plain");
        assertThat(reason(e)).isEqualTo("user.user_error");
        assertThat(e.metadata()).isNull();
    }

    private static void shapes(ActorReference thrower) {
        for (Object metadata : List.of("text", 7, true, List.of(1, List.of(2)), Map.of("list", List.of()))) {
            same(error(thrower, "user", "m", "c", metadata).metadata(), metadata);
        }
    }

    private static void unicode(ActorReference thrower) {
        String message = "häßlich 🚫 \"quoted\"\nline";
        assertThat(error(thrower, "user", message, "c")).hasMessage(message);
    }

    private static void internal(ActorReference thrower) {
        for (String action : List.of("internal", "internalLater")) {
            ActorCallException e = error(thrower, action, "s3cr3t-dsn");
            assertThat(e.code()).isEqualTo("internal_error");
            assertThat(e.getMessage() + e.metadata()).isNotBlank().doesNotContain("s3cr3t", "connection string");
        }
    }

    private static void livesOn(ActorReference thrower) {
        error(thrower, "user", "a");
        error(thrower, "internal", "b");
        error(thrower, "user", "c");
        same(call(thrower, "ok"), "ok");
        assertThat(number(thrower, "calls")).isEqualTo(2);
    }

    private static void timeLimit(ActorReference slow) {
        same(call(slow, "work", 50), "waited 50");
        assertThat(reason(slow.call("work", 4_000))).isEqualTo("actor.action_timed_out");
        same(call(slow, "quick"), "quick");
    }

    private static void slow(World world) {
        ActorConnection slow = world.connected("slow");
        call(slow, "quick");
        List<String> order = new CopyOnWriteArrayList<>();
        CompletionStage<Void> last = slow.call("work", 500).thenAccept(done -> order.add("slow"));
        World.get(slow.call("quick").thenAccept(done -> order.add("quick")));
        World.get(last);
        assertThat(order).containsExactly("quick", "slow");
    }

    private static void mixed(World world) {
        ActorConnection thrower = world.connected("thrower");
        List<CompletionStage<Object>> calls = List.of(
                thrower.call("ok"),
                thrower.call("user", "1"),
                thrower.call("ok"),
                thrower.call("internal", "2"),
                thrower.call("nope"),
                thrower.call("ok"));
        List<Object> ends = new ArrayList<>();
        calls.forEach(one ->
                ends.add(World.get(one.handle((result, e) -> e == null ? result : ((ActorCallException) e).code()))));
        assertThat(ends).containsExactly("ok", "user_error", "ok", "internal_error", "action_not_found", "ok");
    }
}
