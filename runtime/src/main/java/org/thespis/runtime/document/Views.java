package org.thespis.runtime.document;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.thespis.protocol.value.BindingException;

/** Finds what collections and maps hold besides their elements though their class does not tell it. Such are refused. */
final class Views {

    private static final Set<Class<?>> OF_WHOLE_SETS = Set.of(
            spliterator(new TreeSet<>()),
            spliterator(new TreeSet<>().descendingSet()),
            spliterator(new ConcurrentSkipListSet<>()));

    private Views() {}

    private static Class<?> spliterator(SortedSet<?> set) {
        return set.spliterator().getClass();
    }

    /** @throws BindingException if it is a view of another collection that has the class of an ordinary one */
    static void requireNone(Object collection) {
        if (collection instanceof TreeSet<?> || collection instanceof ConcurrentSkipListSet<?>) {
            if (!OF_WHOLE_SETS.contains(spliterator((SortedSet<?>) collection))) {
                throw lost(collection, "that is a part of another, and its bounds would be lost; copy it");
            }
        } else if (collection instanceof ConcurrentHashMap.KeySetView<?, ?> keys
                && keys.getMappedValue() != Boolean.TRUE) {
            throw lost(collection, "that is a view of a map, which would be lost; copy it");
        }
    }

    /** @throws BindingException if it has entries that it does not show */
    static void requireNoDefaults(Object map) {
        if (map instanceof Properties properties) {
            for (String name : properties.stringPropertyNames()) {
                if (!properties.containsKey(name)) {
                    throw lost(map, "with defaults, which would be lost; put them in");
                }
            }
        }
    }

    /** Asks a copy, which is as dear as to write the map: for verification. */
    static void requireInsertionOrder(Object map) {
        if (map.getClass() == LinkedHashMap.class) {
            @SuppressWarnings("unchecked") // emptied before anything goes in
            LinkedHashMap<Object, Object> copy = (LinkedHashMap<Object, Object>) ((LinkedHashMap<?, ?>) map).clone();
            copy.clear();
            copy.put(1, 1);
            copy.put(2, 2);
            copy.get(1);
            Iterator<Object> keys = copy.keySet().iterator();
            if (!keys.next().equals(1)) {
                throw lost(map, "in the order of access, which would be lost; take out and put in again what is used");
            }
        }
    }

    private static BindingException lost(Object value, String what) {
        return new BindingException("it holds a " + value.getClass().getName() + " " + what, null);
    }
}
