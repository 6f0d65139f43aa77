package org.thespis.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.thespis.api.Undefined;

class ValuesTest {

    public enum Colour {
        RED,
        GREEN
    }

    public record Position(double x, double y) {}

    public record Player(String name, Position position, List<Colour> colours, Optional<Integer> age) {}

    public static class Bean {
        public byte[] data = {1, 2};
        public BigInteger big = BigInteger.TEN;
        public Instant when = Instant.ofEpochMilli(5);
        public long count = 7;
    }

    @SuppressWarnings("unused")
    private List<Position> positions;

    @SuppressWarnings("unused")
    private Map<String, Long> counts;

    @SuppressWarnings("unused")
    private Optional<String> maybe;

    private final Values values = Values.create();

    private static Type field(String name) {
        try {
            return ValuesTest.class.getDeclaredField(name).getGenericType();
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    @JsonbTypeInfo(key = "kind", value = @JsonbSubtype(alias = "circle", type = Circle.class))
    public interface Shape {}

    public record Circle(double radius, List<Position> marks, Map<String, Colour> named) implements Shape {}

    public record Drawing(Shape first, List<Shape> others, String title) {}

    @Test
    void subtypesAreToldByTheirKey() {
        Map<String, Object> plain = Map.of(
                "kind",
                "circle",
                "radius",
                2L,
                "marks",
                List.of(Map.of("x", 1L, "y", 0.5)),
                "named",
                Map.of("a", "RED"));
        Circle circle = new Circle(2, List.of(new Position(1, 0.5)), Map.of("a", Colour.RED));
        Map<String, Object> drawing = Map.of("first", plain, "others", List.of(plain, plain), "title", "t");
        assertThat(values.bind(drawing, Drawing.class)).isEqualTo(new Drawing(circle, List.of(circle, circle), "t"));
        assertThat(values.bind(plain, Shape.class)).isEqualTo(circle);
        assertThat(values.plain(new Drawing(circle, List.of(circle), "t")))
                .extracting("first.kind", "title")
                .containsExactly("circle", "t");
    }

    @Test
    void bindsWhatClientsSendToTheDeclaredTypes() {
        assertThat(values.bind(3.0, int.class)).isEqualTo(3);
        assertThat(values.bind(3L, Long.class)).isEqualTo(3L);
        assertThat(values.bind(3, double.class)).isEqualTo(3.0);
        assertThat(values.bind(BigInteger.ONE, BigInteger.class)).isEqualTo(BigInteger.ONE);
        assertThat(values.bind("RED", Colour.class)).isEqualTo(Colour.RED);
        assertThat(values.bind("2030-01-02", LocalDate.class)).isEqualTo(LocalDate.of(2030, 1, 2));
        assertThat(values.bind("PT5S", Duration.class)).isEqualTo(Duration.ofSeconds(5));
        assertThat(values.bind("1970-01-01T00:00:00.005Z", Instant.class)).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(values.bind(Instant.ofEpochMilli(5), Instant.class)).isEqualTo(Instant.ofEpochMilli(5));
        String uuid = "00000000-0000-0001-0000-000000000002";
        assertThat(values.bind(uuid, UUID.class)).isEqualTo(UUID.fromString(uuid));
        assertThat((byte[]) values.bind(new byte[] {7}, byte[].class)).containsExactly(7);
    }

    @Test
    void bindsRecordsAndGenerics() {
        Map<String, Object> position = Map.of("x", 3L, "y", -4.5);
        assertThat(values.bind(position, Position.class)).isEqualTo(new Position(3, -4.5));
        assertThat(values.bind(List.of(position), field("positions"))).isEqualTo(List.of(new Position(3, -4.5)));
        assertThat(values.bind(Map.of("a", 1L), field("counts"))).isEqualTo(Map.of("a", 1L));
        Map<String, Object> player = Map.of("name", "ann", "position", position, "colours", List.of("GREEN"), "age", 5);
        assertThat(values.bind(player, Player.class))
                .isEqualTo(new Player("ann", new Position(3, -4.5), List.of(Colour.GREEN), Optional.of(5)));
        assertThat(values.bind("x", field("maybe"))).isEqualTo(Optional.of("x"));
        assertThat(field("maybe")).isInstanceOf(ParameterizedType.class);
    }

    @Test
    void nullAndUndefinedAreNullExceptForObject() {
        assertThat(values.bind(null, Position.class)).isNull();
        assertThat(values.bind(Undefined.UNDEFINED, String.class)).isNull();
        assertThat(values.bind(Undefined.UNDEFINED, Object.class)).isEqualTo(Undefined.UNDEFINED);
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatThrownBy(() -> values.bind("3", int.class)).hasMessage("expected int, got text");
        assertThatThrownBy(() -> values.bind(3.5, int.class)).hasMessage("expected int, got a number");
        assertThatThrownBy(() -> values.bind(1e300, long.class)).isInstanceOf(BindingException.class);
        assertThatThrownBy(() -> values.bind(3, String.class)).hasMessage("expected String, got a number");
        assertThatThrownBy(() -> values.bind("BLUE", Colour.class)).isInstanceOf(BindingException.class);
        assertThatThrownBy(() -> values.bind("x", Position.class)).hasMessage("expected an object, got text");
        assertThatThrownBy(() -> values.bind("PINK", java.util.concurrent.TimeUnit.class))
                .hasMessageStartingWith("expected one of NANOSECONDS, MICROSECONDS,")
                .hasMessageEndingWith(", got text");
        assertThatThrownBy(() -> values.bind(true, field("positions"))).isInstanceOf(BindingException.class);
    }

    @Test
    void writesRecordsBeansAndCollections() {
        assertThat(values.plain(new Position(1, 2))).isEqualTo(Map.of("x", 1.0, "y", 2.0));
        assertThat(values.plain(List.of(Colour.RED, Optional.of(3), Optional.empty())))
                .isEqualTo(Arrays.asList("RED", 3, null));
        assertThat(values.plain(Map.of(Colour.RED, new Object[] {1L}))).isEqualTo(Map.of("RED", List.of(1L)));
        assertThat(values.plain(LocalDate.of(2030, 1, 2))).isEqualTo("2030-01-02");
        assertThat(values.plain(new int[] {1, 2})).isEqualTo(List.of(1, 2));
    }

    @Test
    void bytesAndBigIntegersKeepTheirNatureInsideObjects() {
        @SuppressWarnings("unchecked")
        Map<String, Object> bean = (Map<String, Object>) values.plain(new Bean());
        assertThat((byte[]) bean.get("data")).containsExactly(1, 2);
        assertThat(bean.get("big")).isEqualTo(BigInteger.TEN);
        assertThat(bean.get("when")).isEqualTo("1970-01-01T00:00:00.005Z");
        Bean back = (Bean) values.bind(bean, Bean.class);
        assertThat(back.data).containsExactly(1, 2);
        assertThat(back.big).isEqualTo(BigInteger.TEN);
    }

    @Test
    void takesACopyOfTheMoment() {
        List<Object> list = new java.util.ArrayList<>(List.of(1));
        Object copy = values.plain(list);
        list.add(2);
        assertThat(copy).isEqualTo(List.of(1));
    }
}
