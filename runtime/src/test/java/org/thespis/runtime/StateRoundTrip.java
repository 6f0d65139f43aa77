package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.function.Function;
import org.thespis.api.Action;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.DeclarationException;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;

/** One turn sets a field of an actor, another one after a sleep looks at it: it is equal, or somebody refused. */
abstract class StateRoundTrip {

    static class Holder {
        private static Consumer<Object> setting;
        private static Function<Object, Object> getting;

        @Action
        String set() {
            setting.accept(this);
            return get();
        }

        @Action
        String get() {
            return String.valueOf(getting.apply(this));
        }
    }

    private final MemoryStateStore store = new MemoryStateStore();

    @SuppressWarnings("unchecked")
    private static <H extends Holder> void script(Consumer<H> set, Function<H, Object> get) {
        Holder.setting = holder -> set.accept((H) holder);
        Holder.getting = holder -> get.apply((H) holder);
    }

    private Output ask(Class<?> type, String action) {
        TestActors actors = new TestActors(ActorSettings.defaults(), store, type);
        String id = actors.actor("holder", "a");
        String client = actors.client(id);
        actors.outputs.clear();
        actors.call(id, client, 1, action);
        actors.runTasks();
        return actors.outputs.get(0);
    }

    <H extends Holder> void assertComesBack(Class<H> type, Consumer<H> set, Function<H, Object> get) {
        script(set, get);
        Output acknowledged = ask(type, "set");
        assertThat(acknowledged).isInstanceOf(Output.Reply.class);
        assertThat(((Output.Reply) ask(type, "get")).result()).isEqualTo(((Output.Reply) acknowledged).result());
    }

    <H extends Holder> void assertRefusedInItsTurn(Class<H> type, Consumer<H> set, Function<H, Object> get) {
        script(set, get);
        Output before = ask(type, "get");
        assertThat(ask(type, "set")).isNotInstanceOf(Output.Reply.class);
        assertThat(((Output.Reply) ask(type, "get")).result()).isEqualTo(((Output.Reply) before).result());
    }

    static void assertRefusedAtDeployment(Class<?> type, String message) {
        assertThatThrownBy(() -> ActorDefinition.of(type))
                .isInstanceOf(DeclarationException.class)
                .hasMessageStartingWith("THESPIS-1")
                .hasMessageContaining(message);
    }
}
