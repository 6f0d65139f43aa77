package org.thespis.runtime.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StoredEntries;
import org.thespis.protocol.value.BindingException;
import org.thespis.runtime.document.CollectionType;
import org.thespis.runtime.document.EntryKeys;
import org.thespis.runtime.document.TooLongException;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.entry.EntryCache.Slot;
import org.thespis.runtime.message.UnwritableStateException;

/**
 * The entries of one actor's durable collections: what the present turn changed, what it has in its hands, and what was read
 * last. Used in turns.
 */
public final class ActorEntries {

    /** Entries that are read together. */
    static final int PAGE = 64;

    /** Length of the entries that are read together, which the last of them may pass. */
    private static final int PAGE_BYTES = 256 * 1_024;

    /** How much longer than one entry all that a turn changes may be. */
    private static final int TURN_FACTOR = 4;

    /** A value that the author may have changed since. */
    private static final class InHand {

        private final CollectionType type;
        private final Object key;
        private final Object value;
        private byte[] json;

        private InHand(CollectionType type, Object key, Object value, byte[] json) {
            this.type = type;
            this.key = key;
            this.value = value;
            this.json = json;
        }
    }

    private final EntrySource source;
    private final Verification verification;
    private final int maxBytes;
    private final EntryCache cache;
    private final Map<Slot, InHand> inHand = new LinkedHashMap<>();
    private long inHandBytes;
    private EntryChanges changes = new EntryChanges();
    private EntryChanges mark = EntryChanges.NONE;
    private long revision; // one more with each change

    /**
     * @param maxBytes length of one entry, and of all changeable ones that a turn has in its hands
     * @param cacheBytes length of what is kept of what was read
     */
    public ActorEntries(EntrySource source, Verification verification, int maxBytes, int cacheBytes) {
        this.source = source;
        this.verification = verification;
        this.maxBytes = maxBytes;
        this.cache = new EntryCache(cacheBytes);
    }

    void requireTurn() {
        source.requireTurn();
    }

    // ---- reading

    /** The JSON of an entry; null if there is none. Reads the page around it, if the store has to be asked. */
    byte[] json(Slot slot, byte[] pageFrom, byte[] pageTo) {
        requireTurn();
        String collection = slot.collection();
        if (changes.knows(collection, slot.key())) {
            return changes.value(collection, slot.key());
        }
        byte[] cached = cache.get(slot);
        if (cached != null) {
            return cached;
        }
        for (Row row : range(collection, pageFrom, pageTo, false, PAGE)) {
            if (Arrays.equals(row.key, slot.key())) {
                return row.json;
            }
        }
        byte[] behind = EntryKeys.behind(slot.key()); // the page ended before it
        List<Row> alone = range(collection, slot.key(), behind, false, 1);
        return alone.isEmpty() ? null : alone.get(0).json;
    }

    /** An entry as it is now. */
    record Row(byte[] key, byte[] json) {}

    /**
     * Entries as they are now, at most {@code limit}.
     *
     * @param from null for the first
     * @param to excluded; null for behind the last
     */
    List<Row> range(String collection, byte[] from, byte[] to, boolean descending, int limit) {
        requireTurn();
        List<Row> found = new ArrayList<>();
        byte[] low = from;
        byte[] high = to;
        while (found.size() < limit) {
            int rows = Math.min(PAGE, limit - found.size());
            byte[] last = page(new EntryRange(collection, low, high, descending, rows, PAGE_BYTES), limit, found);
            if (last == null) {
                break;
            }
            if (descending) {
                high = last;
            } else {
                low = EntryKeys.behind(last);
            }
        }
        return found;
    }

