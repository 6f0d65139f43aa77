package org.thespis.protocol.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What does not fit is refused, and not turned into something else that does. */
@SuppressWarnings("unused") // fields are asked for their types
class StrictBindingTest {

    public record Pair<A, B>(A first, B second) {}

    public record Numbers(Integer i, Long l, Double d, Float f, Short s, Byte b, int primitive, long large) {}

    public record Keys(Map<BigInteger, String> big, Map<BigDecimal, String> decimal) {}

    private final Values values = Values.create();

    private Map<String, Object> map;
    private HashMap<Integer, String> byNumber;
    private Pair<?, ? extends Collection<String>> anyPair;
    private Optional<Integer> maybe;
    private List<Double> doubles;
    private List<Integer> ints;
    private List<BigInteger> bigs;
    private List<Number> numbers;

    private LinkedList<Pair<Integer, String>> linked;
    private CopyOnWriteArrayList<Pair<Integer, String>> copied;
    private Deque<Pair<Integer, String>> deque;
    private Queue<Pair<Integer, String>> queue;
    private ConcurrentHashMap<String, Pair<Integer, String>> concurrent;
    private ConcurrentMap<String, Pair<Integer, String>> concurrentMap;
    private SortedMap<String, Pair<Integer, String>> sorted;

    private static Type field(String name) {
        try {
            return StrictBindingTest.class.getDeclaredField(name).getGenericType();
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private void refused(Object plain, Type type) {
        assertThatThrownBy(() -> values.bind(plain, type))
                .as(plain + " as " + type)
                .isInstanceOf(BindingException.class);
    }

    @Test
    void optionalNumbersAreExact() {
        assertThat(values.bind(5L, OptionalInt.class)).isEqualTo(OptionalInt.of(5));
        assertThat(values.bind(5.0, OptionalLong.class)).isEqualTo(OptionalLong.of(5));
        assertThat(values.bind(5L, OptionalDouble.class)).isEqualTo(OptionalDouble.of(5));
        assertThat(values.bind(5L, field("maybe"))).isEqualTo(Optional.of(5));
        for (Object wrong : new Object[] {1.5, new BigInteger("99999999999999999999"), List.of(1L, 2L), "1", true}) {
            refused(wrong, OptionalInt.class);
            refused(wrong, OptionalLong.class);
            refused(wrong, field("maybe"));
        }
        refused(List.of(1.5), OptionalDouble.class);
    }

    @Test
    void numbersOfMembersAndElementsAreExact() {
        Map<String, Object> plain = new HashMap<>();
        for (String name : List.of("i", "l", "d", "f", "s", "b", "primitive", "large")) {
            plain.put(name, 5.0);
        }
        assertThat(values.bind(plain, Numbers.class)).isEqualTo(new Numbers(5, 5L, 5.0, 5f, (short) 5, (byte) 5, 5, 5));
        for (String name : List.of("i", "l", "s", "b", "primitive", "large")) {
            refused(Map.of(name, 1.5), Numbers.class);
            refused(Map.of(name, new BigInteger("99999999999999999999")), Numbers.class);
        }
        assertThat(values.bind(Arrays.asList(1L, 1.5, null), field("doubles")))
                .isEqualTo(Arrays.asList(1.0, 1.5, null));
        assertThat(values.bind(List.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0), field("doubles")))
                .isEqualTo(List.of(Double.NaN, Double.NEGATIVE_INFINITY, -0.0));
        assertThat(values.bind(Arrays.asList("1", null), field("bigs"))).isEqualTo(Arrays.asList(BigInteger.ONE, null));
        assertThat(values.bind(Arrays.asList(1L, null), field("numbers")))
                .isEqualTo(Arrays.asList(BigDecimal.ONE, null));
        assertThat(values.bind(List.of(1L, 2.0), field("ints"))).isEqualTo(List.of(1, 2));
        refused(List.of(1.5), field("ints"));
        Keys keys = (Keys) values.bind(Map.of("big", Map.of("12", "a"), "decimal", Map.of("1.50", "b")), Keys.class);
        assertThat(keys).isEqualTo(new Keys(Map.of(BigInteger.valueOf(12), "a"), Map.of(new BigDecimal("1.50"), "b")));
    }

    @Test
    void aCharacterIsATextOfOne() {
        assertThat(values.bind("x", char.class)).isEqualTo('x');
        assertThat(values.bind("\uD83D", Character.class)).isEqualTo('\uD83D');
        for (Object wrong : new Object[] {"text", "", 1L, 1.5, true, List.of("x")}) {
            refused(wrong, Character.class);
            refused(wrong, char.class);
        }
    }

    @Test
    void aMapIsNoListAndBytesAreNoNumber() {
        for (Object wrong : new Object[] {List.of(1L, 2L), List.of(Map.of("x", 1L))}) {
            refused(wrong, Map.class);
            refused(wrong, field("map"));
            refused(wrong, field("byNumber"));
        }
        assertThat(values.bind(Map.of("1", "a"), field("byNumber"))).isEqualTo(Map.of(1, "a"));
        for (Object wrong : new Object[] {1234L, true, List.of("AQ==")}) {
            refused(wrong, byte[].class);
        }
        assertThat((byte[]) values.bind("AQ==", byte[].class)).containsExactly(1);
    }

    public record Position(int x, int y) {}

    public static class Bean {
        public int x;
    }

    @Test
    void anObjectIsNoListThatHoldsOne() {
        for (Type type : List.of(Position.class, Bean.class)) {
            assertThat(values.bind(Map.of("x", 1L), type)).isNotNull();
            refused(List.of(Map.of("x", 1L)), type);
        }
        refused(List.of("MONDAY"), DayOfWeek.class);
        refused(List.of("00000000-0000-0001-0000-000000000002"), UUID.class);
        assertThat(values.bind("MONDAY", DayOfWeek.class)).isEqualTo(DayOfWeek.MONDAY);
        assertThat(values.bind(Map.of("first", List.of(1L), "second", List.of("a")), field("anyPair")))
                .isEqualTo(new Pair<>(List.of(1L), List.of("a")));
        assertThat(values.bind(List.of(1L), Optional.class)).isInstanceOf(Optional.class);
    }

    @Test
    void aTreeIsOfItsKind() {
        assertThat(values.bind(Map.of(), JsonObject.class)).isEqualTo(JsonObject.EMPTY_JSON_OBJECT);
        refused(1L, JsonObject.class);
        refused(Map.of(), JsonArray.class);
        refused("x", JsonArray.class);
    }

    @Test
    void genericRecordsAreBoundInCollectionsOfAllKinds() {
        Pair<Integer, String> bound = new Pair<>(1, "a");
        Map<String, Object> plain = Map.of("first", 1L, "second", "a");
        for (String name : List.of("linked", "copied", "deque", "queue")) {
            Object collection = values.bind(List.of(plain), field(name));
            assertThat(new ArrayList<>((Collection<?>) collection)).as(name).isEqualTo(List.of(bound));
        }
        for (String name : List.of("concurrent", "concurrentMap", "sorted")) {
            assertThat(values.bind(Map.of("k", plain), field(name))).as(name).isEqualTo(Map.of("k", bound));
        }
        assertThat(values.bind(List.of(), field("linked"))).isExactlyInstanceOf(LinkedList.class);
        assertThat(values.bind(List.of(), field("queue"))).isExactlyInstanceOf(ArrayDeque.class);
        assertThat(values.bind(Map.of(), field("sorted"))).isExactlyInstanceOf(TreeMap.class);
    }

    public static class HoldsGeneric {
        public List<Pair<Integer, String>> pairs = new ArrayList<>();
    }

    record NotPublic(int x) {}

    @Test
    void whatOnlyTheAuthorCanMendIsNotTheCallersFault() {
        for (Type wrong : List.of(HoldsGeneric.class, NotPublic.class, StringBuilder.class)) {
            Object plain = wrong == StringBuilder.class ? "x" : Map.of("x", 1L);
            assertThatThrownBy(() -> values.bind(plain, wrong))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("nothing can be bound to ");
        }
        assertThat(values.bind("x", CharSequence.class)).isEqualTo("x");
    }
}
