package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.State;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.settings.ActorSettings;

/** Two applications on one store, each with actors that the other does not have. */
class PlansOfOthersTest {

    private static final int LOOKS = 5;

    @Actor("mine")
    static class Mine {

        ActorContext actor;

        @State
        int rung;

        @Action
        void plan() {
            actor.schedule().after(Duration.ofMinutes(1), "ring");
        }

        @Action
        int ring() {
            return ++rung;
        }
    }

    @Actor("other")
    static class Other extends Mine {}

    private final StateStore store = new MemoryStateStore();
    private final List<Set<?>> asked = new ArrayList<>();
    private final HandTime time = new HandTime();

    /** Gives due actors of all types, as stores do that know no names. */
    private StateStore withoutNames() {
        return (StateStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StateStore.class}, (proxy, method, arguments) -> {
                    try {
                        if (method.getName().equals("due") && arguments.length == 3) {
                            asked.add(Set.copyOf((Set<?>) arguments[2]));
                            return store.due((long) arguments[0], (int) arguments[1]);
                        }
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private TestActors application(StateStore store, Class<?> type) {
        return new TestActors(ActorSettings.defaults(), store, time, type);
    }

    /** Plans in an application that is then gone. */
    private String planned(Class<?> type, String name, String key) {
        TestActors actors = application(store, type);
        String id = actors.actor(name, key);
        actors.call(id, actors.client(id), 1, "plan");
        actors.runTasks();
        actors.stop(Duration.ofSeconds(1));
        assertThat(store.due(Long.MAX_VALUE - 1, 10)).contains(id);
        return id;
    }

    private void looks(TestActors actors) {
        for (int i = 0; i < LOOKS; i++) {
            time.advance(Duration.ofMinutes(1));
            actors.system.tick();
            actors.runTasks();
        }
    }

    @Test
    void plansOfTypesThatTheApplicationDoesNotHaveAreLeftToTheOther() {
        String others = planned(Other.class, "other", "a");
        String mine = planned(Mine.class, "mine", "a");
        TestActors actors = application(store, Mine.class);
        try (LogOf waker = LogOf.type(Waker.class);
                LogOf unknown = LogOf.type(UnknownTypes.class)) {
            looks(actors);
            assertThat(waker.lines()).isEmpty();
            assertThat(unknown.lines()).isEmpty();
        }
        assertThat(store.load(mine).orElseThrow().version()).as("it rang").isGreaterThan(2);
        assertThat(store.load(others).orElseThrow().version()).isEqualTo(2);
        TestActors owner = application(store, Other.class);
        looks(owner);
        assertThat(store.load(others).orElseThrow().version()).as("it rang").isGreaterThan(2);
    }

    @Test
    void ofAStoreThatGivesThemAllTheSameEachTypeIsToldOnceAndTheOwnAreWoken() {
        planned(Other.class, "other", "a");
        planned(Other.class, "other", "b");
        String mine = planned(Mine.class, "mine", "a");
        TestActors actors = application(withoutNames(), Mine.class);
        try (LogOf waker = LogOf.type(Waker.class);
                LogOf unknown = LogOf.type(UnknownTypes.class)) {
            looks(actors);
            assertThat(waker.lines()).isEmpty();
            assertThat(unknown.lines()).singleElement().asString().contains("other");
            assertThat(unknown.thrown()).isEmpty();
        }
        assertThat(asked).isNotEmpty().allMatch(names -> names.equals(Set.of("mine")));
        assertThat(store.load(mine).orElseThrow().version()).as("it rang").isGreaterThan(2);
    }

    @Test
    void whatIsToldOfOtherTypesIsBounded() {
        UnknownTypes types = new UnknownTypes();
        try (LogOf unknown = LogOf.type(UnknownTypes.class)) {
            for (int i = 0; i < 3 * UnknownTypes.MAX_TOLD; i++) {
                types.found("t" + i);
                types.found("t" + i);
            }
            assertThat(unknown.lines()).hasSize(UnknownTypes.MAX_TOLD);
        }
    }

    @Test
    void whatFailsForAnotherReasonIsLoggedWithIt() {
        String mine = planned(Mine.class, "mine", "broken");
        ActorRecord record = store.find(mine).orElseThrow();
        store.delete(mine);
        store.create(
                new ActorRecord(mine, record.name(), ActorKey.of("broken"), record.created()), "no JSON".getBytes(), 0);
        TestActors actors = application(store, Mine.class);
        try (LogOf waker = LogOf.type(Waker.class)) {
            looks(actors);
            assertThat(waker.lines()).isNotEmpty().allMatch(line -> line.contains(mine));
            assertThat(waker.thrown()).isNotEmpty();
        }
    }
}
