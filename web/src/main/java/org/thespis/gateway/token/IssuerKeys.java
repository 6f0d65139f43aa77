package org.thespis.gateway.token;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.Key;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.thespis.runtime.message.ActorException;

/**
 * The keys of one issuer, as they are there now: fetched when the application starts and again and again, in the background, and
 * when a token names one that is not known. However many such tokens come, they are not asked for more often than each
 * {@value #PAUSE_SECONDS} seconds, and few requests wait for it. Any thread.
 */
final class IssuerKeys {

    private static final Logger LOG = System.getLogger(IssuerKeys.class.getName());

    static final int PAUSE_SECONDS = 5;
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(PAUSE_SECONDS);

    /** Keys that could not be fetched anew for that long count no more: the issuer may have taken them back. */
    private static final long OLDEST_NANOS = TimeUnit.HOURS.toNanos(24);

    /** Of an issuer whose keys do not come one failure is told in that time, the others only to who debugs. */
    private static final long TELLING_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final String issuer;
    private final KeySource source;
    private final Executor executor;
    private final long timeoutNanos;
    private final long periodNanos;
    private final LongSupplier nanoTime;
    private final Semaphore places;
    private final AtomicLong toldAt;
    private volatile KeySnapshot current; // null until the first has come
    private volatile long fetchedAt; // of the current one
    private CompletableFuture<Void> running; // null if none; guarded by this
    private long begunAt; // of the last fetch; guarded by this
    private boolean begun; // guarded by this

    /** @param places for requests that wait for keys, each with a thread of the server */
    IssuerKeys(
            String issuer,
            KeySource source,
            Executor executor,
            Duration timeout,
            Duration period,
            Semaphore places,
            LongSupplier nanoTime) {
        this.issuer = issuer;
        this.source = source;
        this.executor = executor;
        this.timeoutNanos = timeout.toNanos();
        this.periodNanos = period.toNanos();
        this.places = places;
        this.nanoTime = nanoTime;
        toldAt = new AtomicLong(nanoTime.getAsLong() - TELLING_NANOS);
    }

    /** Whether a key still counts. */
    boolean has(Key key) {
        KeySnapshot seen = current();
        return seen != null && seen.has(key);
    }

    private KeySnapshot current() {
        return nanoTime.getAsLong() - fetchedAt > OLDEST_NANOS ? null : current;
    }

    /**
     * The key that a token names, or empty. May wait for the issuer, not longer than the time-out.
     *
     * @param id may be null
     * @throws ActorException if it cannot be known now
     */
    Optional<Key> find(String id, String algorithm) {
        KeySnapshot seen = current();
        Optional<Key> known = seen == null ? Optional.empty() : seen.find(id, algorithm);
        if (known.isPresent()) {
            return known;
        }
        CompletableFuture<Void> fetch = fetch();
        if (fetch != null) {
            await(fetch);
        }
        KeySnapshot now = current();
        if (now == null) {
            throw TokenErrors.keysUnavailable();
        }
        return now.find(id, algorithm);
    }

    private void await(CompletableFuture<Void> fetch) {
        if (!places.tryAcquire()) {
            throw TokenErrors.keysUnavailable();
        }
        try {
            fetch.get(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw TokenErrors.keysUnavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw TokenErrors.keysUnavailable();
        } finally {
            places.release();
        }
    }

    /** Fetches the keys if it is time, and ends a fetch that takes too long. To be called about once a second by one timer. */
    void care() {
        long now = nanoTime.getAsLong();
        boolean late;
        synchronized (this) {
            late = running != null && now - begunAt > timeoutNanos;
        }
        if (late) {
            source.abort();
        } else if (current == null || now - fetchedAt > periodNanos) {
            fetch();
        }
    }

    /** The fetch that runs now, or a new one; null if there was one just before. */
    private CompletableFuture<Void> fetch() {
        CompletableFuture<Void> fetch;
        synchronized (this) {
            if (running != null) {
                return running;
            }
            long now = nanoTime.getAsLong();
            if (begun && now - begunAt < PAUSE_NANOS) {
                return null;
            }
            begun = true;
            begunAt = now;
            fetch = new CompletableFuture<>();
            running = fetch;
        }
        try {
            executor.execute(() -> run(fetch));
        } catch (RuntimeException e) { // all threads are busy
            end(fetch, e);
        }
        return fetch;
    }

    private void run(CompletableFuture<Void> fetch) {
        try {
            KeySnapshot fetched = KeySnapshot.parse(source.read());
            fetchedAt = nanoTime.getAsLong();
            current = fetched;
            LOG.log(Level.DEBUG, "{0} has {1} keys", issuer, fetched.keys().size());
            end(fetch, null);
        } catch (IOException | RuntimeException | Error e) {
            long now = nanoTime.getAsLong();
            long last = toldAt.get();
            boolean first = now - last >= TELLING_NANOS && toldAt.compareAndSet(last, now);
            LOG.log(
                    first ? Level.WARNING : Level.DEBUG,
                    "the keys of {0} could not be fetched: {1}",
                    issuer,
                    e.toString());
            end(fetch, e);
        }
    }

    private void end(CompletableFuture<Void> fetch, Throwable failure) {
        synchronized (this) {
            running = null;
        }
        if (failure == null) {
            fetch.complete(null);
        } else {
            fetch.completeExceptionally(failure);
        }
    }
}
