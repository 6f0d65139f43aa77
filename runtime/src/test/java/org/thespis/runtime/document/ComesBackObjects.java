package org.thespis.runtime.document;

import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.math.BigDecimal;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import org.thespis.runtime.document.FormatOneTypes.Color;
import org.thespis.runtime.document.FormatOneTypes.Position;

/** A field each of objects of an author's classes that come back. */
@SuppressWarnings({"unused", "rawtypes", "unchecked"})
final class ComesBackObjects {

    static class Shown {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(getClass().getSimpleName());
            for (Class<?> c = getClass(); c != Shown.class; c = c.getSuperclass()) {
                for (var field : c.getDeclaredFields()) {
                    try {
                        field.setAccessible(true);
                        text.append(' ').append(field.getName()).append('=').append(field.get(this));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
            return text.toString();
        }
    }

    static class Secret extends Shown {
        private int health = 5;

        static Secret of(int health) {
            Secret secret = new Secret();
            secret.health = health;
            return secret;
        }
    }

    static class SecretBelow extends Secret {
        private String name = "below";
        protected final int level;

        private SecretBelow() {
            level = 1;
        }

        SecretBelow(int level) {
            this.level = level;
        }
    }

    static class Getters extends Shown {
        private int value = 1;

        public int getValue() {
            throw new IllegalStateException("getters are not called");
        }

        public void setValue(int value) {
            throw new IllegalStateException("setters are not called");
        }
    }

    static final class Made extends Shown {
        private final int sum;

        @JsonbProperty("b")
        private final String text;

        @JsonbCreator
        private static Made of(@JsonbProperty("sum") int sum, @JsonbProperty("b") String text) {
            return new Made(sum, text);
        }

        Made(int sum, String text) {
            this.sum = sum;
            this.text = text;
        }
    }

    record Hidden(int x, double nan, String half, byte[] bytes) {}

    record Pair<A, B>(A first, B second) {}

    record Tree<T>(T value, List<Tree<T>> below) {}

    static class Holder<T> extends Shown {
        T held;
        List<T> all = new ArrayList<>();
    }

    static class TextHolder extends Holder<Optional<String>> {}

    sealed interface Shape permits Circle, Dot, Group, Plain {}

    record Circle(int r) implements Shape {}

    enum Dot implements Shape {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "large";
            }
        }
    }

    record Group(List<Shape> shapes) implements Shape {}

    static final class Plain extends Shown implements Shape {
        int x = 3;

        @Override
        public boolean equals(Object other) {
            return other instanceof Plain p && p.x == x;
        }

        @Override
        public int hashCode() {
            return x;
        }
    }

    sealed interface Result<T> permits Ok, Failed {}

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(String why) implements Result<T> {}

    static sealed class Base extends Shown permits Derived {
        int a = 1;
    }

    static final class Derived extends Base {
        int b = 2;
    }

    @JsonbTypeInfo(
            key = "kind",
            value = {
                @JsonbSubtype(alias = "truck", type = Truck.class),
                @JsonbSubtype(alias = "bike", type = Bike.class)
            })
    interface Vehicle {}

    record Truck(double load) implements Vehicle {}

    record Bike() implements Vehicle {}

    static class Leaves extends Shown {
        transient int loud = 1;

        @JsonbTransient
        private Thread thread;

        int kept = 3;

        @Override
        public String toString() {
            return "kept " + kept;
        }
    }

    static class Celsius implements JsonbAdapter<BigDecimal, Map<String, Integer>> {
        @Override
        public Map<String, Integer> adaptToJson(BigDecimal degrees) {
            return Map.of("tenths", degrees.movePointRight(1).intValueExact());
        }

        @Override
        public BigDecimal adaptFromJson(Map<String, Integer> tenths) {
            return BigDecimal.valueOf(tenths.get("tenths"), 1);
        }
    }

    record Weather(@JsonbTypeAdapter(Celsius.class) BigDecimal degrees) {}

    record Strange(@JsonbProperty("@ id \"") int id, int ümlaut) {}

    sealed interface Term<T> permits Constant, Sum, Both {}

    record Constant(int value) implements Term<Integer> {}

    record Sum<T extends Number>(Term<T> one, Term<T> other) implements Term<T> {}

    record Both<A, B>(A one, B other) implements Term<Map.Entry<A, B>> {}

    static class Box<T extends Comparable<T>> extends Shown {
        T value;
        List<? super T> above = new ArrayList<>();
    }

    static class NumberBox extends Box<Integer> {}

