package org.thespis.runtime.commit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.thespis.api.spi.EntryRange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StoredActor;
import org.thespis.api.spi.StoredEntries;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;

/**
 * Reads entries for turns, which wait for them, but not for ever: the store is called by threads of their own, so that one
 * that hangs keeps those and not the turns. Any thread.
 */
public final class EntryReads {

    /** Reads at once; more wait for one of them. As many threads are of use. */
    public static final int MAX_READS = 8;

    private static final Logger LOG = System.getLogger(EntryReads.class.getName());

    private final StateStore store;
    private final Executor executor;
    private final long timeoutNanos;
    private final Semaphore places;

    /**
     * @param executor runs what calls the store
     * @param timeout how long a turn waits for a read
     */
    public EntryReads(StateStore store, Executor executor, Duration timeout) {
        this(store, executor, timeout, new Semaphore(MAX_READS));
    }

    private EntryReads(StateStore store, Executor executor, Duration timeout, Semaphore places) {
        this.store = store;
        this.executor = executor;
        this.timeoutNanos = timeout.toNanos();
        this.places = places;
    }

    /** The same with another patience: what both read has its bound together. */
    public EntryReads within(Duration timeout) {
        return new EntryReads(store, executor, timeout, places);
    }

    /**
     * Reads, and waits for it.
     *
     * @throws ActorException {@code actor.entries_unavailable} if the store throws, or does not answer in time
     */
    public StoredEntries read(String actorId, EntryRange range) {
        return ask(() -> store.entries(actorId, range));
    }

    /** The same for the actor itself. */
    public Optional<StoredActor> load(String actorId) {
        return ask(() -> store.load(actorId));
    }

    private <T> T ask(Callable<T> question) {
        long end = System.nanoTime() + timeoutNanos;
        FutureTask<T> read = new FutureTask<>(question);
        try {
            if (!places.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS)) {
                throw unavailable("all reads of entries wait for the store", null);
            }
            start(read);
            return read.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            read.cancel(false); // an interrupt would close the file of H2, for all
            throw unavailable(
                    "the store has not answered for " + TimeUnit.NANOSECONDS.toMillis(timeoutNanos) + " ms", e);
        } catch (ExecutionException e) {
            throw unavailable("entries could not be read", e.getCause());
        } catch (InterruptedException e) {
            read.cancel(false); // an interrupt would close the file of H2, for all
            Thread.currentThread().interrupt();
            throw unavailable("a turn was interrupted as it read entries", e);
        }
    }

    private void start(FutureTask<?> read) {
        try {
            executor.execute(() -> {
                try {
                    read.run();
                } finally {
                    places.release();
                }
            });
        } catch (RuntimeException | Error e) { // it is shut down, or can start no thread
            places.release();
            throw unavailable("entries are not read any more", e);
        }
    }

    private static ActorException unavailable(String why, Throwable cause) {
        LOG.log(Level.ERROR, why, cause);
        return new ActorException(ActorError.entriesUnavailable());
    }
}
