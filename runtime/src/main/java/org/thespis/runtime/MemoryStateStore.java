package org.thespis.runtime;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;

/** Keeps actors as long as the application runs. */
public final class MemoryStateStore implements StateStore {

    private record Address(String name, ActorKey key) {}

    private final Map<Address, ActorRecord> byAddress = new HashMap<>(); // guarded by this
    private final Map<String, ActorRecord> byId = new java.util.concurrent.ConcurrentHashMap<>();

    @Override
    public synchronized Creation create(ActorRecord actor) {
        ActorRecord existing = byAddress.putIfAbsent(address(actor), actor);
        if (existing != null) {
            return new Creation(existing, false);
        }
        byId.put(actor.id(), actor);
        return new Creation(actor, true);
    }

    private static Address address(ActorRecord actor) {
        return new Address(actor.name(), actor.key());
    }

    @Override
    public Optional<ActorRecord> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized Optional<ActorRecord> find(String name, ActorKey key) {
        return Optional.ofNullable(byAddress.get(new Address(name, key)));
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return byId.values().stream()
                .filter(actor -> actor.name().equals(name))
                .sorted(Comparator.comparing(ActorRecord::created).reversed())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean delete(String id) {
        ActorRecord actor = byId.remove(id);
        return actor != null && byAddress.remove(address(actor), actor);
    }
}
