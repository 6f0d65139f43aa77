package org.thespis.runtime.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The collections and maps of the platform that come back, each under a name that documents keep for ever. */
final class Kinds {

    /** Makes the codec of a kind for the type arguments that its field declares. */
    interface Factory {
        Codec codec(TypeUse declared, Codecs codecs, String where);
    }

    /** @param name never given to another class */
    record Kind(String name, Class<?> type, Factory factory) {}

    private static final int FIRST_CAPACITY = 11;

    private static final List<Kind> ALL = new ArrayList<>();
    private static final Map<Class<?>, Class<?>> USUAL = Map.ofEntries(
            Map.entry(Iterable.class, ArrayList.class),
            Map.entry(Collection.class, ArrayList.class),
            Map.entry(List.class, ArrayList.class),
            Map.entry(java.util.AbstractList.class, ArrayList.class),
            Map.entry(Set.class, HashSet.class),
            Map.entry(java.util.SortedSet.class, TreeSet.class),
            Map.entry(java.util.NavigableSet.class, TreeSet.class),
            Map.entry(java.util.Queue.class, LinkedList.class),
            Map.entry(java.util.Deque.class, ArrayDeque.class),
            Map.entry(Map.class, HashMap.class),
            Map.entry(java.util.SortedMap.class, TreeMap.class),
            Map.entry(java.util.NavigableMap.class, TreeMap.class),
            Map.entry(java.util.concurrent.ConcurrentMap.class, ConcurrentHashMap.class),
            Map.entry(Map.Entry.class, Map.entry(1, 1).getClass()),
            Map.entry(
                    java.time.ZoneId.class, java.time.ZoneId.of("Europe/Berlin").getClass()),
            Map.entry(java.util.Calendar.class, java.util.GregorianCalendar.class));

    static {
        ordinaryCollections();
        sortedCollections();
        concurrentCollections();
        unmodifiableCollections();
        synchronizedOnes();
        maps();
    }

    private Kinds() {}

    static List<Kind> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The class of the values of that declared type that are written without a name; null if there is none. */
    static Class<?> usual(Class<?> declared) {
        return USUAL.getOrDefault(declared, declared);
    }

    private static void ordinaryCollections() {
        collection(ArrayList.class, items -> items);
        collection(LinkedList.class, LinkedList::new);
        collection(ArrayDeque.class, ArrayDeque::new);
        collection(Vector.class, Vector::new);
        collection(Stack.class, items -> {
            Stack<Object> stack = new Stack<>();
            stack.addAll(items);
            return stack;
        });
        unordered("HashSet", HashSet.class, HashSet::new);
        collection(LinkedHashSet.class, LinkedHashSet::new);
        collection("Arrays.asList", Arrays.asList().getClass(), items -> Arrays.asList(items.toArray()));
    }

    private static void sortedCollections() {
        sorted("TreeSet", TreeSet.class, Kinds::treeSet);
        sorted("ConcurrentSkipListSet", ConcurrentSkipListSet.class, (items, order) -> {
            Set<Object> set = new ConcurrentSkipListSet<>(order);
            set.addAll(items);
            return set;
        });
        sorted("PriorityQueue", PriorityQueue.class, (items, order) -> {
            PriorityQueue<Object> queue = new PriorityQueue<>(order);
            queue.addAll(items); // as they lay, so that they lie so again
            return queue;
        });
        sorted("PriorityBlockingQueue", PriorityBlockingQueue.class, (items, order) -> {
            PriorityBlockingQueue<Object> queue = new PriorityBlockingQueue<>(FIRST_CAPACITY, order);
            queue.addAll(items);
            return queue;
        });
        sorted(
                "unmodifiableSortedSet",
                Collections.unmodifiableSortedSet(new TreeSet<>()).getClass(),
                (items, order) -> Collections.unmodifiableSortedSet(treeSet(items, order)));
        sorted(
                "unmodifiableNavigableSet",
                Collections.unmodifiableNavigableSet(new TreeSet<>()).getClass(),
                (items, order) -> Collections.unmodifiableNavigableSet(treeSet(items, order)));
    }

