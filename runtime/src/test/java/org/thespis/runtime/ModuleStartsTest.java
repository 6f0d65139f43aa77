package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.State;
import org.thespis.api.Undefined;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.declaration.ActorBeans;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.Surroundings;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;

/** Actors whose module starts after the host, and turns in what the server puts around them. */
class ModuleStartsTest {

    @Actor("counter")
    static class Tally {

        @State
        int count;

        @Action
        int increment() {
            return ++count;
        }
    }

    private final List<String> steps = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private Surroundings module; // null before it has started
    private final ActorSystem system = new ActorSystem(
            List.of(ActorDefinition.of(Tally.class)),
            new Beans(),
            new MemoryStateStore(),
            Runnable::run,
            Runnable::run,
            Runnable::run,
            ActorSettings.defaults());

    private final class Beans implements ActorBeans {

        @Override
        public ActorBean create(ActorDefinition definition, ActorContext context) {
            steps.add("made");
            return TestActors.bean(definition, context);
        }

        @Override
        public Surroundings surroundings(ActorDefinition definition) {
            return module;
        }
    }

    private static Wanted wanted() {
        return Wanted.of("counter", ActorKey.of("a"), Undefined.UNDEFINED, Caller.ANONYMOUS);
    }

    private void start() {
        module = turn -> {
            steps.add("enter");
            turn.run();
            steps.add("leave");
        };
    }

    @Test
    void nobodyIsMadeBeforeTheModuleHasStarted() {
        assertThatThrownBy(() -> system.getOrCreate(wanted()))
                .isInstanceOfSatisfying(
                        ActorException.class, e -> assertThat(e.error()).isEqualTo(ActorError.unavailable()));
        assertThat(steps).isEmpty();
        start();
        assertThat(system.getOrCreate(wanted()).created()).isTrue();
    }

    @Test
    void allOfATurnIsInsideAndItsOutputOutside() {
        system.connect(output -> {
            outputs.add(output);
            steps.add("output");
        });
        start();
        String id = system.getOrCreate(wanted()).actor().id();
        assertThat(steps).startsWith("enter", "made", "leave");
        steps.clear();
        system.deliver(
                id, new Command.CallOnce("c", Undefined.UNDEFINED, Caller.ANONYMOUS, "increment", List.of(), null));
        assertThat(outputs).isNotEmpty();
        assertThat(steps).startsWith("enter", "leave").endsWith("output");
    }
}
