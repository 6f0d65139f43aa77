package org.thespis.runtime.commit;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;

/** Keeps actors as long as the application runs. */
public final class MemoryStateStore implements StateStore {

    private record Address(String name, ActorKey key) {}

    private final Map<Address, ActorRecord> byAddress = new HashMap<>(); // guarded by this
    private final Map<String, StoredActor> byId = new ConcurrentHashMap<>();
    private final Map<String, Long> wakeTimes = new ConcurrentHashMap<>(); // of those that are to be woken

    @Override
    public synchronized Creation create(ActorRecord actor, byte[] state, long wakeAt) {
        ActorRecord existing = byAddress.putIfAbsent(address(actor), actor);
        if (existing != null) {
            return new Creation(existing, false);
        }
        byId.put(actor.id(), new StoredActor(actor, 1, state));
        wake(actor.id(), wakeAt);
        return new Creation(actor, true);
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
        return wakeTimes.entrySet().stream()
                .filter(entry -> entry.getValue() <= millis)
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
        StoredActor stored = byId.remove(id);
        return stored != null && byAddress.remove(address(stored.actor()), stored.actor());
    }

    @Override
    public synchronized boolean delete(String id, long version) {
        StoredActor stored = byId.get(id);
        return stored != null && stored.version() == version && delete(id);
    }
}
