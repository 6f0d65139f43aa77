package org.thespis.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.bind.annotation.JsonbDateFormat;
import java.lang.reflect.Type;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.EnumMap;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thespis.api.Undefined;

/** Arguments and results of types that JSON-B alone does not bring across. */
class DeclaredTypesTest {

    public record Position(int x, int y) {}

    public record Versioned<T>(int version, T value) {}

    public record Drawing(Versioned<Position> first, List<Versioned<Position>> others, String title) {}

    @SuppressWarnings("unused")
    private Versioned<Position> one;

    @SuppressWarnings("unused")
    private Map<String, Versioned<List<Position>>> byName;

    @SuppressWarnings("unused")
    private Optional<Versioned<Position>> maybe;

    @SuppressWarnings("unused")
    private Versioned<Position>[] many;

    @SuppressWarnings("unused")
    private EnumMap<DayOfWeek, Integer> days;

    @SuppressWarnings("unused")
    private List<Shape> shapes;

    private final Values values = Values.create();

    private static Type field(String name) {
        try {
            return DeclaredTypesTest.class.getDeclaredField(name).getGenericType();
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private static final Map<String, Object> POSITION = Map.of("x", 1, "y", 2.0);
    private static final Map<String, Object> VERSIONED = Map.of("version", 3L, "value", POSITION);
    private static final Versioned<Position> BOUND = new Versioned<>(3, new Position(1, 2));

    @Test
    void genericRecordsAreBoundWhereverTheyStand() {
        assertThat(values.bind(VERSIONED, field("one"))).isEqualTo(BOUND);
        assertThat(values.bind(Map.of("a", Map.of("version", 1, "value", List.of(POSITION))), field("byName")))
                .isEqualTo(Map.of("a", new Versioned<>(1, List.of(new Position(1, 2)))));
        assertThat(values.bind(VERSIONED, field("maybe"))).isEqualTo(Optional.of(BOUND));
        assertThat(values.bind(null, field("maybe"))).isEqualTo(Optional.empty());
        assertThat((Object[]) values.bind(List.of(VERSIONED), field("many"))).containsExactly(BOUND);
        assertThat(values.bind(Map.of("first", VERSIONED, "others", List.of(VERSIONED)), Drawing.class))
                .isEqualTo(new Drawing(BOUND, List.of(BOUND), null));
        assertThat(values.bind(Map.of(), field("one"))).isEqualTo(new Versioned<>(0, null));
        assertThat(values.bind(null, field("one"))).isNull();
        assertThat(values.plain(BOUND)).isEqualTo(Map.of("version", 3, "value", Map.of("x", 1, "y", 2)));
    }

    @Test
    void mapsOfEnumsAreBound() {
        assertThat(values.bind(Map.of("MONDAY", 1L), field("days")))
                .isEqualTo(new EnumMap<>(Map.of(DayOfWeek.MONDAY, 1)));
    }

    @Test
    void whoSendsOtherMembersIsToldWhich() {
        assertThatThrownBy(() -> values.bind(Map.of("version", "a"), field("one")))
                .isInstanceOf(BindingException.class)
                .hasMessage("member version: expected int, got text");
        assertThatThrownBy(() -> values.bind(List.of(), field("one"))).isInstanceOf(BindingException.class);
    }

    public record Dates(Date date, Calendar calendar, Instant instant, java.sql.Timestamp timestamp) {}

    public static class Formatted {
        @JsonbDateFormat("yyyy")
        public Date date = new Date(0);
    }

    @Test
    void datesOfAllKindsAreMoments() {
        Instant moment = Instant.ofEpochMilli(5);
        Calendar calendar = new GregorianCalendar();
        calendar.setTimeInMillis(5);
        assertThat(values.plain(new Date(5))).isEqualTo(moment);
        assertThat(values.plain(calendar)).isEqualTo(moment);
        assertThat(values.plain(new java.sql.Date(5))).isEqualTo(moment);
        assertThat(values.plain(List.of(new Date(5)))).isEqualTo(List.of(moment));
        assertThat(values.bind(moment, Date.class)).isEqualTo(new Date(5));
        Dates dates = new Dates(new Date(5), calendar, moment, new java.sql.Timestamp(5));
        String text = moment.toString();
        assertThat(values.plain(dates))
                .isEqualTo(Map.of("date", text, "calendar", text, "instant", text, "timestamp", text));
        assertThat(((Dates) values.bind(Map.of("date", moment, "calendar", text), Dates.class)).date())
                .isEqualTo(new Date(5));
    }

    @Test
    void aFormatThatTheAuthorGivesIsKept() {
        assertThat(values.plain(new Formatted())).isEqualTo(Map.of("date", "1970"));
    }

    public record Holds(Object value) {}

    @Test
    void undefinedStaysUndefinedInAMember() {
        Map<?, ?> plain = (Map<?, ?>) values.plain(new Holds(Undefined.UNDEFINED));
        assertThat(plain.get("value")).isSameAs(Undefined.UNDEFINED);
        assertThat(values.json(Map.of("a", Undefined.UNDEFINED), Map.class)).isEqualTo("{\"a\":null}");
    }

    @Test
    void halfASurrogatePairPasses() {
        assertThat(values.plain(new Holds("a\uD83D"))).isEqualTo(Map.of("value", "a\uD83D"));
        assertThat(values.bind(Map.of("value", "a\uD83D"), Holds.class)).isEqualTo(new Holds("a\uD83D"));
    }

    public static class Node {
        public Node next;
        public Object value;
    }

    private static Object nested(int levels) {
        Object nested = 1;
        for (int i = 0; i < levels; i++) {
            nested = i % 2 == 0 ? new ArrayList<>(List.of(nested)) : new HashMap<>(Map.of("a", nested));
        }
        return nested;
    }

    @Test
    void depthIsLimitedAndNeverOverflows() {
        assertThat(values.plain(nested(256))).isEqualTo(nested(256));
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        Node ring = new Node();
        ring.next = ring;
        Node mixed = new Node();
        mixed.value = nested(250);
        for (Object deep : List.of(nested(257), nested(100_000), itself)) {
            assertThatThrownBy(() -> values.plain(deep))
                    .isInstanceOf(BindingException.class)
                    .hasMessageContaining("256 levels");
        }
        assertThatThrownBy(() -> values.plain(ring)).isInstanceOf(BindingException.class);
        assertThatThrownBy(() -> values.plain(new Holds(nested(257)))).isInstanceOf(BindingException.class);
        assertThatThrownBy(() -> values.bind(nested(100_000), List.class)).isInstanceOf(BindingException.class);
        assertThat(values.plain(mixed)).isInstanceOf(Map.class);
    }

    public interface Shape {}

    public static class Sketch {
        public Shape shape;
    }

    public static class WithoutConstructor {
        public WithoutConstructor(int x) {}
    }

    @Test
    void aDeclarationThatNothingFitsIsNotTheCallersFault() {
        for (Type wrong :
                List.of(Shape.class, field("shapes"), Sketch.class, WithoutConstructor.class, Runnable.class)) {
            Object plain = wrong == field("shapes") ? List.of(POSITION) : Map.of("shape", POSITION);
            assertThatThrownBy(() -> values.bind(plain, wrong))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("nothing can be bound to ");
        }
    }
}