    /** Adds a page; the last key that it reached, null if nothing is behind it. */
    private byte[] page(EntryRange range, int limit, List<Row> found) {
        String collection = range.collection();
        List<EntryChanges> layers = new ArrayList<>(source.notDurable()); // before the store is asked
        layers.add(changes);
        boolean cleared = layers.stream().anyMatch(layer -> layer.isCleared(collection));
        List<StoredEntries.Entry> stored =
                cleared ? List.of() : source.read(range).entries();
        NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        long bytes = 0;
        for (StoredEntries.Entry entry : stored) {
            rows.put(entry.key(), entry.value());
            bytes += entry.value().length;
        }
        boolean isLast = stored.size() < range.limit() && bytes < range.maxBytes();
        byte[] last = isLast ? null : stored.get(stored.size() - 1).key();
        byte[] low = last != null && range.descending() ? last : range.from();
        byte[] high = last != null && !range.descending() ? EntryKeys.behind(last) : range.to();
        for (EntryChanges layer : layers) {
            if (layer == changes) {
                rows.forEach((key, json) -> cache.put(new Slot(collection, key), json)); // as the last turn left them
            }
            layer.applyTo(rows, collection, low, high);
        }
        for (Map.Entry<byte[], byte[]> row : (range.descending() ? rows.descendingMap() : rows).entrySet()) {
            if (found.size() == limit) {
                return null;
            }
            found.add(new Row(row.getKey(), row.getValue()));
        }
        return last;
    }

    /** The value of an entry, the same object during the whole turn if it can be changed. */
    Object value(CollectionType type, Slot slot, byte[] json) {
        InHand already = inHand.get(slot);
        if (already != null) {
            return already.value;
        }
        Object value = type.readValue(json);
        if (!type.isFixed() && value != null) {
            Object key = type.kind() == CollectionType.Kind.MAP ? type.readKey(json) : null;
            requireRoom(slot);
            hold(slot, new InHand(type, key, value, json));
        }
        return value;
    }

    /** For what was read only: what is put is bounded by its turn. */
    private void requireRoom(Slot slot) {
        if (inHandBytes > maxBytes) {
            throw new IllegalStateException(
                    "a turn of this actor has more than " + maxBytes + " bytes of entries of " + slot.collection()
                            + " in its hands; let them be records of what cannot be changed, or read fewer");
        }
    }

    private void hold(Slot slot, InHand held) {
        letGo(slot);
        inHand.put(slot, held);
        inHandBytes += held.json.length;
    }

    private void letGo(Slot slot) {
        InHand gone = inHand.remove(slot);
        inHandBytes -= gone == null ? 0 : gone.json.length;
    }

    // ---- changing

    /** @throws UnwritableStateException if the value could not come back, or is too long; then nothing is changed */
    void put(CollectionType type, Slot slot, Object key, Object value) {
        requireTurn();
        byte[] json = write(type, key, value, maxBytes);
        put(slot, json);
        letGo(slot);
        if (!type.isFixed() && value != null) {
            hold(slot, new InHand(type, key, value, json));
        }
    }

    private byte[] write(CollectionType type, Object key, Object value, int limit) {
        try {
            return type.write(key, value, verification, limit);
        } catch (Throwable e) { // whatever an author's value does
            throw TooLongException.isCauseOf(e)
                    ? UnwritableStateException.tooLarge(type.name(), limit)
                    : UnwritableStateException.of(type.name(), e);
        }
    }

    /**
     * Puts what was in a plain field: its document bounded it, so that it counts neither as what the turn changes nor as what
     * it has in its hands.
     *
     * @throws UnwritableStateException if the value could not come back
     */
    void move(CollectionType type, Slot slot, Object key, Object value) {
        byte[] json = write(type, key, value, Integer.MAX_VALUE);
        changes.move(slot.collection(), slot.key(), json);
        revision++;
    }

    private void put(Slot slot, byte[] json) {
        if (changes.counted() + json.length > (long) TURN_FACTOR * maxBytes) {
            throw UnwritableStateException.tooLarge(slot.collection(), TURN_FACTOR * maxBytes);
        }
        changes.put(slot.collection(), slot.key(), json);
        revision++;
    }

