package org.thespis.runtime.document;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.State;

/** State of all the types that documents of format 1 brought back; {@code format-1.json} was written from a filled one. */
@Actor("formatOne")
public class FormatOneState {

    public enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "grün";
            }
        }
    }

    public record Position(int x, int y) {}

    public record Player(String name, Position at, List<String> tags) {}

    public record WithOptional(Optional<String> nick, OptionalInt age) {}

    /** With a getter and a setter. */
    public static class Purse {
        private int coins = 5;

        public int getCoins() {
            return coins;
        }

        public void setCoins(int coins) {
            this.coins = coins;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Purse p && p.coins == coins;
        }

        @Override
        public int hashCode() {
            return coins;
        }
    }

    /** With a constructor of its own, and a name of its own in the document. */
    public static class Ticket {
        @JsonbProperty("no")
        public final int number;

        @JsonbTransient
        public String note = "none";

        @JsonbCreator
        public Ticket(@JsonbProperty("no") int number) {
            this.number = number;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Ticket t && t.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    public static class Degrees implements JsonbAdapter<Angle, String> {
        @Override
        public String adaptToJson(Angle angle) {
            return angle.degrees + "°";
        }

        @Override
        public Angle adaptFromJson(String text) {
            return new Angle(Double.parseDouble(text.substring(0, text.length() - 1)));
        }
    }

    @JsonbTypeAdapter(Degrees.class)
    public record Angle(double degrees) {}

    @JsonbTypeInfo({@JsonbSubtype(alias = "dog", type = Dog.class), @JsonbSubtype(alias = "cat", type = Cat.class)})
    public interface Animal {}

    public record Dog(String name) implements Animal {}

    public record Cat(int lives) implements Animal {}

    public static class Link {
        public String name;
        public Link next;

        @Override
        public boolean equals(Object other) {
            return other instanceof Link l && Objects.equals(name, l.name) && Objects.equals(next, l.next);
        }

        @Override
        public int hashCode() {
            return Objects.hash(name);
        }
    }

    private static final Position P = new Position(1, 2);
    private static final Player PLAYER = new Player("p", P, List.of("t"));

    @State
    double d1;

    @State
    float f1;

    @State
    double maxDouble;

    @State
    long big;

    @State
    char ch;

    @State
    short sh;

    @State
    byte by;

    @State
    Double boxedNull;

    @State
    Long boxedLong;

    @State
    Character boxedChar;

    @State
    Float boxedFloat;

    @State
    BigDecimal bd;

    @State
    BigDecimal bdScale;

    @State
    BigDecimal bdBig;

    @State
    BigInteger bi;

    @State
    String text;

    @State
    String nul;

    @State
    String emptyText;

    @State
    String nullText;

    @State
    LinkedHashMap<String, Integer> declLinked;

    @State
    TreeMap<String, Integer> declTree;

    @State
    SortedMap<String, Integer> sorted;

    @State
    Map<String, Integer> concurrent;

    @State
    Map<Integer, String> intKeys;

    @State
    Map<Long, String> longKeys;

    @State
    Map<UUID, String> uuidKeys;

    @State
    Map<LocalDate, String> dateKeys;

    @State
    Map<Color, String> enumKeys;

    @State
    Map<Position, String> recordKeys;

    @State
    Map<Boolean, String> boolKeys;

    @State
    Map<Character, String> charKeys;

    @State
    Map<String, String> nullValue;

    @State
    Map<Instant, String> instantKeys;

    @State
    Map<Double, String> doubleKeys;

    @State
    Map<String, Map<String, List<Player>>> deepMap;

    @State
    Map<String, Optional<String>> optMap;

    @State
    Map<Integer, Position> emptyIntMap;

    @State
    Map<String, byte[]> bytesMap;

    @State
    Map<String, Map<Integer, String>> nestedIntKeys;

    @State
    Map<Color, Map<Color, Integer>> enumEnum;

    @State
    Set<String> set;

    @State
    SortedSet<String> sortedSet;

    @State
    EnumSet<Color> enumSet;

    @State
    Set<Color> setOfEnum;

    @State
    Set<Position> setRecords;

    @State
    NavigableSet<Integer> navSet;

    @State
    List<String> nulls;

    @State
    List<Integer> ints;

    @State
    List<Long> longs;

    @State
    List<Double> doubles;

    @State
    List<BigDecimal> bds;

    @State
    List<Player> players;

    @State
    List<? extends Position> wildExt;

    @State
    Collection<String> coll;

    @State
    Deque<String> deque;

    @State
    ArrayDeque<Integer> arrayDeque;

    @State
    PriorityQueue<Integer> prio;

    @State
    LinkedList<String> linkedList;

    @State
    List<List<Integer>> nested;

    @State
    List<Optional<String>> optList;

    @State
    List<Character> chars;

    @State
    List<Instant> instants;

    @State
    int[] intArray;

    @State
    int[][] intMatrix;

    @State
    String[] texts;

    @State
    byte[] bytes;

    @State
    byte[] emptyBytes;

    @State
    List<byte[]> bytesList;

    @State
    Position[] positions;

    @State
    Byte[] boxedBytes;

    @State
    char[] charArray;

    @State
    double[] doubleArray;

    @State
    boolean[] bools;

    @State
    Optional<String> opt;

    @State
    Optional<String> optEmpty;

    @State
    Optional<Position> optRecord;

    @State
    OptionalInt optInt;

    @State
    OptionalLong optLong;

    @State
    OptionalDouble optDouble;

    @State
    Optional<List<Player>> optList2;

    @State
    Optional<Instant> optInstant;

    @State
    Optional<Color> optEnum;

    @State
    LocalDate date;

    @State
    LocalDateTime dateTime;

    @State
    Instant instant;

    @State
    ZonedDateTime zoned;

    @State
    OffsetDateTime offset;

    @State
    Duration duration;

    @State
    Period period;

    @State
    LocalTime time;

    @State
    Date oldDate;

    @State
    ZoneId zone;

    @State
    ZoneOffset zoneOffset;

    @State
    DayOfWeek day;

    @State
    YearMonth yearMonth;

    @State
    MonthDay monthDay;

    @State
    Timestamp timestamp;

    @State
    OffsetTime offsetTime;

    @State
    UUID uuid;

    @State
    URI uri;

    @State
    URL url;

    @State
    Path path;

    @State
    JsonObject jsonObject;

    @State
    JsonArray jsonArray;

    @State
    Color color;

    @State
    Color colorBody;

    @State
    Position position;

    @State
    Player player;

    @State
    Player playerNulls;

    @State
    WithOptional withOpt;

    @State
    WithOptional withOptEmpty;

    @State
    Purse purse;

    @State
    List<Purse> purses;

    @State
    Ticket ticket;

    @State
    Map<String, Ticket> tickets;

    @State
    Angle angle;

    @State
    List<Angle> angles;

    @State
    List<Animal> animals;

    @State
    Map<String, Animal> animalMap;

    @State
    Optional<Animal> optAnimal;

    @State
    Link link;

    @State
    private int privateState;

    @State
    volatile int volatileState;

    @Action
    public void later() {
        // planned in the document
    }

    static FormatOneState filled() {
        FormatOneState s = new FormatOneState();
        s.fillScalars();
        s.fillMaps();
        s.fillCollections();
        s.fillTimes();
        s.fillObjects();
        return s;
    }

    private void fillScalars() {
        d1 = 0.1 + 0.2;
        f1 = 0.1f;
        maxDouble = Double.MAX_VALUE;
        big = (1L << 53) + 1;
        ch = 'ä';
        sh = -3;
        by = -7;
        boxedLong = Long.MAX_VALUE;
        boxedChar = 'x';
        boxedFloat = 3.4028235e38f;
        bd = new BigDecimal("123456789012345678901234567890.123456789012345678901234567890");
        bdScale = new BigDecimal("1.10");
        bdBig = new BigDecimal("1E+400");
        bi = BigInteger.TWO.pow(200).add(BigInteger.ONE);
        text = "\"\\\u2028 \uD83D\uDE00";
        nul = "a\u0000b\u001f";
        emptyText = "";
        privateState = 6;
        volatileState = 7;
    }

    private void fillMaps() {
        declLinked = new LinkedHashMap<>();
        for (String key : List.of("zeta", "alpha", "mid", "beta", "10", "9")) {
            declLinked.put(key, declLinked.size());
        }
        declTree = new TreeMap<>(declLinked);
        sorted = new TreeMap<>(declLinked);
        concurrent = new ConcurrentHashMap<>(declLinked);
        intKeys = new HashMap<>(Map.of(1, "a", -2, "b"));
        longKeys = new HashMap<>(Map.of((1L << 53) + 1, "a"));
        uuidKeys = new HashMap<>(Map.of(new UUID(1, 2), "u"));
        dateKeys = new HashMap<>(Map.of(LocalDate.of(2026, 1, 2), "d"));
        enumKeys = new HashMap<>(Map.of(Color.RED, "r", Color.GREEN, "g"));
        recordKeys = new HashMap<>(Map.of(P, "p"));
        boolKeys = new HashMap<>(Map.of(true, "t"));
        charKeys = new HashMap<>(Map.of('c', "c"));
        nullValue = new HashMap<>();
        nullValue.put("n", null);
        instantKeys = new HashMap<>(Map.of(Instant.EPOCH, "e"));
        doubleKeys = new HashMap<>(Map.of(0.5, "e"));
        deepMap = new HashMap<>(Map.of("a", Map.of("b", List.of(PLAYER))));
        optMap = new HashMap<>(Map.of("a", Optional.of("x"), "b", Optional.empty()));
        emptyIntMap = new HashMap<>();
        bytesMap = new HashMap<>(Map.of("a", new byte[] {1, -2}));
        nestedIntKeys = new HashMap<>(Map.of("a", Map.of(1, "x")));
        enumEnum = new HashMap<>(Map.of(Color.RED, Map.of(Color.GREEN, 1)));
    }

    private void fillCollections() {
        set = new HashSet<>(Set.of("a", "b"));
        sortedSet = new TreeSet<>(declLinked.keySet());
        enumSet = EnumSet.of(Color.RED);
        setOfEnum = EnumSet.of(Color.GREEN);
        setRecords = new HashSet<>(Set.of(P));
        navSet = new TreeSet<>(Set.of(3, 1));
        nulls = new ArrayList<>(Arrays.asList("a", null, "b"));
        ints = new ArrayList<>(List.of(1, 2));
        longs = new ArrayList<>(List.of(1L, Long.MAX_VALUE));
        doubles = new ArrayList<>(List.of(1.0, 0.1));
        bds = new ArrayList<>(List.of(new BigDecimal("1.10")));
        players = new ArrayList<>(List.of(PLAYER));
        wildExt = List.of(P);
        coll = new ArrayList<>(List.of("x"));
        deque = new ArrayDeque<>(List.of("x", "y"));
        arrayDeque = new ArrayDeque<>(List.of(1, 2));
        prio = new PriorityQueue<>(List.of(3, 1, 2));
        linkedList = new LinkedList<>(List.of("a"));
        nested = new ArrayList<>(List.of(List.of(1), List.of()));
        optList = new ArrayList<>(List.of(Optional.of("x"), Optional.empty()));
        chars = List.of('a');
        instants = List.of(Instant.ofEpochSecond(1, 123456789));
        intArray = new int[] {1, 2};
        intMatrix = new int[][] {{1}, {}, {2, 3}};
        texts = new String[] {"a", null};
        bytes = new byte[] {0, -1, 127};
        emptyBytes = new byte[0];
        bytesList = List.of(new byte[] {1, -2});
        positions = new Position[] {P, null};
        boxedBytes = new Byte[] {1, -2};
        charArray = "abc".toCharArray();
        doubleArray = new double[] {0.1, 1e300};
        bools = new boolean[] {true, false};
    }

    private void fillTimes() {
        date = LocalDate.of(-5, 1, 2);
        dateTime = LocalDateTime.of(2026, 1, 2, 3, 4, 5, 123456789);
        instant = Instant.ofEpochSecond(1_700_000_000L, 123456789);
        zoned = ZonedDateTime.of(dateTime, ZoneId.of("Europe/Berlin"));
        offset = OffsetDateTime.of(dateTime, ZoneOffset.ofHours(3));
        duration = Duration.ofMillis(90_061_001);
        period = Period.of(1, 2, 3);
        time = LocalTime.of(1, 2, 3, 4);
        oldDate = new Date(1_700_000_000_123L);
        zone = ZoneId.of("Europe/Berlin");
        zoneOffset = ZoneOffset.ofHours(2);
        day = DayOfWeek.MONDAY;
        yearMonth = YearMonth.of(2026, 3);
        monthDay = MonthDay.of(3, 4);
        timestamp = new Timestamp(1_700_000_000_123L);
        offsetTime = OffsetTime.of(time, ZoneOffset.UTC);
    }

    private void fillObjects() {
        opt = Optional.of("x");
        optEmpty = Optional.empty();
        optRecord = Optional.of(P);
        optInt = OptionalInt.of(3);
        optLong = OptionalLong.of((1L << 53) + 1);
        optDouble = OptionalDouble.of(0.1);
        optList2 = Optional.of(List.of(PLAYER));
        optInstant = Optional.of(Instant.EPOCH);
        optEnum = Optional.of(Color.RED);
        uuid = new UUID(3, 4);
        uri = URI.create("http://x/y?z");
        try {
            url = new URL("http://x/y");
        } catch (MalformedURLException e) {
            throw new AssertionError(e);
        }
        path = Path.of("a/x");
        jsonObject = Json.createObjectBuilder()
                .add("a", 1)
                .addNull("b")
                .add("c", "d")
                .build();
        jsonArray = Json.createArrayBuilder().add(1.5).add(true).add(jsonObject).build();
        color = Color.RED;
        colorBody = Color.GREEN;
        position = P;
        player = PLAYER;
        playerNulls = new Player(null, null, null);
        withOpt = new WithOptional(Optional.of("n"), OptionalInt.of(4));
        withOptEmpty = new WithOptional(Optional.empty(), OptionalInt.empty());
        purse = new Purse();
        purse.setCoins(3);
        purses = new ArrayList<>(List.of(purse));
        ticket = new Ticket(8);
        tickets = new HashMap<>(Map.of("t", ticket));
        angle = new Angle(90);
        angles = new ArrayList<>(List.of(angle));
        animals = new ArrayList<>(List.of(new Dog("rex"), new Cat(9)));
        animalMap = new HashMap<>(Map.of("a", new Dog("rex")));
        optAnimal = Optional.of(new Dog("rex"));
        for (int i = 0; i < 100; i++) {
            Link one = new Link();
            one.name = "link " + i;
            one.next = link;
            link = one;
        }
    }
}
