package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.Durability;
import org.thespis.api.DurableList;
import org.thespis.api.DurableMap;
import org.thespis.api.DurableValue;
import org.thespis.api.State;
import org.thespis.api.UserException;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.declaration.DeclarationException;
import org.thespis.runtime.document.Verification.Policy;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.settings.ActorSettings;
import org.thespis.runtime.settings.StateSettings;

/** A field becomes a durable collection, and a plain one again; and what is refused at deployment. */
class TypeChangesTest {

    public record Point(int x, int y) {}

    static Function<Object, Object> act;

    static class Acting {
        @Action
        Object act() {
            return act.apply(this);
        }

        @Action(atomic = true)
        Object actAtomically() {
            return act.apply(this);
        }
    }

    @Actor("shape")
    static class Plain extends Acting {
        @State
        List<Point> points = new ArrayList<>();

        @State
        Map<String, Point> named = new TreeMap<>();

        @State
        Map<Integer, Point> numbered = new LinkedHashMap<>();

        @State
        Point one;
    }

    @Actor("shape")
    static class Durable extends Acting {
        @State
        DurableList<Point> points;

        @State
        DurableMap<String, Point> named;

        @State
        DurableMap<Integer, Point> numbered;

        @State
        DurableValue<Point> one;
    }

    @Actor("shape")
    static class Neither extends Acting {
        @State
        int count;
    }

    private final DurabilityFixture.Shaky store = new DurabilityFixture.Shaky();
    private TestActors actors = actors(Plain.class, 100_000);
    private final String id = actors.actor("shape", "a");

    private TestActors actors(Class<?> type, int maxBytes) {
        ActorSettings d = ActorSettings.defaults();
        ActorSettings settings = new ActorSettings(
                        d.actionTimeout(),
                        d.createTimeout(),
                        d.sleepTimeout(),
                        d.sleepGrace(),
                        java.time.Duration.ofMillis(200),
                        d.maxWaitingCalls(),
                        d.maxSubscriptions())
                .with(new StateSettings(Policy.ALWAYS, maxBytes));
        return new TestActors(settings, store, type);
    }

    private Object ask(String action) {
        String client = actors.client(id);
        actors.outputs.clear();
        actors.call(id, client, 1, action);
        actors.runTasks();
        Output answer = actors.outputs.stream()
                .filter(o -> o instanceof Output.Reply || o instanceof Output.Failed)
                .findFirst()
                .orElseThrow();
        return answer instanceof Output.Reply reply ? reply.result() : ((Output.Failed) answer).error();
    }

    @SuppressWarnings("unchecked")
    private <A> Object on(Class<A> type, Function<A, Object> what) {
        actors = actors(type, 100_000);
        act = actor -> what.apply((A) actor);
        return ask("act");
    }

    private void fill() {
        on(Plain.class, plain -> {
            for (int i = 0; i < 200; i++) {
                plain.points.add(new Point(i, -i));
            }
            plain.named.put("b", new Point(2, 2));
            plain.named.put("a", new Point(1, 1));
            plain.numbered.put(7, new Point(7, 7));
            plain.one = new Point(5, 5);
            return null;
        });
    }

    private String document() {
        return new String(store.memory.load(id).orElseThrow().state(), StandardCharsets.UTF_8);
    }

    private int rows(String collection) {
        return store.memory
                .entries(id, new EntryRange(collection, null, null, false, 10_000, Integer.MAX_VALUE))
                .entries()
                .size();
    }

    private static Object tell(Durable d) {
        return d.points.size() + "" + d.points.get(199) + d.named + d.numbered + d.one.get();
    }

    private static Object tell(Plain p) {
        return p.points.size() + "" + p.points.get(199) + p.named + p.numbered + p.one;
    }

    @Test
    void aFieldMovesThereAndBackAgain() {
        fill();
        Object before = on(Plain.class, TypeChangesTest::tell);
        assertThat(on(Durable.class, TypeChangesTest::tell)).isEqualTo(before);
        assertThat(document()).doesNotContain("\"x\"");
        assertThat(rows("points")).isEqualTo(200);
        on(Durable.class, durable -> durable.points.add(new Point(200, 0)));
        assertThat(on(Durable.class, durable -> durable.points.size())).isEqualTo(201);
        on(Durable.class, durable -> durable.points.removeLast());
        assertThat(on(Plain.class, TypeChangesTest::tell)).isEqualTo(before);
        assertThat(rows("points") + rows("named") + rows("numbered") + rows("one"))
                .isZero();
        assertThat(on(Plain.class, plain -> plain.points.add(new Point(0, 0)))).isEqualTo(true);
        assertThat(on(Durable.class, durable -> durable.points.size())).isEqualTo(201);
    }