    void remove(Slot slot) {
        requireTurn();
        letGo(slot);
        changes.remove(slot.collection(), slot.key());
        revision++;
    }

    void clear(String collection) {
        requireTurn();
        List.copyOf(inHand.keySet()).stream()
                .filter(slot -> slot.collection().equals(collection))
                .forEach(this::letGo);
        changes.clear(collection);
        revision++;
    }

    // ---- turns

    /** A turn begins; what the one before had in its hands is its own from now on. */
    public void begin() {
        letGo();
        mark = EntryChanges.NONE;
    }

    /** Lets go of what the turn had in its hands, so that nothing of it stays in memory. */
    public void letGo() {
        if (!inHand.isEmpty()) {
            inHand.clear();
            inHandBytes = 0;
        }
    }

    /**
     * Finds what was changed in place.
     *
     * @throws UnwritableStateException if something could not come back, or is too long
     */
    public void look() {
        for (Map.Entry<Slot, InHand> entry : inHand.entrySet()) {
            InHand held = entry.getValue();
            int limit = Math.max(maxBytes, held.json.length); // what is longer already may become shorter
            byte[] now = write(held.type, held.key, held.value, limit);
            if (!Arrays.equals(now, held.json)) {
                if (!held.type.isAsStored(held.value, held.json)) {
                    put(entry.getKey(), now);
                }
                inHandBytes += now.length - held.json.length;
                held.json = now;
            }
        }
    }

    /** Whether the turn has changed something, as far as it was looked for. */
    public boolean hasChanges() {
        return !changes.isEmpty();
    }

    /** The bytes of what the turn has changed, without those that came from plain fields. */
    public long counted() {
        return changes.counted();
    }

    /** The name of a collection that was changed; only if one was. */
    public String changed() {
        return changes.first();
    }

    /** One more with each change; never less. */
    public long revision() {
        return revision;
    }

    /** Remembers how it is now, for {@link #backToMark}. */
    public void mark() {
        mark = changes.copy();
    }

    /** Takes back what was changed since the mark. */
    public void backToMark() {
        changes = mark.copy();
        revision++;
        begin();
    }

    /** Takes back what the turn changed. */
    public void back() {
        mark = EntryChanges.NONE;
        backToMark();
    }

    /** What the turn has changed, as far as it was looked for. Not to be kept. */
    public EntryChanges changes() {
        return changes;
    }

    /** The turn counts: its changes, to be written. */
    public EntryChanges take() {
        if (changes.isEmpty()) {
            return EntryChanges.NONE;
        }
        EntryChanges taken = changes;
        taken.forEach(cache::clear, (collection, key, json) -> {
            Slot slot = new Slot(collection, key);
            if (json == null) {
                cache.remove(slot);
            } else {
                cache.put(slot, json);
            }
        });
        changes = new EntryChanges();
        return taken;
    }

    long cached() {
        return cache.bytes();
    }

    /**
     * All of a collection as the JSON of a plain value, for a field that is no collection any more; they are removed. Null if
     * a single one is not there.
     *
     * @throws BindingException if it would be too long
     */
    byte[] plain(String collection, boolean single) {
        StringBuilder json = new StringBuilder(single ? "" : "[");
        byte[] from = null;
        boolean more = false;
        for (List<Row> page = range(collection, null, null, false, PAGE);
                !page.isEmpty();
                page = range(collection, from, null, false, PAGE)) {
            for (Row row : page) {
                json.append(more ? "," : "").append(new String(row.json, java.nio.charset.StandardCharsets.UTF_8));
                more = true;
                from = EntryKeys.behind(row.key);
            }
            if (json.length() > maxBytes) {
                throw new BindingException(
                        "field " + collection + " cannot be read: its entries are longer than " + maxBytes
                                + " bytes, too long for a field that is no durable collection",
                        null);
            }
        }
        clear(collection);
        String all = json.append(single ? "" : "]").toString();
        return all.isEmpty() ? null : all.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
