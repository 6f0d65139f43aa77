package org.thespis.runtime.commit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;
import org.thespis.api.spi.StoredEntries;
import org.thespis.api.spi.StoredEntries.Entry;

/** Keeps actors as long as the application runs. */
public final class MemoryStateStore implements StateStore {

    private record Address(String name, ActorKey key) {}

    private final Map<Address, ActorRecord> byAddress = new HashMap<>(); // guarded by this
    private final Map<String, StoredActor> byId = new ConcurrentHashMap<>();
    private final Map<String, Map<String, NavigableMap<byte[], byte[]>>> entries = new HashMap<>(); // guarded by this
    private final Map<String, Long> wakeTimes = new ConcurrentHashMap<>(); // of those that are to be woken

    @Override
    public boolean keepsEntries() {
        return true;
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
        return create(actor, state, wakeAt, List.of());
    }

    @Override
    public synchronized Creation create(ActorRecord actor, byte[] state, long wakeAt, List<EntryChange> entries) {
        ActorRecord existing = byAddress.putIfAbsent(address(actor), actor);
        if (existing != null) {
            return new Creation(existing, false);
        }
        byId.put(actor.id(), new StoredActor(actor, 1, state));
        wake(actor.id(), wakeAt);
        entries.forEach(change -> apply(actor.id(), change));
        return new Creation(actor, true);
    }

    private void apply(String id, EntryChange change) {
        Map<String, NavigableMap<byte[], byte[]>> all = entries.computeIfAbsent(id, key -> new HashMap<>());
        NavigableMap<byte[], byte[]> collection =
                all.computeIfAbsent(change.collection(), key -> new TreeMap<>(Arrays::compareUnsigned));
        if (change instanceof EntryChange.Put put) {
            collection.put(put.key(), put.value());
        } else if (change instanceof EntryChange.Remove remove) {
            collection.remove(remove.key());
        } else {
            collection.clear();
        }
    }

    @Override
    public synchronized StoredEntries entries(String actorId, EntryRange range) {
        StoredActor stored = byId.get(actorId);
        NavigableMap<byte[], byte[]> found =
                entries.getOrDefault(actorId, Map.of()).get(range.collection());
        List<Entry> read = new ArrayList<>();
        if (stored == null || found == null || range.isEmpty()) {
            return new StoredEntries(stored == null ? 0 : stored.version(), read);
        }
        found = range.from() == null ? found : found.tailMap(range.from(), true);
        found = range.to() == null ? found : found.headMap(range.to(), false);
        found = range.descending() ? found.descendingMap() : found;
        long bytes = 0;
        for (Map.Entry<byte[], byte[]> entry : found.entrySet()) {
            if (read.size() >= range.limit() || bytes >= range.maxBytes()) {
                break;
            }
            read.add(new Entry(entry.getKey(), entry.getValue()));
            bytes += entry.getValue().length;
        }
        return new StoredEntries(stored.version(), read);
    }

    private void wake(String id, long at) {
        if (at == Long.MAX_VALUE) {
            wakeTimes.remove(id);
        } else {
            wakeTimes.put(id, at);
        }
    }

    @Override
    public List<String> due(long millis, int limit) {
        return due(millis, limit, id -> true);
    }

    @Override
    public List<String> due(long millis, int limit, Set<String> names) {
        return due(millis, limit, id -> isOf(id, names));
    }

    private boolean isOf(String id, Set<String> names) {
        StoredActor stored = byId.get(id); // null if it is deleted at this moment
        return stored != null && names.contains(stored.actor().name());
    }

    private List<String> due(long millis, int limit, Predicate<String> wanted) {
        return wakeTimes.entrySet().stream()
                .filter(entry -> entry.getValue() <= millis && wanted.test(entry.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Address address(ActorRecord actor) {
        return new Address(actor.name(), actor.key());
    }

    @Override
    public Optional<StoredActor> load(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Set<String> write(List<Write> writes) {
        Set<String> refused = new HashSet<>();
        for (Write write : writes) {
            StoredActor stored = byId.get(write.actorId());
            if (stored == null || stored.version() != write.version()) {
                refused.add(write.actorId());
            } else {
                byId.put(write.actorId(), new StoredActor(stored.actor(), write.version() + 1, write.state()));
                write.entries().forEach(change -> apply(write.actorId(), change));
                write.wakeAt().ifPresent(at -> wake(write.actorId(), at));
            }
        }
        return refused;
    }

    @Override
    public Optional<ActorRecord> find(String id) {
        return load(id).map(StoredActor::actor);
    }

    @Override
    public synchronized Optional<ActorRecord> find(String name, ActorKey key) {
        return Optional.ofNullable(byAddress.get(new Address(name, key)));
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return byId.values().stream()
                .map(StoredActor::actor)
                .filter(actor -> actor.name().equals(name))
                .sorted(Comparator.comparing(ActorRecord::created).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean delete(String id) {
        wakeTimes.remove(id);
        entries.remove(id);
        StoredActor stored = byId.remove(id);
        return stored != null && byAddress.remove(address(stored.actor()), stored.actor());
    }

    @Override
    public synchronized boolean delete(String id, long version) {
        StoredActor stored = byId.get(id);
        return stored != null && stored.version() == version && delete(id);
    }
}
