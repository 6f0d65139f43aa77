package org.thespis.cluster;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;

/** The shared store as one node reaches it, until it is dead. */
final class NodeStore implements StateStore {

    private final StateStore shared;
    volatile boolean dead;

    /** Whether the database is, for a while. */
    volatile boolean away;

    /** How long it takes for whatever is asked, at most. */
    volatile int slowMillis;

    /** Whoever asks for something waits for it. */
    volatile CountDownLatch stalls = new CountDownLatch(0);

    /** Who loads an actor waits for it. */
    volatile CountDownLatch hangs = new CountDownLatch(0);

    NodeStore(StateStore shared) {
        this.shared = shared;
    }

    private StateStore reach() {
        await(stalls);
        dawdle(slowMillis);
        if (dead || away) {
            throw new StoreException("nothing is reached", null);
        }
        return shared;
    }

    @Override
    public Creation create(ActorRecord actor, byte[] state, long wakeAt) {
        return reach().create(actor, state, wakeAt);
    }

    @Override
    public Optional<StoredActor> load(String id) {
        await(hangs);
        return reach().load(id);
    }

    private static void dawdle(int millis) {
        if (millis > 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(millis));
            } catch (InterruptedException e) {
                throw new StoreException("interrupted", e);
            }
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            throw new StoreException("interrupted", e);
        }
    }

    @Override
    public Set<String> write(List<Write> writes) {
        return reach().write(writes);
    }

    @Override
    public List<String> due(long millis, int limit) {
        return reach().due(millis, limit);
    }

    @Override
    public Optional<ActorRecord> find(String id) {
        return reach().find(id);
    }

    @Override
    public Optional<ActorRecord> find(String name, ActorKey key) {
        return reach().find(name, key);
    }

    @Override
    public List<ActorRecord> list(String name, int limit) {
        return reach().list(name, limit);
    }

    @Override
    public boolean delete(String id) {
        return reach().delete(id);
    }

    @Override
    public boolean delete(String id, long version) {
        return reach().delete(id, version);
    }
}
