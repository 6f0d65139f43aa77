package org.thespis.runtime.document;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.File;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.*;
import java.time.temporal.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.regex.Pattern;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.runtime.document.FormatOneTypes.Color;
import org.thespis.runtime.document.FormatOneTypes.Position;

/** A field each of values of the platform that come back. */
@SuppressWarnings({"unused", "rawtypes", "unchecked"})
final class ComesBack {

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
    BigDecimal leastExponent = new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE);
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
    Object objectNegativeZero = -0.0;
    Object objectLeast = Double.MIN_VALUE;
    Object objectBitSet = BitSet.valueOf(new long[] {3});
    Object objectCalendar = new GregorianCalendar(2020, 1, 30);
    Object objectTimestamp = new java.sql.Timestamp(-1);
    Object objectNested = List.of(Map.of(1, Set.of(Optional.of(Year.of(-5)))));
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
    Map<String, Integer> halfKeys = new HashMap<>(Map.of("\uD83D", 1, "\uDE00", 2, "\uD83D\uDE00", 3, "", 4));
    Map<Float, String> floatKeys = new HashMap<>(Map.of(Float.NaN, "n", -0f, "z", 0f, "p"));
    Map<BigDecimal, String> decimalKeys =
            new HashMap<>(Map.of(new BigDecimal("1.0"), "a", new BigDecimal("1.00"), "b"));
    Map<Optional<String>, String> optionalKeys = new HashMap<>(Map.of(Optional.empty(), "e", Optional.of("x"), "f"));
    Map<Number, String> numberKeys = new HashMap<>(Map.of(1, "i", 1L, "l", 1.0, "d"));
    SortedSet<Integer> descending = new TreeSet<>(Set.of(1, 2, 3)).descendingSet();
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
    YearMonth farYearMonth = YearMonth.of(12_345, 1);
    Map<YearMonth, String> yearMonthKeys = new HashMap<>(Map.of(YearMonth.of(10_000, 1), "a"));
    MonthDay monthDay = MonthDay.of(2, 29);
    ZonedDateTime inTheGap = ZonedDateTime.of(LocalDateTime.of(2026, 3, 29, 2, 30), ZoneId.of("Europe/Berlin"));
    ZonedDateTime prefixedTime = ZonedDateTime.ofInstant(Instant.EPOCH, ZoneId.of("UTC+01:30"));
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
    JsonValue jsonText = Json.createValue("\uD83D");
    JsonNumber jsonInt = Json.createValue(1);
    JsonNumber jsonDecimal = Json.createValue(new BigDecimal("1.10"));
    JsonObject emptyJson = JsonValue.EMPTY_JSON_OBJECT;
    JsonStructure jsonStructure = JsonValue.EMPTY_JSON_ARRAY;
    List<JsonValue> jsonValues = new ArrayList<>(Arrays.asList(JsonValue.NULL, null, JsonValue.FALSE));
    ChronoUnit chronoUnit = ChronoUnit.DAYS;
    Temporal temporal = Instant.EPOCH;
    TemporalAmount temporalAmount = Period.ofDays(1);
    Iterable<Path> iterablePath = Path.of("a/b");
    Comparable<Path> comparablePath = Path.of("a");

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
    char[][] charArrays = {{'a'}, null, {}};
    Number[] numbers = {1, 2L, null, 1.5f};
    Character[] boxedChars = {'a', '\uD800'};

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
}
