package org.thespis.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;

/**
 * Writes the changed states of all actors, together (group commit): while one batch is on its way the next gathers. Any
 * thread.
 */
final class CommitQueue {

    private static final Logger LOG = System.getLogger(CommitQueue.class.getName());

    private static final int MAX_BATCH = 500;
    private static final long RETRY_MILLIS = 100;

    private final StateStore store;
    private final Executor executor;
    private final Duration patience;
    private final Set<DurableState> waiting = new LinkedHashSet<>(); // guarded by this
    private boolean busy; // guarded by this

    /**
     * @param patience how long a batch is tried again while the store is out of reach
     */
    CommitQueue(StateStore store, Executor executor, Duration patience) {
        this.store = store;
        this.executor = executor;
        this.patience = patience;
    }

    /** Sees to it that the newest state is written soon. */
    void add(DurableState state) {
        synchronized (this) {
            waiting.add(state);
            if (busy) {
                return;
            }
            busy = true;
        }
        try {
            executor.execute(this::drain);
        } catch (RuntimeException e) { // all threads are busy, or this one may start none
            drain();
        }
    }

    private void drain() {
        for (List<DurableState> batch = next(); !batch.isEmpty(); batch = next()) {
            commit(batch);
        }
    }

    private synchronized List<DurableState> next() {
        List<DurableState> batch = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH));
        for (Iterator<DurableState> all = waiting.iterator(); all.hasNext() && batch.size() < MAX_BATCH; ) {
            batch.add(all.next());
            all.remove();
        }
        busy = !batch.isEmpty();
        return batch;
    }

    private void commit(List<DurableState> batch) {
        List<DurableState> states = new ArrayList<>(batch.size());
        List<Write> writes = new ArrayList<>(batch.size());
        for (DurableState state : batch) {
            Write write = state.take();
            if (write != null) {
                states.add(state);
                writes.add(write);
            }
        }
        try {
            Set<String> refused = write(writes);
            states.forEach(state -> state.written(!refused.contains(state.actorId())));
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "the states of " + states.size() + " actors could not be written", e);
            states.forEach(DurableState::failed);
        }
    }

    private Set<String> write(List<Write> writes) {
        long end = System.nanoTime() + patience.toNanos();
        boolean again = false;
        while (true) {
            try {
                Set<String> refused = store.write(writes);
                return again && !refused.isEmpty() ? withoutOwn(refused, writes) : refused;
            } catch (StoreException e) {
                if (System.nanoTime() - end >= 0) {
                    throw e;
                }
                LOG.log(Level.WARNING, "the store is out of reach, trying again: {0}", e.getMessage());
                again = true;
                pause(e);
            }
        }
    }

    /** An earlier try may have come through although its answer did not. */
    private Set<String> withoutOwn(Collection<String> refused, List<Write> writes) {
        Set<String> others = new HashSet<>(refused);
        for (Write write : writes) {
            if (others.contains(write.actorId())) {
                store.load(write.actorId())
                        .filter(s -> s.version() == write.version() + 1 && Arrays.equals(s.state(), write.state()))
                        .ifPresent(s -> others.remove(write.actorId()));
            }
        }
        return others;
    }

    private static void pause(StoreException cause) {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