    private static TreeSet<Object> treeSet(List<Object> items, Comparator<Object> order) {
        TreeSet<Object> set = new TreeSet<>(order);
        set.addAll(items);
        return set;
    }

    private static TreeMap<Object, Object> treeMap(Map<Object, Object> entries, Comparator<Object> order) {
        TreeMap<Object, Object> map = new TreeMap<>(order);
        map.putAll(entries);
        return map;
    }

    private static void concurrentCollections() {
        collection(ConcurrentLinkedQueue.class, ConcurrentLinkedQueue::new);
        collection(ConcurrentLinkedDeque.class, ConcurrentLinkedDeque::new);
        collection(CopyOnWriteArrayList.class, CopyOnWriteArrayList::new);
        collection(CopyOnWriteArraySet.class, CopyOnWriteArraySet::new);
        collection(LinkedBlockingQueue.class, LinkedBlockingQueue::new);
        collection(LinkedBlockingDeque.class, LinkedBlockingDeque::new);
        collection(LinkedTransferQueue.class, LinkedTransferQueue::new);
        unordered("ConcurrentHashMap.newKeySet", ConcurrentHashMap.newKeySet().getClass(), items -> {
            Set<Object> set = ConcurrentHashMap.newKeySet();
            set.addAll(items);
            return set;
        });
    }

    private static void unmodifiableCollections() {
        collection("List.of", List.of(1, 2, 3).getClass(), Kinds::listOf);
        collection("List.ofFew", List.of(1).getClass(), List::copyOf);
        unordered("Set.of", Set.of(1).getClass(), Set::copyOf);
        unordered("Set.of", Set.of(1, 2, 3).getClass(), Set::copyOf);
        collection("emptyList", Collections.emptyList().getClass(), items -> Collections.emptyList());
        collection("emptySet", Collections.emptySet().getClass(), items -> Collections.emptySet());
        collection("singletonList", Collections.singletonList(1).getClass(), i -> Collections.singletonList(i.get(0)));
        collection("singleton", Collections.singleton(1).getClass(), items -> Collections.singleton(items.get(0)));
        collection(
                "unmodifiableList",
                Collections.unmodifiableList(new ArrayList<>()).getClass(),
                Collections::unmodifiableList);
        collection(
                "unmodifiableSequentialList",
                Collections.unmodifiableList(new LinkedList<>()).getClass(),
                items -> Collections.unmodifiableList(new LinkedList<>(items)));
        collection(
                "unmodifiableCollection",
                Collections.unmodifiableCollection(new ArrayList<>()).getClass(),
                Collections::unmodifiableCollection);
        collection(
                "unmodifiableSet",
                Collections.unmodifiableSet(Set.of()).getClass(),
                items -> Collections.unmodifiableSet(new LinkedHashSet<>(items)));
    }

    /** Those of {@code Stream.toList} are of the same class, but may hold null, or only one or two. */
    private static List<Object> listOf(List<Object> items) {
        boolean ofStream = items.size() == 1 || items.size() == 2 || items.contains(null);
        return ofStream ? items.stream().toList() : List.copyOf(items);
    }

    private static void synchronizedOnes() {
        collection(
                "synchronizedList",
                Collections.synchronizedList(new ArrayList<>()).getClass(),
                Collections::synchronizedList);
        collection(
                "synchronizedSequentialList",
                Collections.synchronizedList(new LinkedList<>()).getClass(),
                items -> Collections.synchronizedList(new LinkedList<>(items)));
        collection(
                "synchronizedSet",
                Collections.synchronizedSet(new HashSet<>()).getClass(),
                items -> Collections.synchronizedSet(new LinkedHashSet<>(items)));
        map(
                "synchronizedMap",
                Collections.synchronizedMap(new HashMap<>()).getClass(),
                true,
                Collections::synchronizedMap);
    }

