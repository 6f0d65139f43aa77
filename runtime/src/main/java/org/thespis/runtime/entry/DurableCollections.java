package org.thespis.runtime.entry;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.document.CollectionType;
import org.thespis.runtime.document.JsonInput;
import org.thespis.runtime.entry.Kept.Head;

/**
 * The durable collections of one actor, and what its document has of them: how many entries each has, and a mark that no
 * other change of entries has. So another document is written with each of them, and a store that is asked says which came
 * through. Used in turns.
 */
public final class DurableCollections {

    private final ActorEntries entries;
    private final Map<String, Kept> byName = new LinkedHashMap<>(4);
    private Map<String, String> left = Map.of(); // what the document has of those that no field is for: their JSON
    private final String instance = UUID.randomUUID().toString();
    private long marks;
    private byte[] written; // null if the document has nothing of it
    private long writtenRevision;

    public DurableCollections(ActorEntries entries) {
        this.entries = entries;
    }

    /** Gives the fields of a new bean their collections, empty ones. */
    public void bind(Object bean, Collection<CollectionType> types) {
        for (CollectionType type : types) {
            Kept kept = kept(type);
            byName.put(type.name(), kept);
            type.set(bean, kept);
        }
    }

    private Kept kept(CollectionType type) {
        return switch (type.kind()) {
            case LIST -> new KeptList(entries, type);
            case MAP -> new KeptMap(entries, type);
            case VALUE -> new KeptValue(entries, type);
        };
    }

    /** The name of a field that has another object than it was given; null if there is none. */
    public String strange(Object bean) {
        for (Kept kept : byName.values()) {
            if (!kept.type().has(bean, kept)) {
                return kept.type().name();
            }
        }
        return null;
    }

    /** Gives the fields of the bean back what they were given, empty; {@link #fill} and {@link #read} follow. */
    public void reset(Object bean) {
        left = Map.of();
        for (Kept kept : byName.values()) {
            kept.head(Head.EMPTY);
            kept.type().set(bean, kept);
        }
    }

    /**
     * Takes what the document has of a collection in the place of a plain field.
     *
     * @throws BindingException if it does not fit, as a key that is null
     */
    public void fill(String name, JsonInput in, int format, Values values) {
        Kept kept = byName.get(name);
        Object plain = kept.type().readPlain(in, format, values);
        try {
            kept.fill(plain);
        } catch (RuntimeException | StackOverflowError e) { // whatever keys and values a plain field took
            throw new BindingException("field " + name + " cannot be read: it cannot become a durable collection", e);
        }
    }

    /**
     * The entries of a collection that is {@link #left}, as a plain value, for a field that is one now; null for a durable
     * value that has none. They are removed with the next commit.
     */
    public byte[] plain(String name) {
        String head = left.remove(name);
        String kind = ",\"" + CollectionType.Kind.VALUE + "\",";
        return entries.plain(name, head.startsWith(kind, head.indexOf(','))); // behind its name
    }

    /** The names of collections that no field is for. */
    public java.util.List<String> left() {
        return java.util.List.copyOf(left.keySet());
    }

    public boolean isEmpty() {
        return written == null && entries.revision() == writtenRevision;
    }

    /** What the document is to have; the same array if nothing has changed. */
    public byte[] json() {
        if (entries.revision() != writtenRevision) {
            written = write();
            writtenRevision = entries.revision();
        }
        return written;
    }

    private byte[] write() {
        StringBuilder json =
                new StringBuilder("[\"").append(instance).append("\",").append(++marks);
        for (Kept kept : byName.values()) {
            Head head = kept.head();
            json.append(",[\"")
                    .append(kept.type().name())
                    .append("\",\"")
                    .append(kept.type().kind())
                    .append("\",")
                    .append(head.from())
                    .append(',')
                    .append(head.to())
                    .append(']');
        }
        left.values().forEach(head -> json.append(',').append(head));
        return json.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @throws BindingException if that is not what {@link #json} wrote */
    public void read(byte[] json) {
        JsonArray all = array(json);
        written = all.isEmpty() ? null : all.toString().getBytes(StandardCharsets.UTF_8);
        writtenRevision = entries.hasChanges() ? writtenRevision : entries.revision();
        try {
            for (JsonValue value : all.subList(Math.min(2, all.size()), all.size())) {
                JsonArray one = value.asJsonArray();
                Kept kept = byName.get(one.getString(0));
                if (kept != null && kept.type().kind().name().equals(one.getString(1))) {
                    kept.head(new Head(
                            one.getJsonNumber(2).longValueExact(),
                            one.getJsonNumber(3).longValueExact()));
                } else {
                    leave(one);
                }
            }
        } catch (ClassCastException | IndexOutOfBoundsException | ArithmeticException e) {
            throw new BindingException("its durable collections cannot be read", e);
        }
    }

    private static JsonArray array(byte[] json) {
        if (json.length == 2) {
            return JsonValue.EMPTY_JSON_ARRAY; // as mostly
        }
        try (JsonReader reader = JsonProvider.provider().createReader(new ByteArrayInputStream(json))) {
            return reader.readArray();
        } catch (JsonException | ClassCastException e) {
            throw new BindingException("it is no document of a state", e);
        }
    }

    private void leave(JsonArray one) {
        if (byName.containsKey(one.getString(0))) {
            throw new BindingException(
                    "field " + one.getString(0) + " cannot be read: it was a durable " + one.getString(1), null);
        }
        if (left.isEmpty()) {
            left = new LinkedHashMap<>();
        }
        left.put(one.getString(0), one.toString());
    }
}
