package org.thespis.runtime.document;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.io.File;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.regex.Pattern;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.runtime.document.FormatOneState.Color;
import org.thespis.runtime.document.FormatOneState.Position;

/** A field each of values that come back. */
@SuppressWarnings({"unused", "rawtypes", "unchecked"})
final class ComesBack {

    // classes of an author

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

    // numbers, text
    double nan = Double.NaN;
    double infinite = Double.NEGATIVE_INFINITY;
    double negativeZero = -0.0;
    float smallest = Float.MIN_VALUE;
    float floatNan = Float.NaN;
    Double boxedNan = Double.NaN;
    long least = Long.MIN_VALUE;
    long[] longs = {Long.MIN_VALUE, -1, 0, 9, 10, 99, 100, 999_999_999_999_999_999L, Long.MAX_VALUE};
    BigDecimal scale = new BigDecimal("-0.00");
    BigDecimal huge = new BigDecimal("1E+1000000");
    BigInteger bigInteger = BigInteger.ONE.shiftLeft(5_000).negate();
    String half = "a\uD83Db\uDE00\uD83D";
    String controls = "\u0000\u001f\u007f\u0080\u07ff\u0800\u2028\uffff\"\\/";
    char halfChar = '\uDC00';
    char[] halves = {'\uD800', 'x'};
    StringBuilder builder = new StringBuilder("bü");
    CharSequence sequence = new StringBuffer("x");
    CharSequence sequenceOfText = "x";
    Number number = 7L;
    Number bigNumber = new BigDecimal("1.10");
    Number atomicNumber = new AtomicLong(3);
    Comparable<?> comparable = LocalDate.EPOCH;
    Serializable serializable = new int[] {1, 2};

    // anything
    Object objectText = "text";
    Object objectHalf = "\uD83D";
    Object objectInt = 5;
    Object objectLong = 5L;
    Object objectDouble = 5.0;
    Object objectNan = Double.NaN;
    Object objectFloat = 5f;
    Object objectBytes = new byte[] {1, -2};
    Object objectInstant = Instant.MAX;
    Object objectBig = BigInteger.TEN;
    Object objectNull = null;
    Object objectUndefined = Undefined.UNDEFINED;
    Object objectChar = 'c';
    Object objectList = new ArrayList<>(Arrays.asList(1, 2L, "a", null, new ArrayList<>(), 1.5));
    Object objectListOf = List.of(1, "a");
    Object objectMap = new LinkedHashMap<>(Map.of("@type", "TreeMap", "b", 1));
    Object objectMapOfNumbers = new LinkedHashMap<>(Map.of(1, 2L));
    Object objectTree = new TreeMap<>(Map.of("b", 1, "a", List.of()));
    Object objectSet = new LinkedHashSet<>(List.of("z", "a"));
    Object objectOptional = Optional.of(List.of(1L));
    Object objectArray = new Object[] {1, null, "x", new String[] {"y"}};
    Object objectUuid = new UUID(1, 2);
    Object objectZone = ZoneId.of("Europe/Berlin");
    Map<String, Object> anything =
            new HashMap<>(Map.of("i", 5, "l", 5L, "d", 1.0, "b", new BigDecimal("2.0"), "m", Map.of()));
    List<Object> anythingList = new ArrayList<>(List.of((short) 1, (byte) 2, 'c', 1f, Instant.EPOCH, new Date(0)));
    List rawList = new ArrayList(List.of(1L, "x"));
    Map rawMap = new HashMap(Map.of(1, Optional.empty()));
    List<?> wild = List.of("x", 1L);
    List<? super Integer> superWild = new ArrayList<>(List.of(1));
    Map<Object, Object> objectKeys = new LinkedHashMap<>(Map.of("a", 1, 2L, "b", List.of(), true));
    Object[] objects = {1, "a", null};

