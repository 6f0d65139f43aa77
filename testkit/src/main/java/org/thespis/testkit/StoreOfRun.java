package org.thespis.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.api.spi.StoredEntries;

/** The store as one run of the actors reaches it: until it is cut off, and nothing comes of what that run still asks. */
final class StoreOfRun implements StateStore {

    private final TestStore switches;
    private final StateStore store;
    private final ReadWriteLock line = new ReentrantReadWriteLock();
    private volatile boolean cut;

    StoreOfRun(TestStore switches) {
        this.switches = switches;
        this.store = switches.store();
    }

    /** Cuts the line. What the store is at has come to its end then, unless it takes longer than that. */
    void cut(Duration patience) {
        cut = true;
        switches.wake();
        try {
            if (line.writeLock().tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                line.writeLock().unlock();
            }
        } catch (InterruptedException e) {
            throw Patience.interrupted(e);
        }
    }

    private <T> T access(Supplier<T> access) {
        switches.enter(() -> cut);
        line.readLock().lock();
        try {
            if (cut) {
                throw new StoreException("the process was killed", null);
            }
            return access.get();
        } finally {
            line.readLock().unlock();
        }
    }

    @Override
    public boolean keepsEntries() {
        return store.keepsEntries();
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
        return create(actor, state, wakeAt, List.of());
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt, List<EntryChange> entries) {
        return access(() -> {
            Creation creation = store.create(actor, state, wakeAt, entries);
            if (creation.created()) {
                switches.wakes(actor.id(), wakeAt);
            }
            return creation;
        });
    }

    @Override
    public StoredEntries entries(String actorId, EntryRange range) {
        return access(() -> store.entries(actorId, range));
    }

    @Override
    public Optional<StoredActor> load(String id) {
        return access(() -> store.load(id));
    }

    @Override
    public Set<String> write(List<Write> writes) {
        return access(() -> {
            Set<String> refused = store.write(writes);
            writes.stream()
                    .filter(write -> write.wakeAt().isPresent() && !refused.contains(write.actorId()))
                    .forEach(write ->
                            switches.wakes(write.actorId(), write.wakeAt().getAsLong()));
            return refused;
        });
    }

    @Override
    public List<String> due(long millis, int limit) {
        return access(() -> store.due(millis, limit));
    }

    @Override
    public Optional<ActorRecord> find(String id) {
        return access(() -> store.find(id));
    }

    @Override
    public Optional<ActorRecord> find(String name, ActorKey key) {
        return access(() -> store.find(name, key));
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return access(() -> store.list(name, limit));
    }

    @Override
    public boolean delete(String id) {
        return access(() -> {
            boolean deleted = store.delete(id);
            switches.wakes(id, Long.MAX_VALUE);
            return deleted;
        });
    }

    @Override
    public boolean delete(String id, long version) {
        return access(() -> {
            boolean deleted = store.delete(id, version);
            if (deleted) {
                switches.wakes(id, Long.MAX_VALUE);
            }
            return deleted;
        });
    }
}
