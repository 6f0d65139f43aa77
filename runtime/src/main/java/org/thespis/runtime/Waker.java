package org.thespis.runtime;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.turn.Dispatcher;

/**
 * Wakes the actors that have planned something, a little before its time. Those that cannot be woken are tried again less
 * and less often, and keep no other asleep. Any thread.
 */
final class Waker {

    private static final Logger LOG = System.getLogger(Waker.class.getName());

    /** How long before the time of its plan an actor is woken: as often is the store asked. */
    static final Duration LEAD = Duration.ofSeconds(1);

    /** Actors that the store is asked for at a time. */
    private static final int MAX_FOUND = 200;

    /** Actors that are being woken at a time: each may hold a thread up as long as its {@code OnWake} takes. */
    private static final int MAX_WAKING = 16;

    /** After this time the place of one that is being woken goes to another, and so does that of a look at the store. */
    private static final long MAX_WAKING_MILLIS = 5_000;

    /** Threads that wakings and looks may hold up beyond their time. */
    private static final int MAX_HELD_UP = 4;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long FIRST_PAUSE_MILLIS = 5_000;
    private static final long LAST_PAUSE_MILLIS = 600_000;

    /** Actors that could not be woken and are remembered; of one more the oldest is forgotten, and so tried sooner. */
    private static final int MAX_FAILED = 10_000;

    /** One that could not be woken. */
    private record Failed(long pauseMillis, long nextTry) {}

    private final StateStore store;
    private final Set<String> names;
    private final Dispatcher dispatcher;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final BiConsumer<String, Consumer<Throwable>> wake;
    private final Set<Long> looks = new HashSet<>(); // since when; guarded by this
    private final Queue<String> waiting = new ArrayDeque<>(); // guarded by this
    private final Map<String, Long> waking = new LinkedHashMap<>(); // since when; guarded by this
    private final Map<String, Failed> failed = new LinkedHashMap<>(); // guarded by this

    /**
     * @param names of the types that the application has
     * @param wake wakes the actor of an id, which may take long; tells once, then or later, why that could not be done, or null
     */
    Waker(
            StateStore store,
            Set<String> names,
            Dispatcher dispatcher,
            Clock clock,
            LongSupplier nanoTime,
            BiConsumer<String, Consumer<Throwable>> wake) {
        this.store = store;
        this.names = Set.copyOf(names);
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.wake = wake;
    }

    /** Looks for actors that are due. Called by the timer, about as often as {@link #LEAD}. */
    void look() {
        Long since = beginLook();
        if (since != null && !dispatcher.tryNow(() -> lookNow(since))) {
            endLook(since); // soon again
        }
    }

    /** Null if one is under way. */
    private synchronized Long beginLook() {
        long now = millis();
        boolean one = looks.stream().anyMatch(since -> now - since <= MAX_WAKING_MILLIS);
        return one || looks.size() > MAX_HELD_UP || !looks.add(now) ? null : (Long) now;
    }

    private synchronized void endLook(Long since) {
        looks.remove(since);
    }

    private void lookNow(Long since) {
        try {
            int failedNow;
            synchronized (this) {
                failedNow = failed.size();
            }
            long until = clock.millis() + LEAD.toMillis();
            enqueue(store.due(until, MAX_FOUND + failedNow, names));
            begin();
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "the store is out of reach, nobody is woken", e);
        } finally {
            endLook(since);
        }
    }

    private synchronized void enqueue(List<String> due) {
        long now = millis();
        waiting.clear();
        for (String id : due) {
            Failed before = failed.get(id);
            if (!waking.containsKey(id) && (before == null || now >= before.nextTry)) {
                waiting.add(id);
            }
        }
    }

    /** How long until one that could not be woken may be tried again; {@code Long.MAX_VALUE} if there is none. Any thread. */
    synchronized long idleNanos() {
        OptionalLong next = failed.values().stream().mapToLong(Failed::nextTry).min();
        return next.isEmpty() ? Long.MAX_VALUE : (next.getAsLong() - millis()) * NANOS_PER_MILLI;
    }

    private long millis() {
        return nanoTime.getAsLong() / NANOS_PER_MILLI;
    }

    /** Has as many woken at a time as may be. */
    private void begin() {
        for (String id = next(); id != null; id = next()) {
            String woken = id;
            if (!dispatcher.tryNow(() -> wake(woken))) {
                release(woken);
                return; // soon again
            }
        }
    }

    private synchronized String next() {
        long now = millis();
        long inTime = waking.values().stream()
                .filter(since -> now - since <= MAX_WAKING_MILLIS)
                .count();
        boolean hasRoom = inTime < MAX_WAKING && waking.size() < MAX_WAKING + MAX_HELD_UP;
        String id = hasRoom ? waiting.poll() : null;
        if (id != null) {
            waking.put(id, now);
        }
        return id;
    }

    private synchronized void release(String id) {
        waking.remove(id);
    }

    private void wake(String id) {
        try {
            wake.accept(id, why -> woken(id, why));
        } catch (Throwable e) {
            woken(id, e);
        }
        release(id);
        begin();
    }

    /** In any thread, maybe after its place has gone to another: one with an executor of its own begins there. */
    private void woken(String id, Throwable why) {
        if (why == null) {
            synchronized (this) {
                failed.remove(id);
            }
            return;
        }
        if (!isOfOtherType(why)) {
            LOG.log(Level.ERROR, "actor " + id + " could not be woken for what it has planned", why);
        }
        failed(id);
    }

    /** Told by {@link UnknownTypes}; it belongs to another application, or to an older version of this one. */
    private static boolean isOfOtherType(Throwable e) {
        return e instanceof ActorException failure && failure.error().equals(ActorError.typeNotFound());
    }

    private synchronized void failed(String id) {
        long now = millis();
        Failed before = failed.remove(id);
        long pause = before == null ? FIRST_PAUSE_MILLIS : Math.min(2 * before.pauseMillis, LAST_PAUSE_MILLIS);
        failed.put(id, new Failed(pause, now + pause));
        if (failed.size() > MAX_FAILED) {
            failed.remove(List.copyOf(failed.keySet()).get(0));
        }
    }
}
