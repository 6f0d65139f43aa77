package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.CanSubscribe;
import org.thespis.api.State;
import org.thespis.api.UserException;
import org.thespis.runtime.document.Verification.Policy;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.StateSettings;

/** What of a state is written when, and how long it may be. */
class StateCostTest {

    private static final int MAX = 4_096;

    static int writings;

    /** Notes each time that its field is written. */
    static final class Counting implements JsonbAdapter<String, String> {
        @Override
        public String adaptToJson(String value) {
            writings++;
            return value;
        }

        @Override
        public String adaptFromJson(String json) {
            return json;
        }
    }

    @Actor("room")
    static class Room {
        ActorContext actor;

        @State
        @JsonbTypeAdapter(Counting.class)
        String text = "";

        @State
        String other = "";

        @Action
        void write(String text) {
            this.text = text;
        }

        @Action
        void writeOther(String text) {
            other = text;
            actor.broadcast("written", text.length());
        }

        @Action
        void shrinkAndGrow(int more) {
            text = text.substring(1);
            other += "x".repeat(more);
        }

        @Action(atomic = true)
        void writeAndThrow(String text) {
            this.text = text;
            throw new UserException("no", "Not this time");
        }

        @Action(readOnly = true)
        String read() {
            return text;
        }

        @Action(readOnly = true)
        void readButWrite(String text) {
            this.text = text;
        }

        @Action(readOnly = true)
        void readAndPlan() {
            actor.schedule().after(Duration.ofHours(1), "read");
        }

        @CanSubscribe
        boolean maySubscribe(String event) {
            return !text.equals("closed");
        }
    }

    private final DurabilityFixture.Shaky store = new DurabilityFixture.Shaky();
    private TestActors actors = actors(Policy.FIRST, MAX);
    private final String id = actors.actor("room", "a");
    private String client;

