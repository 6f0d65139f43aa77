package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.DurableList;
import org.thespis.api.State;
import org.thespis.api.Undefined;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;

/** Actors without a plain field of state: their document comes and goes with what else is in it. */
class WithoutFieldsTest {

    @Actor("planner")
    static class Planner {
        ActorContext context;

        @Action
        String plan(long millis) {
            return context.schedule().after(Duration.ofMillis(millis), "run");
        }

        @Action
        void cancel(String id) {
            context.schedule().cancel(id);
        }

        @Action
        void run() {}

        @Action
        int planned() {
            return context.schedule().list().size();
        }
    }

    @Actor("list")
    static class OnlyList {
        @State
        DurableList<String> lines;

        @Action
        void add(String line) {
            lines.add(line);
        }

        @Action
        List<String> all() {
            return new ArrayList<>(lines);
        }
    }

    private final MemoryStateStore store = new MemoryStateStore();
    private TestActors actors = system();
    private int requests;

    private TestActors system() {
        return new TestActors(ActorSettings.defaults(), store, Planner.class, OnlyList.class);
    }

    private Object call(String id, String key, String action, Object... arguments) {
        actors.outputs.clear();
        actors.system.deliver(
                id,
                new Command.CallOnce(
                        "h" + requests++, Undefined.UNDEFINED, Caller.ANONYMOUS, action, List.of(arguments), key));
        actors.runTasks();
        List<Output.Reply> replies = actors.outputs.stream()
                .filter(Output.Reply.class::isInstance)
                .map(Output.Reply.class::cast)
                .toList();
        assertThat(replies).as("%s: %s", action, actors.outputs).hasSize(1);
        return replies.get(0).result();
    }

    private void crash() {
        actors.system.dropAll();
        actors = system();
    }

    @Test
    void theLastPlanGoesDurably() {
        String id = actors.actor("planner", "a");
        call(id, null, "plan", 0L);
        actors.system.tick();
        actors.runTasks();
        assertThat(call(id, null, "planned")).isEqualTo(0);
        crash();
        assertThat(call(id, null, "planned")).isEqualTo(0);
    }

    @Test
    void theLastPlanCanBeCancelled() {
        String id = actors.actor("planner", "b");
        Object plan = call(id, null, "plan", 3_600_000L);
        call(id, null, "cancel", plan);
        crash();
        assertThat(call(id, null, "planned")).isEqualTo(0);
        call(id, null, "plan", 3_600_000L);
        crash();
        assertThat(call(id, null, "planned")).isEqualTo(1);
    }

    @Test
    void callsCountOnceAlsoThere() {
        String id = actors.actor("planner", "c");
        Object plan = call(id, "key", "plan", 3_600_000L);
        crash();
        assertThat(call(id, "key", "plan", 3_600_000L)).isEqualTo(plan);
        assertThat(call(id, null, "planned")).isEqualTo(1);
    }

    @Test
    void aDurableListMayBeAllThereIs() {
        String id = actors.actor("list", "a");
        call(id, null, "add", "one");
        call(id, null, "add", "two");
        crash();
        assertThat(call(id, null, "all")).isEqualTo(List.of("one", "two"));
        call(id, null, "add", "three");
        crash();
        assertThat(call(id, null, "all")).isEqualTo(List.of("one", "two", "three"));
    }
}
