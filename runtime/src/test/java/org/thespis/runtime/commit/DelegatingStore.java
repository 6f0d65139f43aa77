package org.thespis.runtime.commit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;

/** A store in memory, of which tests override what is to fail. */
class DelegatingStore implements StateStore {

    private final MemoryStateStore memory;

    DelegatingStore(MemoryStateStore memory) {
        this.memory = memory;
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
        return memory.create(actor, state, wakeAt);
    }

    @Override
    public Optional<StoredActor> load(String id) {
        return memory.load(id);
    }

    @Override
    public Set<String> write(List<Write> writes) {
        return memory.write(writes);
    }

    @Override
    public List<String> due(long millis, int limit) {
        return memory.due(millis, limit);
    }

    @Override
    public List<String> due(long millis, int limit, Set<String> names) {
        return memory.due(millis, limit, names);
    }

    @Override
    public Optional<ActorRecord> find(String id) {
        return memory.find(id);
    }

    @Override
    public Optional<ActorRecord> find(String name, ActorKey key) {
        return memory.find(name, key);
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return memory.list(name, limit);
    }

    @Override
    public boolean delete(String id) {
        return memory.delete(id);
    }
}