    record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {
        @Override
        public int compareTo(Money other) {
            return amount.compareTo(other.amount);
        }
    }

    record Log(Object... items) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Log log && Arrays.deepEquals(items, log.items);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(items);
        }
    }

    /** A collection of the author's own. */
    static class Bag extends Shown implements Iterable<String> {
        private final List<String> all = new ArrayList<>();

        @Override
        public Iterator<String> iterator() {
            return all.iterator();
        }
    }

    static class Finals extends Shown {
        final int constant = 5;
        final List<String> list = List.of("x");
        private final String text;

        private Finals() {
            text = "none";
        }

        Finals(String text) {
            this.text = text;
        }
    }

    Secret secret = Secret.of(3);
    List<Secret> secrets = new ArrayList<>(List.of(Secret.of(1), Secret.of(2)));
    SecretBelow below = new SecretBelow(9);
    Getters getters = new Getters();
    Made made = new Made(3, null);
    Pair<Position, List<Optional<String>>> pair = new Pair<>(new Position(1, 2), List.of(Optional.of("x")));
    Pair<Pair<Integer, Long>, Object> nestedPair = new Pair<>(new Pair<>(1, 1L), 1L);
    Pair<Position, Color> nullPair = null;
    Pair rawPair = new Pair(1L, List.of('c'));
    Pair<?, ? extends Number> wildPair = new Pair<>("x", 1.0);
    Tree<Color> tree = new Tree<>(Color.GREEN, List.of(new Tree<>(Color.RED, List.of()), new Tree<>(null, null)));
    Holder<Position> holder = held(new Holder<>(), new Position(1, 2));
    TextHolder textHolder = (TextHolder) held(new TextHolder(), Optional.of("t"));
    Shape circle = new Circle(3);
    Shape dot = Dot.LARGE;
    Shape group = new Group(List.of(new Circle(1), Dot.SMALL, new Group(new LinkedList<>()), new Plain()));
    List<Shape> shapes = new ArrayList<>(Arrays.asList(new Circle(1), null, Dot.LARGE));
    Map<Shape, Shape> shapeKeys = new HashMap<>(Map.of(new Circle(1), Dot.LARGE));
    Result<Position> ok = new Ok<>(new Position(1, 2));
    Result<Pair<Color, Long>> okPair = new Ok<>(new Pair<>(Color.RED, 1L));
    Result<Position> failed = new Failed<>("why");
    Base base = new Base();
    Base derived = new Derived();
    Derived derivedItself = new Derived();
    Vehicle vehicle = new Truck(-0.0);
    List<Vehicle> vehicles = new ArrayList<>(List.of(new Bike(), new Truck(1)));
    Optional<Vehicle> maybeVehicle = Optional.of(new Bike());
    Truck truck = new Truck(2);
    Leaves leaves = new Leaves();
    Weather weather = new Weather(new BigDecimal("-3.5"));

    @JsonbTypeAdapter(Celsius.class)
    BigDecimal adapted = new BigDecimal("3.5");

    Strange strange = new Strange(1, 2);
    Dot constant = Dot.LARGE;
    AtomicReference<Shape> referredShape = new AtomicReference<>(new Circle(3));

    Term<Integer> sum = new Sum<>(new Constant(1), new Constant(2));
    Term<?> anyTerm = new Constant(1);
    Term<Map.Entry<Color, Long>> both = new Both<>(Color.RED, 1L);
    Term<Map.Entry<Position, List<Shape>>> bothDeep = new Both<>(new Position(1, 2), List.of(Dot.LARGE));
    Box<Integer> box = boxed(new Box<>());
    NumberBox numberBox = (NumberBox) boxed(new NumberBox());
    Map<Money, Money> monies = new TreeMap<>(Map.of(
            new Money(new BigDecimal("1.10"), Currency.getInstance("EUR")), new Money(new BigDecimal("-0.0"), null)));
    Log log = new Log(1, "a", new Object[] {2L}, null);
    Bag bag = new Bag();
    Finals finals = new Finals("t");
    Shape[] shapeArray = {new Circle(1), null, Dot.LARGE};
    Map<Dot, Dot> dots = new EnumMap<>(Map.of(Dot.SMALL, Dot.LARGE));

    private static Box<Integer> boxed(Box<Integer> box) {
        box.value = 1;
        box.above.add(2);
        return box;
    }

    ComesBackObjects() {
        bag.all.add("a");
    }

    private static <T> Holder<T> held(Holder<T> holder, T value) {
        holder.held = value;
        holder.all.add(value);
        return holder;
    }
}
