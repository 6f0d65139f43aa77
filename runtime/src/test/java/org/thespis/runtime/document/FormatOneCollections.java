package org.thespis.runtime.document;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
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
import org.thespis.api.State;
import org.thespis.runtime.document.FormatOneTypes.Color;
import org.thespis.runtime.document.FormatOneTypes.Player;
import org.thespis.runtime.document.FormatOneTypes.Position;

/** The collections, maps, arrays and optionals among the state of {@link FormatOneState}. */
abstract class FormatOneCollections {

    static final Position P = new Position(1, 2);
    static final Player PLAYER = new Player("p", P, List.of("t"));

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

    void fillCollections() {
        fillMaps();
        fillLists();
        fillOptionals();
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

    private void fillLists() {
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

    private void fillOptionals() {
        opt = Optional.of("x");
        optEmpty = Optional.empty();
        optRecord = Optional.of(P);
        optInt = OptionalInt.of(3);
        optLong = OptionalLong.of((1L << 53) + 1);
        optDouble = OptionalDouble.of(0.1);
        optList2 = Optional.of(List.of(PLAYER));
        optInstant = Optional.of(Instant.EPOCH);
        optEnum = Optional.of(Color.RED);
    }
}
