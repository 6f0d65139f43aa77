package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Wanted;

/** An actor comes to be once, or not at all, and who asked for it is told which. */
class CreationTest extends ScriptedFixture {

    private boolean isStored(String key) {
        return store.memory.find("scripted", ActorKey.of(key)).isPresent();
    }

    private void refused(String key) {
        assertThatThrownBy(() -> actors.actor("scripted", key)).isInstanceOf(ActorException.class);
        actors.runTasks();
        assertThat(isStored(key)).isFalse();
    }

    @Test
    void nothingIsAnsweredBeforeItIsDurableRightAfterTheCreation() {
        List<String> seen = new ArrayList<>();
        store.after = access -> {
            if (access.equals("create")) {
                // another client finds the actor in the store, and calls it, before this thread goes on
                ActorRecord other =
                        store.memory.find("scripted", ActorKey.of("new")).orElseThrow();
                actors.system.deliver(
                        other.id(),
                        new Command.CallOnce("h", Undefined.UNDEFINED, Caller.ANONYMOUS, "add", List.of(5L), null));
                byte[] state = store.memory.load(other.id()).orElseThrow().state();
                seen.add(actors.outputs + " while the store has " + new String(state, StandardCharsets.UTF_8));
            }
        };
        actors.actor("scripted", "new");
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0)).doesNotContain("Reply");
    }

    @Test
    void whoIsDestroyedInOnCreateDoesNotExist() {
        script.onCreate = self -> self.actor.destroy();
        refused("new");
        script.onCreate = self -> {};
        actors.actor("scripted", "new");
        assertThat(isStored("new")).as("the key is free").isTrue();
    }

    @Test
    void whoIsDestroyedInTheFirstOnWakeDoesNotExist() {
        script.onWake = self -> self.actor.destroy();
        refused("new");
        script.onWake = self -> {};
        actors.actor("scripted", "new");
        assertThat(isStored("new")).as("the key is free").isTrue();
    }

    @ParameterizedTest
    @MethodSource("org.thespis.runtime.TurnsThatBreakTest#throwables")
    void whateverOnCreateThrowsTheActorDoesNotExistAndTheKeyIsFree(Throwable thrown) {
        script.onCreate = self -> {
            throw thrown;
        };
        refused("new");
        script.onCreate = self -> {};
        actors.actor("scripted", "new");
        assertThat(isStored("new")).isTrue();
        assertThat(live()).as("with the one that was there").isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("org.thespis.runtime.TurnsThatBreakTest#throwables")
    void whateverTheFirstOnWakeThrowsTheActorDoesNotExistAndTheKeyIsFree(Throwable thrown) {
        script.onWake = self -> {
            throw thrown;
        };
        refused("new");
        script.onWake = self -> {};
        actors.actor("scripted", "new");
        assertThat(isStored("new")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("org.thespis.runtime.TurnsThatBreakTest#throwables")
    void whateverALaterOnWakeThrowsWhoCallsIsToldAndTheNextTriesAgain(Throwable thrown) {
        awaitAsleep();
        script.onWake = self -> {
            throw thrown;
        };
        once("h", "get");
        actors.runTasks();
        assertThat(error(answers(outputs(), "h").get(0)).reason()).isEqualTo("rivetkit.internal_error");
        script.onWake = self -> {};
        once("h", "add", 5L);
        actors.runTasks();
        assertThat(answers(outputs(), "h")).hasSize(1);
        assertThat(stored()).contains("\"count\":5");
    }

    @Test
    void aFirstStateThatCannotBeWrittenRefusesTheCreation() {
        script.onCreate = self -> self.tie();
        refused("new");
    }

    @Test
    void whateverTheStoreThrowsTheCreatorIsTold() {
        for (Throwable thrown : List.of(new IllegalStateException("pool"), new StackOverflowError())) {
            store.before = access -> {
                if (access.equals("create")) {
                    ScriptedFixture.<RuntimeException>sneak(thrown);
                }
            };
            refused("new");
        }
        assertThat(live()).isEqualTo(1);
        assertThat(script.count("preDestroy")).isEqualTo(2);
    }

    @Test
    void whoeverWasCreatedByAnotherServerMeanwhileIsFound() {
        ActorRecord[] made = new ActorRecord[1];
        store.before = access -> {
            if (access.equals("create") && made[0] == null) {
                made[0] = new ActorRecord("elsewhere", "scripted", ActorKey.of("new"), java.time.Instant.EPOCH);
                store.memory.create(
                        made[0],
                        "{\"format\":1,\"state\":{\"count\":3}}".getBytes(StandardCharsets.UTF_8),
                        Long.MAX_VALUE);
            }
        };
        assertThat(actors.actor("scripted", "new")).isEqualTo("elsewhere");
        assertThat(live()).as("the one that was not born has gone").isEqualTo(1);
    }

    private String createdFor(String client) {
        return actors.creating(() -> actors.system.getOrCreate(new Wanted(
                        "scripted",
                        ActorKey.of("b"),
                        Undefined.UNDEFINED,
                        Caller.ANONYMOUS,
                        client,
                        Undefined.UNDEFINED)))
                .actor()
                .id();
    }

    @Test
    void theStateThatOnBeforeConnectGivesIsThereForWhomTheActorWasCreatedToo() {
        List<String> states = new ArrayList<>();
        script.onBeforeConnect = (self, connection) -> connection.state(new StringBuilder("of " + connection.id()));
        script.onConnect = (self, connection) ->
                states.add(connection.state(StringBuilder.class).toString());
        String made = createdFor("creator");
        actors.runTasks();
        actors.system.deliver(made, new Command.Connect("creator", Undefined.UNDEFINED, Caller.ANONYMOUS));
        actors.system.deliver(made, new Command.Connect("other", Undefined.UNDEFINED, Caller.ANONYMOUS));
        assertThat(states).containsExactly("of creator", "of other");
    }
}
