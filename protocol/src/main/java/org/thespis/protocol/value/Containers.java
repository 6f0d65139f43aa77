package org.thespis.protocol.value;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Makes the collections and maps of the platform that authors declare. */
final class Containers {

    private static final Map<Class<?>, Supplier<?>> OF_INTERFACES = Map.ofEntries(
            Map.entry(Collection.class, ArrayList::new),
            Map.entry(List.class, ArrayList::new),
            Map.entry(Set.class, LinkedHashSet::new),
            Map.entry(SortedSet.class, TreeSet::new),
            Map.entry(NavigableSet.class, TreeSet::new),
            Map.entry(Queue.class, ArrayDeque::new),
            Map.entry(Deque.class, ArrayDeque::new),
            Map.entry(Map.class, LinkedHashMap::new),
            Map.entry(SortedMap.class, TreeMap::new),
            Map.entry(NavigableMap.class, TreeMap::new),
            Map.entry(ConcurrentMap.class, ConcurrentHashMap::new));

    private Containers() {}

    static boolean isMakeable(Class<?> type) {
        return OF_INTERFACES.containsKey(type) || type == EnumMap.class || hasConstructor(type);
    }

    private static boolean hasConstructor(Class<?> type) {
        try {
            type.getConstructor();
            return type.getName().startsWith("java.util.") && !Modifier.isAbstract(type.getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked") // what goes in was bound to its argument
    static Collection<Object> collection(Class<?> type) {
        return (Collection<Object>) make(type);
    }

    @SuppressWarnings("unchecked") // what goes in was bound to its arguments
    static Map<Object, Object> map(Class<?> type) {
        return (Map<Object, Object>) make(type);
    }

    private static Object make(Class<?> type) {
        Supplier<?> known = OF_INTERFACES.get(type);
        try {
            return known != null ? known.get() : type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e); // asked before
        }
    }
}
