package org.thespis.runtime.entry;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entries as the last turn left them, those that were asked for last. Used in turns. */
final class EntryCache {

    /** What an entry costs besides its key and its value. */
    private static final int OVERHEAD = 128;

    /** The place of an entry. */
    record Slot(String collection, byte[] key) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Slot slot && slot.collection.equals(collection) && Arrays.equals(slot.key, key);
        }

        @Override
        public int hashCode() {
            return 31 * collection.hashCode() + Arrays.hashCode(key);
        }
    }

    private final int maxBytes;
    private final Map<Slot, byte[]> values = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    EntryCache(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    byte[] get(Slot slot) {
        return values.get(slot);
    }

    void put(Slot slot, byte[] value) {
        remove(slot);
        long size = size(slot, value);
        if (size > maxBytes) {
            return;
        }
        values.put(slot, value);
        bytes += size;
        for (Iterator<Map.Entry<Slot, byte[]>> all = values.entrySet().iterator(); bytes > maxBytes; ) {
            Map.Entry<Slot, byte[]> eldest = all.next();
            bytes -= size(eldest.getKey(), eldest.getValue());
            all.remove();
        }
    }

    private static long size(Slot slot, byte[] value) {
        return OVERHEAD + slot.key.length + value.length;
    }

    void remove(Slot slot) {
        byte[] before = values.remove(slot);
        bytes -= before == null ? 0 : size(slot, before);
    }

    void clear(String collection) {
        values.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().collection.equals(collection);
            bytes -= gone ? size(entry.getKey(), entry.getValue()) : 0;
            return gone;
        });
    }

    long bytes() {
        return bytes;
    }
}