    private static void maps() {
        map("HashMap", HashMap.class, false, HashMap::new);
        map("LinkedHashMap", LinkedHashMap.class, true, entries -> entries);
        map("ConcurrentHashMap", ConcurrentHashMap.class, false, ConcurrentHashMap::new);
        map("Hashtable", Hashtable.class, false, Hashtable::new);
        ALL.add(new Kind("Properties", Properties.class, (declared, codecs, where) -> {
            Codec any = codecs.of(TypeUse.OBJECT, where);
            return new MapCodec(any, any, false, (entries, none) -> {
                Properties properties = new Properties();
                properties.putAll(entries);
                return properties;
            });
        }));
        map("Map.of", Map.of(1, 1).getClass(), false, Map::copyOf);
        map("Map.of", Map.of(1, 1, 2, 2).getClass(), false, Map::copyOf);
        map("emptyMap", Collections.emptyMap().getClass(), false, entries -> Collections.emptyMap());
        map("singletonMap", Collections.singletonMap(1, 1).getClass(), false, entries -> {
            Map.Entry<Object, Object> only = entries.entrySet().iterator().next();
            return Collections.singletonMap(only.getKey(), only.getValue());
        });
        map("unmodifiableMap", Collections.unmodifiableMap(Map.of()).getClass(), true, Collections::unmodifiableMap);
        sortedMaps();
    }

    private static void sortedMaps() {
        sortedMap("TreeMap", TreeMap.class, Kinds::treeMap);
        sortedMap("ConcurrentSkipListMap", ConcurrentSkipListMap.class, (entries, order) -> {
            Map<Object, Object> map = new ConcurrentSkipListMap<>(order);
            map.putAll(entries);
            return map;
        });
        sortedMap(
                "unmodifiableSortedMap",
                Collections.unmodifiableSortedMap(new TreeMap<>()).getClass(),
                (entries, order) -> Collections.unmodifiableSortedMap(treeMap(entries, order)));
        sortedMap(
                "unmodifiableNavigableMap",
                Collections.unmodifiableNavigableMap(new TreeMap<>()).getClass(),
                (entries, order) -> Collections.unmodifiableNavigableMap(treeMap(entries, order)));
    }

    private static void collection(Class<?> type, Function<List<Object>, Object> make) {
        collection(type.getSimpleName(), type, make);
    }

    private static void collection(String name, Class<?> type, Function<List<Object>, Object> make) {
        addCollection(name, type, true, (items, none) -> make.apply(items));
    }

    private static void unordered(String name, Class<?> type, Function<List<Object>, Object> make) {
        addCollection(name, type, false, (items, none) -> make.apply(items));
    }

    private static void sorted(String name, Class<?> type, BiFunction<List<Object>, Comparator<Object>, Object> make) {
        addCollection(name, type, true, make);
    }

    private static void addCollection(
            String name, Class<?> type, boolean ordered, BiFunction<List<Object>, Comparator<Object>, Object> make) {
        ALL.add(new Kind(
                name,
                type,
                (declared, codecs, where) -> new CollectionCodec(codecs.of(declared.arg(0), where), ordered, make)));
    }

    private static void map(String name, Class<?> type, boolean ordered, Function<Map<Object, Object>, Object> make) {
        MapMaker maker = (entries, none) -> make.apply(entries);
        addMap(name, type, ordered, maker);
    }

    private static void sortedMap(String name, Class<?> type, MapMaker make) {
        addMap(name, type, true, make);
    }

    private interface MapMaker extends BiFunction<Map<Object, Object>, Comparator<Object>, Object> {}

    private static void addMap(String name, Class<?> type, boolean ordered, MapMaker make) {
        ALL.add(new Kind(
                name,
                type,
                (declared, codecs, where) -> new MapCodec(
                        codecs.of(declared.arg(0), where), codecs.of(declared.arg(1), where), ordered, make)));
    }
}
