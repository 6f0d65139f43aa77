package org.thespis.runtime.entry;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.thespis.api.DurableMap;
import org.thespis.runtime.document.CollectionType;
import org.thespis.runtime.document.EntryKeys;
import org.thespis.runtime.entry.EntryCache.Slot;

/** A map whose entries lie in the order of their keys. */
final class KeptMap extends AbstractMap<Object, Object> implements DurableMap<Object, Object>, Kept {

    private final ActorEntries entries;
    private final CollectionType type;
    private long size;

    KeptMap(ActorEntries entries, CollectionType type) {
        this.entries = entries;
        this.type = type;
    }

    @Override
    public CollectionType type() {
        return type;
    }

    @Override
    public Head head() {
        return new Head(0, size);
    }

    @Override
    public void head(Head head) {
        size = head.to() - head.from();
    }

    @Override
    public void fill(Object plain) {
        if (plain != null) {
            Map<?, ?> all = (Map<?, ?>) plain;
            all.forEach((key, value) -> entries.move(type, slot(key), key, value));
            size = all.size(); // whose keys are others for a store, too
        }
    }

    @Override
    public int size() {
        entries.requireTurn();
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private Slot slot(Object key) {
        Objects.requireNonNull(key, "a durable map has no null keys");
        type.keyClass().cast(key);
        return new Slot(type.name(), EntryKeys.of(key));
    }

    /** Null if there is none, also of keys that cannot be. */
    private byte[] json(Object key) {
        if (size() == 0 || !type.keyClass().isInstance(key)) {
            return null;
        }
        Slot slot = slot(key);
        return entries.json(slot, slot.key(), EntryKeys.behind(slot.key()));
    }

    @Override
    public Object get(Object key) {
        byte[] json = json(key);
        return json == null ? null : entries.value(type, slot(key), json);
    }

    @Override
    public boolean containsKey(Object key) {
        return json(key) != null;
    }

    @Override
    public Object put(Object key, Object value) {
        Slot slot = slot(key);
        byte[] json = json(key);
        Object before = json == null ? null : entries.value(type, slot, json);
        entries.put(type, slot, key, value);
        size += json == null ? 1 : 0;
        return before;
    }

    @Override
    public Object remove(Object key) {
        byte[] json = json(key);
        if (json == null) {
            return null;
        }
        Object before = entries.value(type, slot(key), json);
        entries.remove(slot(key));
        size--;
        return before;
    }

    @Override
    public void mutate(Object key, Consumer<? super Object> change) {
        byte[] json = json(key);
        if (json != null) {
            change.accept(entries.value(type, slot(key), json)); // as of a list
        }
    }

    @Override
    public void clear() {
        entries.clear(type.name());
        size = 0;
    }

    @Override
    public List<Map.Entry<Object, Object>> after(Object key, int limit) {
        return read(key == null ? null : EntryKeys.behind(slot(key).key()), null, false, limit);
    }

    @Override
    public List<Map.Entry<Object, Object>> before(Object key, int limit) {
        return read(null, key == null ? null : slot(key).key(), true, limit);
    }

    @Override
    public List<Map.Entry<Object, Object>> range(Object from, Object to, int limit) {
        byte[] low = slot(from).key();
        byte[] high = slot(to).key();
        return Arrays.compareUnsigned(low, high) >= 0 ? List.of() : read(low, high, false, limit);
    }

    private List<Map.Entry<Object, Object>> read(byte[] from, byte[] to, boolean descending, int limit) {
        if (size() == 0) {
            return List.of();
        }
        List<Map.Entry<Object, Object>> read = new ArrayList<>();
        for (ActorEntries.Row row : entries.range(type.name(), from, to, descending, limit)) {
            read.add(entry(row));
        }
        return read;
    }

    private Map.Entry<Object, Object> entry(ActorEntries.Row row) {
        Object key = type.readKey(row.json());
        Object value = entries.value(type, new Slot(type.name(), row.key()), row.json());
        return new SimpleEntry<>(key, value) {
            private static final long serialVersionUID = 1L;

            @Override
            public Object setValue(Object changed) {
                put(key, changed);
                return super.setValue(changed);
            }
        };
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<Object, Object>> iterator() {
                return new Pages();
            }

            @Override
            public int size() {
                return KeptMap.this.size();
            }
        };
    }

    /** Goes through all, page by page; what is changed meanwhile behind it is seen. */
    private final class Pages implements Iterator<Map.Entry<Object, Object>> {

        private Iterator<ActorEntries.Row> page = List.<ActorEntries.Row>of().iterator();
        private byte[] from;
        private boolean isLast;
        private ActorEntries.Row ready; // the next one; null if it is not known
        private long revision; // of the entries as the page was read
        private Object key; // of the last entry, or null

        @Override
        public boolean hasNext() {
            ready = ready == null ? null : asNow(ready);
            while (ready == null && readPage()) {
                ActorEntries.Row row = page.next();
                from = EntryKeys.behind(row.key());
                ready = asNow(row);
            }
            return ready != null;
        }

        private boolean readPage() {
            if (!page.hasNext() && !isLast && KeptMap.this.size() > 0) {
                List<ActorEntries.Row> rows = entries.range(type.name(), from, null, false, ActorEntries.PAGE);
                revision = entries.revision();
                isLast = rows.size() < ActorEntries.PAGE;
                page = rows.iterator();
            }
            return page.hasNext();
        }

        /** The row as it is now, which may have changed since its page was read; null if it is gone. */
        private ActorEntries.Row asNow(ActorEntries.Row row) {
            entries.requireTurn();
            if (revision == entries.revision()) {
                return row;
            }
            byte[] json = entries.json(new Slot(type.name(), row.key()), row.key(), EntryKeys.behind(row.key()));
            return json == null ? null : new ActorEntries.Row(row.key(), json);
        }

        @Override
        public Map.Entry<Object, Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Map.Entry<Object, Object> entry = entry(ready);
            ready = null;
            key = entry.getKey();
            return entry;
        }

        @Override
        public void remove() {
            if (key == null) {
                throw new IllegalStateException("there is no entry to remove");
            }
            KeptMap.this.remove(key);
            key = null;
        }
    }
}