    private TestActors actors(Policy policy, int max) {
        ActorSettings settings = new ActorSettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        1_000,
                        1_000)
                .with(new StateSettings(policy, max));
        return new TestActors(settings, store, Room.class);
    }

    @BeforeEach
    void connect() {
        client = actors.client(id);
        actors.runTasks();
        forget();
    }

    /** Another node, with other settings; the first one is forgotten. */
    private void restart(Policy policy, int max) {
        actors = actors(policy, max);
        connect();
    }

    private void forget() {
        actors.outputs.clear();
        store.batches.clear();
        writings = 0;
    }

    private Object ask(String action, Object... arguments) {
        actors.outputs.clear();
        actors.call(id, client, 1, action, arguments);
        actors.runTasks();
        Output answer = actors.outputs.stream()
                .filter(o -> o instanceof Output.Reply || o instanceof Output.Failed)
                .findFirst()
                .orElseThrow();
        return answer instanceof Output.Reply reply ? reply.result() : ((Output.Failed) answer).error();
    }

    private String stored() {
        return new String(store.memory.load(id).orElseThrow().state(), StandardCharsets.UTF_8);
    }

    @Test
    void anActionThatOnlyReadsDoesNotHaveTheStateWritten() {
        ask("write", "a");
        forget();
        assertThat(ask("read")).isEqualTo("a");
        assertThat(writings).isZero();
    }

    @Test
    void whoComesSubscribesAndGoesDoesNotHaveTheStateWritten() {
        forget();
        actors.system.deliver(id, new Command.Subscribe(client, "written", true));
        actors.client(id);
        actors.system.deliver(id, new Command.Disconnect(client));
        actors.runTasks();
        assertThat(writings).isZero();
    }

    @Test
    void anAtomicActionHasTheStateWrittenOnceAndAgainOnlyToSetItBack() {
        ask("write", "a");
        forget();
        assertThat(ask("writeAndThrow", "b")).isInstanceOf(ActorError.class);
        assertThat(writings).isEqualTo(1);
        assertThat(ask("read")).isEqualTo("a");
    }

    @Test
    void whatAReadingActionPlansIsWrittenBesideTheFieldsAsTheyWere() {
        ask("write", "a");
        forget();
        ask("readAndPlan");
        assertThat(writings).isZero();
        assertThat(stored()).contains("\"text\":\"a\"").contains("\"schedule\":[{");
        assertThat(store.batches).hasSize(1);
        restart(Policy.FIRST, MAX);
        assertThat(ask("read")).isEqualTo("a");
        assertThat(actors.system.instance(id).hasPlans()).isTrue();
    }

    @Test
    void whereAllIsVerifiedAnActionThatOnlyReadsAndWritesIsTakenBackWithTheNameOfTheField() {
        ask("write", "a");
        restart(Policy.ALWAYS, MAX);
        ActorError told = (ActorError) ask("readButWrite", "b");
        assertThat(told.reason()).isEqualTo("actor.read_only");
        assertThat(told.message()).contains("field text");
        assertThat(ask("read")).isEqualTo("a");
        assertThat(ask("write", "c")).isNull();
        assertThat(stored()).contains("\"text\":\"c\"");
    }

    @Test
    void whatAReadingActionChangedAllTheSameIsWrittenWithTheNextChange() {
        ask("readButWrite", "b");
        assertThat(stored()).contains("\"text\":\"\"");
        ask("writeOther", "c");
        assertThat(stored()).contains("\"text\":\"b\"").contains("\"other\":\"c\"");
    }

    @Test
    void aStateThatWouldBeTooLongIsTakenBackAndItsCallerToldTheFieldThatGrew() {
        ask("write", "a".repeat(MAX / 2));
        actors.system.deliver(id, new Command.Subscribe(client, "written", true));
        ActorError told = (ActorError) ask("writeOther", "b".repeat(MAX / 2));
        assertThat(told.reason()).isEqualTo("actor.state_too_large");
        assertThat(told.message()).contains("field other").contains(String.valueOf(MAX));
        assertThat(actors.outputs).noneMatch(o -> o instanceof Output.Event);
        assertThat(stored()).contains("\"other\":\"\"");
        assertThat(ask("read")).isEqualTo("a".repeat(MAX / 2));
        assertThat(ask("writeOther", "b")).isNull();
        assertThat(stored()).contains("\"other\":\"b\"");
    }

    @Test
    void theFieldThatGrewIsNamedAlsoIfAnotherOneHasNoRoomAnyMore() {
        ask("writeOther", "b".repeat(MAX / 2));
        ActorError told = (ActorError) ask("write", "a".repeat(MAX / 2));
        assertThat(told.message()).contains("field text");
    }

    @Test
    void aStateThatIsTooLongAlreadyMayShrinkButNotGrow() {
        ask("write", "a".repeat(MAX / 2));
        restart(Policy.FIRST, MAX / 4);
        assertThat(ask("read")).isEqualTo("a".repeat(MAX / 2));
        assertThat(((ActorError) ask("shrinkAndGrow", 2)).message()).contains("field other");
        assertThat(ask("shrinkAndGrow", 1)).isNull();
        assertThat(ask("write", "short")).isNull();
        assertThat(((ActorError) ask("write", "a".repeat(MAX / 2))).code()).isEqualTo("state_too_large");
    }

    @Test
    void plansCountWithTheFields() {
        ask("write", "a".repeat(MAX - 100));
        ActorError told = (ActorError) ask("readAndPlan");
        assertThat(told.message()).contains("field schedule");
        assertThat(actors.system.instance(id).hasPlans()).isFalse();
    }

    @Test
    void statesOfMoreThanABatchMayHaveGoInMoreThanOne() {
        actors = actors(Policy.NEVER, Integer.MAX_VALUE);
        List<String> large = List.of("1", "2", "3", "4");
        large.forEach(key -> actors.actor("room", key));
        store.batches.clear();
        for (String key : large) {
            String room = actors.actor("room", key);
            actors.call(room, actors.client(room), 1, "write", "x".repeat(5 * 1_024 * 1_024));
        }
        actors.runTasks();
        assertThat(store.batches).containsExactly(2, 2);
    }
}
