package org.thespis.runtime.soak;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.api.spi.StoredEntries;
import org.thespis.runtime.commit.MemoryStateStore;

/** A store that fails by chance in every way that a store may, and never lies: what it says was not done was not. */
final class FaultyStore implements StateStore {

    /** The longest time that an access hangs: beyond the time limit of commits. */
    private static final int MAX_HANG_MILLIS = 900;

    final MemoryStateStore memory = new MemoryStateStore();
    final AtomicInteger failures = new AtomicInteger();
    final AtomicInteger lostAnswers = new AtomicInteger();
    final AtomicInteger hangs = new AtomicInteger();
    final AtomicInteger fences = new AtomicInteger();
    private final Chance chance;

    /** Accesses of a thousand that fail. */
    private volatile int perMille;

    private volatile boolean down;

    FaultyStore(Chance chance, int perMille) {
        this.chance = chance;
        this.perMille = perMille;
    }

    void down(boolean now) {
        down = now;
    }

    /** Never fails again. */
    void calm() {
        perMille = 0;
        down = false;
    }

    private <T> T access(Supplier<T> access) {
        if (down) {
            throw new StoreException("down", null);
        }
        if (!chance.perMille(perMille)) {
            return access.get();
        }
        failures.incrementAndGet();
        switch (chance.below(7)) {
            case 0 -> throw new StoreException("refused", null);
            case 1 -> throw new IllegalStateException("broken");
            case 2 -> throw new AssertionError("badly broken");
            case 3 -> hang();
            default -> {
                T lost = access.get();
                lostAnswers.incrementAndGet();
                throw answerLost(lost);
            }
        }
        return access.get();
    }

    private RuntimeException answerLost(Object lost) {
        return switch (chance.below(3)) {
            case 0 -> new IllegalStateException("the answer got lost: " + lost.getClass());
            default -> new StoreException("the answer got lost", null, true);
        };
    }

    private void hang() {
        hangs.incrementAndGet();
        try {
            TimeUnit.MILLISECONDS.sleep(chance.below(MAX_HANG_MILLIS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
        return access(() -> memory.create(actor, state, wakeAt));
    }

    @Override
    public boolean keepsEntries() {
        return true;
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt, List<EntryChange> entries) {
        return access(() -> memory.create(actor, state, wakeAt, entries));
    }

    @Override
    public StoredEntries entries(String actorId, EntryRange range) {
        return access(() -> memory.entries(actorId, range));
    }

    @Override
    public Optional<StoredActor> load(String id) {
        return access(() -> memory.load(id));
    }

    @Override
    public Set<String> write(List<Write> writes) {
        return access(() -> {
            Set<String> refused = memory.write(writes);
            fences.addAndGet(refused.size());
            return refused;
        });
    }

    @Override
    public List<String> due(long millis, int limit) {
        return access(() -> memory.due(millis, limit));
    }

    @Override
    public Optional<ActorRecord> find(String id) {
        return access(() -> memory.find(id));
    }

    @Override
    public Optional<ActorRecord> find(String name, ActorKey key) {
        return access(() -> memory.find(name, key));
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return access(() -> memory.list(name, limit));
    }

    @Override
    public boolean delete(String id) {
        return access(() -> memory.delete(id));
    }

    @Override
    public boolean delete(String id, long version) {
        return access(() -> memory.delete(id, version));
    }
}
