package org.thespis.runtime.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.protocol.contract.Operation;

/** Interfaces to actors, and each number of a refused one. */
class ContractTest {

    public interface Keeping<T> {
        CompletionStage<List<T>> all();

        void put(T item);
    }

    public interface Notes extends Keeping<String> {
        int size();

        default boolean isEmpty() {
            return size() == 0;
        }

        @Override
        String toString();
    }

    @Actor
    static class NoteBook implements Notes {
        @Override
        @Action
        public CompletionStage<List<String>> all() {
            return null;
        }

        @Override
        @Action("add")
        public void put(String item) {}

        @Override
        @Action
        public int size() {
            return 0;
        }
    }

    @Actor
    static class Clock {
        @Action
        long now(ActorContext actor, int zone) {
            return 0;
        }

        @Action
        void stop(String... why) {}
    }

    private static Contract contract(Class<?> type) {
        return Contract.of(type, List.of(ActorDefinition.of(NoteBook.class), ActorDefinition.of(Clock.class)));
    }

    private static Operation operation(Class<?> type, String name) {
        Method method = Arrays.stream(type.getMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return contract(type).operation(method);
    }

    @Test
    void theActorIsTheOneWhoseClassImplementsIt() {
        assertThat(contract(Notes.class).definition().name()).isEqualTo("noteBook");
        assertThat(contract(Keeping.class).definition().name()).isEqualTo("noteBook");
    }

    @Test
    void typeVariablesStandForWhatTheInterfaceSays() {
        assertThat(operation(Notes.class, "all").result().getTypeName()).isEqualTo("java.util.List<java.lang.String>");
        assertThat(operation(Notes.class, "all").isLater()).isTrue();
    }

    @Test
    void theActionIsThatOfTheMethodThatImplementsIt() {
        assertThat(operation(Notes.class, "put").action()).isEqualTo("add");
        assertThat(operation(Notes.class, "put").result()).isEqualTo(void.class);
        assertThat(operation(Notes.class, "size").result()).isEqualTo(int.class);
        assertThat(operation(Notes.class, "isEmpty")).isNull();
        assertThat(operation(Notes.class, "toString")).isNull();
    }

    interface Now {
        CompletionStage<Long> now(int zone);

        @Action("stop")
        void end(String one, String... others);
    }

    interface Stopping {
        void stop(String... why);
    }

    @Test
    void oneThatNobodyImplementsIsForTheActorWhoseActionsMatch() {
        assertThat(contract(Now.class).definition().name()).isEqualTo("clock");
        assertThat(operation(Now.class, "now").result()).isEqualTo(Long.class);
        assertThat(operation(Now.class, "end").action()).isEqualTo("stop");
    }

    @Test
    void whatIsLeftOfTheArgumentsIsSpread() {
        Object[] spread = operation(Stopping.class, "stop").positional(new Object[] {new String[] {"a", "b"}});
        assertThat(spread).containsExactly("a", "b");
    }

    interface NobodysBusiness {
        void nothing();
    }

    interface Empty {}

    interface ClockWithMore {
        long now(int zone);

        void more();
    }

    interface ClockWithContext extends Stopping {
        long now(ActorContext actor, int zone);
    }

    interface ClockWithLess extends Stopping {
        long now();
    }

    interface Generic {
        <T> T now(int zone);
    }

    @Actor("clockWithMore")
    static class MoreClock implements ClockWithMore {
        @Override
        @Action
        public long now(int zone) {
            return 0;
        }

        @Override
        public void more() {}
    }

    @Actor("clockWithContext")
    static class ContextClock implements ClockWithContext {
        @Override
        @Action
        public long now(ActorContext actor, int zone) {
            return 0;
        }

        @Override
        @Action
        public void stop(String... why) {}
    }

    @Actor("clockWithLess")
    static class LessClock extends Clock {}

    @Actor("generic")
    static class GenericClock implements Generic {
        @Override
        @Action
        @SuppressWarnings("unchecked")
        public Object now(int zone) {
            return 0L;
        }
    }

    /** Many implement it, and nobody means an actor. */
    interface Closed {
        void close();
    }

    @Actor("resource")
    static class Resource implements Closed, NobodysBusiness, Runnable {
        @Override
        public void close() {}

        @Override
        public void nothing() {}

        @Override
        @Action
        public void run() {}
    }

    @Test
    void interfacesThatActorsImplementAndThatFitThemNotAreKnownWithoutAnybodyAsking() {
        List<ActorDefinition> all = Stream.of(
                        NoteBook.class,
                        MoreClock.class,
                        ContextClock.class,
                        LessClock.class,
                        GenericClock.class,
                        Resource.class)
                .map(ActorDefinition::of)
                .toList();
        assertThat(Contract.unfit(all).stream()
                        .map(e -> e.getMessage().substring(0, "THESPIS-000".length()))
                        .sorted())
                .containsExactly("THESPIS-173", "THESPIS-174", "THESPIS-176");
        assertThat(Contract.unfit(all)).anySatisfy(e -> assertThat(e).hasMessageContaining("ClockWithMore.more"));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(170, NoteBook.class, NoteBook.class, "interface"),
                Arguments.of(171, NobodysBusiness.class, NoteBook.class, "let the class of the actor implement it"),
                Arguments.of(171, Empty.class, NoteBook.class, "let the class of the actor implement it"),
                Arguments.of(173, ClockWithMore.class, MoreClock.class, "put @Action"),
                Arguments.of(174, ClockWithContext.class, ContextClock.class, "take it out"),
                Arguments.of(175, ClockWithLess.class, LessClock.class, "give it the same"),
                Arguments.of(176, Generic.class, GenericClock.class, "put the type variable on the interface"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isRefusedWithItsNumber(int number, Class<?> type, Class<?> actor, String wayOut) {
        assertThatThrownBy(() -> Contract.of(type, List.of(ActorDefinition.of(actor))))
                .isInstanceOf(DeclarationException.class)
                .hasMessageStartingWith("THESPIS-" + number + ": ")
                .hasMessageContaining(type.getName())
                .hasMessageContaining(wayOut);
    }

    @Actor("otherClock")
    static class OtherClock extends Clock {}

    @Test
    void oneThatFitsTwoActorsIsRefused() {
        List<ActorDefinition> two = List.of(ActorDefinition.of(Clock.class), ActorDefinition.of(OtherClock.class));
        assertThatThrownBy(() -> Contract.of(Stopping.class, two))
                .hasMessageStartingWith("THESPIS-172: ")
                .hasMessageContaining(Clock.class.getName())
                .hasMessageContaining(OtherClock.class.getName());
    }
}