    @Test
    void aFirstTurnThatFailsLosesNothingOfWhatMoves() {
        fill();
        actors = actors(Durable.class, 100_000);
        act = actor -> {
            ((Durable) actor).points.clear();
            throw new UserException("no", "Not this time");
        };
        assertThat(((ActorError) ask("actAtomically")).code()).isEqualTo("no");
        assertThat(on(Durable.class, durable -> durable.points.size())).isEqualTo(200);
        assertThat(rows("points")).isEqualTo(200);
    }

    @Test
    void whatMovesWhileTheStoreIsAwayIsStillThereInTheOldForm() {
        fill();
        String before = document();
        store.before = access -> {
            if (access.equals("write")) {
                throw new StoreException("away", null);
            }
        };
        on(Durable.class, durable -> durable.points.size());
        assertThat(document()).isEqualTo(before);
        store.before = access -> {};
        assertThat(on(Durable.class, durable -> durable.points.size())).isEqualTo(200);
    }

    @Test
    void whatIsTooLongForAPlainFieldStaysInTheStoreAndTheCallerIsTold() {
        fill();
        on(Durable.class, durable -> durable.points.size());
        actors = actors(Plain.class, 1_024);
        assertThat(actors.system.container("shape")).isPresent();
        act = actor -> null;
        ActorError told = (ActorError) ask("act");
        assertThat(told.reason()).isEqualTo("actor.state_unreadable");
        assertThat(told.message()).contains("field points");
        assertThat(on(Durable.class, durable -> durable.points.size())).isEqualTo(200);
    }

    @Test
    void theEntriesOfAFieldThatIsGoneAreThereWhenItComesBack() {
        fill();
        on(Durable.class, durable -> durable.points.size());
        on(Neither.class, neither -> ++neither.count);
        assertThat(on(Durable.class, durable -> durable.points.get(199).x())).isEqualTo(199);
    }

    // ---- refused at deployment

    @Actor(durability = Durability.NONE)
    static class Careless {
        @State
        DurableList<String> list;
    }

    @Actor
    static class StrangeKeys {
        @State
        DurableMap<Point, String> map;
    }

    @Actor
    static class Nested {
        @State
        List<DurableList<String>> lists;
    }

    @Actor
    static class StrangeElements {
        @State
        DurableList<Thread> list;
    }

    @Actor
    static class Final {
        @State
        final DurableList<String> list = null;
    }

    @Test
    void whatCannotBeIsRefusedAtDeployment() {
        assertRefused(Careless.class, "THESPIS-151");
        assertRefused(StrangeKeys.class, "THESPIS-153");
        assertRefused(Nested.class, "THESPIS-130");
        assertRefused(StrangeElements.class, "THESPIS-132");
        assertRefused(Final.class, "THESPIS-116");
    }

    private static void assertRefused(Class<?> type, String number) {
        assertThatThrownBy(() -> ActorDefinition.of(type))
                .isInstanceOf(DeclarationException.class)
                .hasMessageStartingWith(number);
    }

    /** One of before there were entries. */
    private static final class OldStore implements StateStore {

        @Override
        public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
            return new Creation(actor, true);
        }

        @Override
        public java.util.Optional<StoredActor> load(String id) {
            return java.util.Optional.empty();
        }

        @Override
        public java.util.Set<String> write(List<Write> writes) {
            return java.util.Set.of();
        }

        @Override
        public List<String> due(long millis, int limit) {
            return List.of();
        }

        @Override
        public java.util.Optional<ActorRecord> find(String id) {
            return java.util.Optional.empty();
        }

        @Override
        public java.util.Optional<ActorRecord> find(String name, org.thespis.api.ActorKey key) {
            return java.util.Optional.empty();
        }

        @Override
        public List<ActorRecord> list(String name, int limit) {
            return List.of();
        }

        @Override
        public boolean delete(String id) {
            return false;
        }
    }

    @Test
    void aStoreThatKeepsNoEntriesIsRefusedOnlyIfThereAreSuchFields() {
        new TestActors(ActorSettings.defaults(), new OldStore(), Plain.class);
        assertThatThrownBy(() -> new TestActors(ActorSettings.defaults(), new OldStore(), Durable.class))
                .isInstanceOf(DeclarationException.class)
                .hasMessageStartingWith("THESPIS-152")
                .hasMessageContaining("points");
    }
}
