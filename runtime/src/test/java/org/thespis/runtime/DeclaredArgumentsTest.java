package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.runtime.message.Output;

/** Arguments and results as the author declares them. */
class DeclaredArgumentsTest {

    public record Point(int x, int y) {}

    public record Versioned<T>(int version, T value) {}

    public interface Shape {}

    static class Shelf<T> {
        private T top;

        @Action
        void put(T item, List<T> others) {
            top = item;
        }

        @Action
        T top() {
            return top;
        }
    }

    @Actor("declared")
    static class Declared extends Shelf<Point> {
        @Action
        <X> String any(X something) {
            return String.valueOf(something);
        }

        @Action
        int take(Versioned<Point> versioned) {
            return versioned.value().x();
        }

        @Action
        Versioned<Point> give() {
            return new Versioned<>(1, new Point(2, 3));
        }

        @Action
        int sum(int... numbers) {
            return Arrays.stream(numbers).sum();
        }

        @Action
        Date date() {
            return new Date(0);
        }

        @Action
        String draw(Shape shape) {
            return "drawn";
        }
    }

    private static String message(String action, Object... arguments) {
        return ((Output.Failed) call(action, arguments)).error().message();
    }

    private static Output call(String action, Object... arguments) {
        TestActors actors = new TestActors(Declared.class);
        String id = actors.actor("declared", "a");
        String client = actors.client(id);
        actors.call(id, client, 1, action, arguments);
        actors.runTasks();
        return actors.outputs.get(actors.outputs.size() - 1);
    }

    private static Object result(String action, Object... arguments) {
        return ((Output.Reply) call(action, arguments)).result();
    }

    private static String code(String action, Object... arguments) {
        return ((Output.Failed) call(action, arguments)).error().code();
    }

    @Test
    void genericRecordsComeAndGo() {
        assertThat(result("take", Map.of("version", 1, "value", Map.of("x", 3, "y", 4))))
                .isEqualTo(3);
        assertThat(result("give")).isEqualTo(Map.of("version", 1, "value", Map.of("x", 2, "y", 3)));
        assertThat(code("take", Map.of("version", 1, "value", List.of()))).isEqualTo("invalid_argument");
    }

    @Test
    void aDateIsAMoment() {
        assertThat(result("date")).isEqualTo(new Date(0).toInstant());
    }

    @Test
    void aParameterThatNothingFitsIsTheAuthorsFault() {
        assertThat(code("draw", Map.of("r", 1))).isEqualTo("internal_error");
    }

    @Test
    void aNullAmongTheLastArgumentsIsAnInvalidArgument() {
        assertThat(code("sum", 1L, null, 2L)).isEqualTo("invalid_argument");
    }

    @Test
    void whatStandsForATypeVariableIsBound() {
        Map<String, Object> point = Map.of("x", 1, "y", 2);
        assertThat(result("put", point, List.of(point))).isNull();
        assertThat(message("put", "a")).isEqualTo("Argument 1 (item): expected an object, got text");
        assertThat(message("put", point, List.of("a")))
                .isEqualTo("Argument 2 (others): element 1: expected an object, got text");
        assertThat(result("any", "x")).isEqualTo("x");
    }

    @Test
    void surplusArgumentsAreIgnored() {
        assertThat(result("any", "x", 5, List.of())).isEqualTo("x");
        assertThat(result("sum", 1, 2, 3))
                .as("unless the last parameter takes them")
                .isEqualTo(6);
    }
}
