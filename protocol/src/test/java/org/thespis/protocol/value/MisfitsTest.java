package org.thespis.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.bind.annotation.JsonbDateFormat;
import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who sends what does not fit is told which part of it, and what would. */
@SuppressWarnings("unused") // fields are asked for their types
class MisfitsTest {

    public enum Colour {
        RED,
        GREEN
    }

    public record Position(int x, int y) {}

    public record Move(@JsonbProperty("to") Position target, List<Position> path, Colour colour) {}

    public record Page<T>(T content) {}

    public static class Bean {
        public int count;
        private String name;

        public void setName(String name) {
            this.name = name;
        }
    }

    public static class Formatted {
        @JsonbDateFormat("dd.MM.yyyy")
        public LocalDate day;

        public int count;
    }

    private final Values values = Values.create();

    private Map<String, Position> byName;
    private List<List<Integer>> grid;
    private Page<Position> page;
    private Optional<Position> maybe;

    private static Type field(String name) {
        try {
            return MisfitsTest.class.getDeclaredField(name).getGenericType();
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private void told(String message, Object plain, Type type) {
        assertThatThrownBy(() -> values.bind(plain, type))
                .isInstanceOf(BindingException.class)
                .hasMessage(message);
    }

    @Test
    void theMemberIsNamed() {
        told("member x: expected int, got text", Map.of("x", "a", "y", 1), Position.class);
        told("member to: member y: expected int, got a boolean", Map.of("to", Map.of("y", true)), Move.class);
        told("member to: expected an object, got a list", Map.of("to", List.of()), Move.class);
        told("member colour: expected one of RED, GREEN, got text", Map.of("colour", "BLUE"), Move.class);
        told("member count: expected int, got text", Map.of("name", "ann", "count", "five"), Bean.class);
        told("member content: member x: expected int, got text", Map.of("content", Map.of("x", "a")), field("page"));
        told("member x: expected int, got text", Map.of("x", "a"), field("maybe"));
    }

    @Test
    void theElementIsNamed() {
        told("element 2: expected int, got text", List.of(1, "two"), int[].class);
        told("element 1: element 2: expected Integer, got text", List.of(List.of(1, "two")), field("grid"));
        told(
                "member path: element 2: member x: expected int, got text",
                Map.of("path", Arrays.asList(null, Map.of("x", "a"))),
                Move.class);
        told("member home: member x: expected int, got text", Map.of("home", Map.of("x", "a")), field("byName"));
    }

    @Test
    void aLongNameIsCut() {
        String name = "n".repeat(10_000);
        assertThatThrownBy(() -> values.bind(Map.of(name, 5), field("byName")))
                .hasMessage("member " + "n".repeat(60) + "...: expected an object, got a number");
    }

    @Test
    void whatIsBoundByARuleOfItsOwnIsNotBlamed() {
        told("member count: expected int, got text", Map.of("day", "01.02.2026", "count", "a"), Formatted.class);
        told("the members of the object do not fit", Map.of("day", "2026-02-01", "count", 1), Formatted.class);
    }

    @Test
    void aVariableOfATypeIsNotWhatIsExpected() {
        Type variable = Page.class.getRecordComponents()[0].getGenericType();
        assertThat(Misfits.describe(variable)).isEqualTo("Object");
    }

    /** Each level is tried again on its own, so the whole must not be tried over and over. */
    @Test
    void aDeepFaultIsFound() {
        Map<String, Object> plain = new HashMap<>(Map.of("next", 5));
        for (int i = 0; i < 20; i++) {
            plain = new HashMap<>(Map.of("next", plain));
        }
        told("member next: ".repeat(21) + "expected an object, got a number", plain, Chain.class);
    }

    public record Chain(Chain next) {}
}