    // order, kind, null
    Map<String, Integer> linked = new LinkedHashMap<>();
    Map<String, Integer> sorted = new TreeMap<>(Map.of("b", 1, "a", 2));
    Map<String, Integer> concurrent = new ConcurrentHashMap<>(Map.of("b", 1, "a", 2));
    Map<String, Integer> skipList = new ConcurrentSkipListMap<>(Map.of("b", 1, "a", 2));
    Map<String, String> nullKey = new HashMap<>();
    Map<String, Integer> markKey = new LinkedHashMap<>();
    Map<Integer, String> nullIntKey = new TreeMap<>(Map.of(-1, "a"));
    Map<String, Integer> mapOf = Map.of("a", 1, "b", 2, "c", 3);
    Map<String, Integer> mapOfOne = Map.of("a", 1);
    Map<String, Integer> noMap = Collections.emptyMap();
    Map<String, Integer> oneMap = Collections.singletonMap("a", null);
    Map<String, Integer> unmodifiable = Collections.unmodifiableMap(new TreeMap<>(Map.of("b", 1, "a", 2)));
    Map<String, Integer> synchronizedMap = Collections.synchronizedMap(new LinkedHashMap<>(Map.of("b", 1)));
    Map<Position, String> recordKeys = new LinkedHashMap<>(Map.of(new Position(1, 2), "p"));
    Map<List<Integer>, Set<String>> listKeys = new HashMap<>(Map.of(List.of(1), Set.of("x", "y", "z")));
    Map<Character, Double> charKeys = new TreeMap<>(Map.of('\uD800', -0.0));
    Map<Double, Double> doubleKeys = new HashMap<>(Map.of(-0.0, 0.0, 0.0, Double.NaN, Double.NaN, 1.0));
    Map<ZoneId, Locale> zoneKeys = new HashMap<>(Map.of(ZoneId.of("Z"), Locale.GERMANY));
    Map<Object, String> pairKeys = new HashMap<>(Map.of("1", "text", 1, "number"));
    EnumMap<Color, List<Position>> enumMap = new EnumMap<>(Map.of(Color.GREEN, List.of(new Position(1, 2))));
    EnumMap<Color, String> emptyEnumMap = new EnumMap<>(Color.class);
    Map<Color, Integer> enumMapInMap = new EnumMap<>(Map.of(Color.RED, 1));
    Map<Color, Integer> hashMapOfEnums = new HashMap<>(Map.of(Color.RED, 1));
    Set<Color> enumSet = EnumSet.noneOf(Color.class);
    EnumSet<DayOfWeek> days = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    Hashtable<String, Integer> hashtable = new Hashtable<>(Map.of("a", 1, "b", 2));
    Properties properties = new Properties();
    HashMap<String, Integer> linkedInHashMap = new LinkedHashMap<>(Map.of("a", 1));
    List<String> linkedList = new LinkedList<>(List.of("a"));
    List<String> listOf = List.of("a", "b", "c");
    List<String> listOfTwo = List.of("a", "b");
    List<String> listOfNone = List.of();
    List<String> streamList = java.util.stream.Stream.of("a", null, "b").toList();
    List<String> streamOneNull = java.util.stream.Stream.of((String) null).toList();
    List<String> asList = Arrays.asList("a", null);
    List<String> unmodifiableList = Collections.unmodifiableList(new ArrayList<>(List.of("a")));
    List<String> singleton = Collections.singletonList(null);
    List<String> copyOnWrite = new CopyOnWriteArrayList<>(List.of("a"));
    List<String> synchronizedList = Collections.synchronizedList(new ArrayList<>(List.of("a")));
    Set<String> linkedSet = new LinkedHashSet<>(List.of("z", "a", "m"));
    Set<String> treeSet = new TreeSet<>(List.of("z", "a", "m"));
    Set<String> setOf = Set.of("a", "b", "c", "d");
    Set<Object> setOfAnything = new HashSet<>(Arrays.asList(null, 1, 1L, "1", List.of()));
    Set<String> keySet = ConcurrentHashMap.newKeySet();
    SortedSet<Integer> unmodifiableSorted = Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(3, 1)));
    Queue<Integer> priority = new PriorityQueue<>(List.of(5, 3, 9, 1, 7));
    Queue<Integer> blocking = new LinkedBlockingQueue<>(List.of(3, 1));
    Deque<Integer> concurrentDeque = new ConcurrentLinkedDeque<>(List.of(3, 1));
    Map<String, Integer> reversed = reversed();
    TreeSet<String> ignoringCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    PriorityQueue<Integer> reversedQueue = new PriorityQueue<>(Comparator.reverseOrder());
    NavigableMap<Long, String> naturalOrder = new TreeMap<>(Comparator.naturalOrder());
    Map<String, Integer> orderKey = new LinkedHashMap<>(Map.of("@order", 1));
    Object anyReversed = new ConcurrentSkipListSet<>(Comparator.reverseOrder());
    Stack<String> stack = new Stack<>();
    Collection<Object> collection = new ArrayDeque<>(List.of(1L));
    Iterable<String> iterable = new TreeSet<>(Set.of("b", "a"));
    List<Set<Map<String, int[]>>> nested = new ArrayList<>(List.of(Set.of(Map.of())));
    Optional<Optional<String>> optionals = Optional.of(Optional.empty());
    Optional<List<Integer>> nullOptional = null;
    Optional<Object> anyOptional = Optional.of(1L);

    // other classes of the platform
    AtomicInteger atomicInteger = new AtomicInteger(-5);
    AtomicBoolean atomicBoolean = new AtomicBoolean(true);
    AtomicReference<List<Position>> reference = new AtomicReference<>(List.of(new Position(1, 2)));
    AtomicReference<String> emptyReference = new AtomicReference<>();
    AtomicIntegerArray atomicInts = new AtomicIntegerArray(new int[] {1, 2});
    LongAdder adder = new LongAdder();
    Year year = Year.of(12_345);
    YearMonth yearMonth = YearMonth.of(-12_345, 2);
    MonthDay monthDay = MonthDay.of(2, 29);
    Instant earliest = Instant.MIN;
    LocalDateTime latest = LocalDateTime.MAX;
    Duration longest = Duration.ofSeconds(Long.MIN_VALUE, 1);
    Duration negative = Duration.ofSeconds(-1, 1);
    Period period = Period.of(Integer.MIN_VALUE, 0, -1);
    ZonedDateTime overlap = ZonedDateTime.ofLocal(
            LocalDateTime.of(2026, 10, 25, 2, 30), ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(1));
    ZonedDateTime fixed = ZonedDateTime.of(LocalDateTime.MIN, ZoneOffset.UTC);
    ZoneId offsetAsZone = ZoneOffset.ofHoursMinutesSeconds(1, 2, 3);
    ZoneId prefixed = ZoneId.of("UTC+02:00");
    Locale locale = new Locale("no", "NO", "NY");
    Locale root = Locale.ROOT;
    Locale script = Locale.forLanguageTag("zh-Hant-TW-u-ca-roc");
    Currency currency = Currency.getInstance("JPY");
    BitSet bits = BitSet.valueOf(new long[] {5, 0, Long.MIN_VALUE});
    Pattern pattern = Pattern.compile("a+", Pattern.CASE_INSENSITIVE | Pattern.COMMENTS);
    TimeZone timeZone = TimeZone.getTimeZone("Europe/Berlin");
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("America/New_York"), Locale.GERMANY);
    Date date = new Date(Long.MIN_VALUE);
    Date timestampAsDate = new java.sql.Timestamp(1);
    java.sql.Timestamp timestamp = java.sql.Timestamp.from(Instant.ofEpochSecond(1, 123_456_789));
    java.sql.Date sqlDate = java.sql.Date.valueOf("2026-01-02");
    URI uri = URI.create("mailto:a@b?x=%20");
    File file = new File("a/../b");
    Charset charset = StandardCharsets.UTF_16LE;
    Map.Entry<String, Position> entry = Map.entry("a", new Position(1, 2));
    Map.Entry<String, Object> simpleEntry = new AbstractMap.SimpleEntry<>("a", null);
    TimeUnit unit = TimeUnit.DAYS;
    ActorKey key = ActorKey.of("a", "");
    JsonObject json = Json.createObjectBuilder().add("@type", 1).addNull("n").build();
    JsonValue jsonNull = JsonValue.NULL;
    JsonValue noJson = null;

    // arrays
    int[][][] cube = {{{1}, {}}, {}, null};
    Position[][] positions = {{new Position(1, 2), null}, null};
    List<String>[] lists = new List[] {List.of("a"), new LinkedList<>()};
    Optional<Integer>[] optionalArray = new Optional[] {Optional.of(1), Optional.empty(), null};
    float[] floats = {Float.NaN, -0f, 1e-45f};
    short[] shorts = {Short.MIN_VALUE};
    Boolean[] flags = {true, null};
    Color[] colors = {Color.GREEN, null};
    byte[][] byteArrays = {{1}, {}, null};
    Character[] boxedChars = {'a', '\uD800'};

    // classes of the author
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

    private static Map<String, Integer> reversed() {
        Map<String, Integer> reversed = new TreeMap<>(Comparator.reverseOrder());
        reversed.putAll(Map.of("a", 1, "b", 2, "c", 3));
        return reversed;
    }

    ComesBack() {
        ignoringCase.addAll(List.of("b", "A", "c"));
        reversedQueue.addAll(List.of(1, 5, 3, 9, 7));
        for (String name : List.of("zeta", "alpha", "mid", "10", "9")) {
            linked.put(name, linked.size());
        }
        nullKey.put(null, "n");
        nullKey.put("null", "text");
        markKey.put("@type", 1);
        markKey.put("value", 2);
        properties.setProperty("a", "1");
        keySet.add("a");
        stack.push("a");
        adder.add(7);
    }

    private static <T> Holder<T> held(Holder<T> holder, T value) {
        holder.held = value;
        holder.all.add(value);
        return holder;
    }
}
