package org.thespis.runtime.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.thespis.api.spi.EntryChange;

/**
 * What has changed of the entries of one actor; of several changes of one entry the last. One thread at a time changes it.
 */
public final class EntryChanges {

    /** None. Never changed. */
    public static final EntryChanges NONE = new EntryChanges();

    private static final byte[] REMOVED = {};

    /** Of one collection. */
    private static final class Changes {

        private boolean cleared;
        private long moved;
        private final NavigableMap<byte[], byte[]> byKey = new TreeMap<>(Arrays::compareUnsigned);
    }

    private final Map<String, Changes> byCollection = new LinkedHashMap<>(4);
    private long length;
    private long moved;

    private Changes of(String collection) {
        return byCollection.computeIfAbsent(collection, name -> new Changes());
    }

    void put(String collection, byte[] key, byte[] value) {
        set(of(collection), key, value);
    }

    /** Puts an entry that came from a plain field, and does not {@linkplain #counted() count}. */
    void move(String collection, byte[] key, byte[] value) {
        Changes changes = of(collection);
        long before = length;
        set(changes, key, value);
        countMoved(changes, length - before);
    }

    private void countMoved(Changes changes, long bytes) {
        changes.moved += bytes;
        moved += bytes;
    }

    private void set(Changes changes, byte[] key, byte[] value) {
        byte[] before = changes.byKey.put(key, value);
        length += value.length + (before == null ? key.length : -before.length);
    }

    void remove(String collection, byte[] key) {
        set(of(collection), key, REMOVED);
    }

    void clear(String collection) {
        Changes changes = of(collection);
        changes.byKey.forEach((key, value) -> length -= key.length + value.length);
        changes.byKey.clear();
        countMoved(changes, -changes.moved);
        changes.cleared = true;
    }

    public boolean isEmpty() {
        return byCollection.isEmpty();
    }

    /** The bytes of keys and values. */
    public long length() {
        return length;
    }

    /** The same without what came from plain fields. */
    public long counted() {
        return Math.max(0, length - moved);
    }

    /** The first collection that has changed; only of some that are not empty. */
    String first() {
        return byCollection.keySet().iterator().next();
    }

    /** Whether nothing that was there before counts. */
    boolean isCleared(String collection) {
        Changes changes = byCollection.get(collection);
        return changes != null && changes.cleared;
    }

    /** Whether it says what the entry is: its value, or that there is none. */
    boolean knows(String collection, byte[] key) {
        Changes changes = byCollection.get(collection);
        return changes != null && (changes.cleared || changes.byKey.containsKey(key));
    }

    /** The value that it knows; null if there is none. */
    byte[] value(String collection, byte[] key) {
        byte[] value = byCollection.get(collection).byKey.get(key);
        return value == REMOVED ? null : value;
    }

    /**
     * Changes rows of a range as this says.
     *
     * @param from null for the first
     * @param to excluded; null for behind the last
     */
    void applyTo(NavigableMap<byte[], byte[]> rows, String collection, byte[] from, byte[] to) {
        Changes changes = byCollection.get(collection);
        if (changes == null) {
            return;
        }
        if (changes.cleared) {
            rows.clear();
        }
        NavigableMap<byte[], byte[]> inRange = changes.byKey;
        inRange = from == null ? inRange : inRange.tailMap(from, true);
        inRange = to == null ? inRange : inRange.headMap(to, false);
        inRange.forEach((key, value) -> {
            if (value == REMOVED) {
                rows.remove(key);
            } else {
                rows.put(key, value);
            }
        });
    }

    /** These and then those, as another object. */
    public EntryChanges then(EntryChanges newer) {
        if (newer.isEmpty()) {
            return this;
        }
        return isEmpty() ? newer : copy().add(newer);
    }

    EntryChanges copy() {
        return new EntryChanges().add(this);
    }

    /** Puts those behind these. Not of {@link #NONE}. */
    public EntryChanges add(EntryChanges newer) {
        newer.byCollection.forEach((collection, changes) -> {
            if (changes.cleared) {
                clear(collection);
            }
            Changes mine = of(collection);
            changes.byKey.forEach((key, value) -> set(mine, key, value));
            countMoved(mine, changes.moved);
        });
        return this;
    }

    /** Tells of each collection that was cleared, and then of each entry: null for one that was removed. */
    void forEach(Consumer<String> clears, EntryConsumer entries) {
        byCollection.forEach((collection, changes) -> {
            if (changes.cleared) {
                clears.accept(collection);
            }
            changes.byKey.forEach((key, value) -> entries.accept(collection, key, value == REMOVED ? null : value));
        });
    }

    /** Takes an entry. */
    interface EntryConsumer {

        void accept(String collection, byte[] key, byte[] value);
    }

    /** As a store takes it. */
    public List<EntryChange> list() {
        List<EntryChange> list = new ArrayList<>();
        forEach(
                collection -> list.add(new EntryChange.Clear(collection)),
                (collection, key, value) -> list.add(
                        value == null
                                ? new EntryChange.Remove(collection, key)
                                : new EntryChange.Put(collection, key, value)));
        return list;
    }
}
