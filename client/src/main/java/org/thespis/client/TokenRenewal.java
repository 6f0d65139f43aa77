package org.thespis.client;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.thespis.api.ActorCallException;

/**
 * Asks the application for a fresh token before that of a line runs out, as its server says when that is; again and again, in
 * shorter and shorter times, if none comes or is taken. Any thread.
 */
final class TokenRenewal {

    /** Of the time that is left so much is kept for it: a quarter, a minute at most. */
    private static final long PART_KEPT = 4;

    private static final long LONGEST_KEPT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** With less left the line is about to be closed, and opened again. */
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Nanoseconds are counted in a {@code long}, which has room for 292 years. */
    private static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(36_500);

    /** Asks the application for what goes with a try; one of both is told, in whatever thread. */
    interface Asking {
        void ask(Consumer<Supplied> supplied, Consumer<ActorCallException> failed);
    }

    private final Asking asking;
    private final LongSupplier nanoTime;
    private final Consumer<String> sending;
    private final Consumer<ActorCallException> failing;
    private boolean planned; // guarded by this
    private long due; // guarded by this
    private long end; // guarded by this

    /**
     * @param sending is given fresh tokens
     * @param failing is told why there is none
     */
    TokenRenewal(Asking asking, LongSupplier nanoTime, Consumer<String> sending, Consumer<ActorCallException> failing) {
        this.asking = asking;
        this.nanoTime = nanoTime;
        this.sending = sending;
        this.failing = failing;
    }

    /** The server says how long the token counts from now on. */
    synchronized void ends(long inMillis) {
        long now = nanoTime.getAsLong();
        end = now + TimeUnit.MILLISECONDS.toNanos(Math.min(inMillis, LONGEST_MILLIS));
        plan(now);
    }

    /** Under the lock. */
    private void plan(long now) {
        long left = end - now;
        due = end - Math.min(left / PART_KEPT, LONGEST_KEPT_NANOS);
        planned = left > LEAST_NANOS;
    }

    /** Called by the timer. */
    void tick(long nowNanos) {
        synchronized (this) {
            if (!planned || nowNanos - due < 0) {
                return;
            }
            planned = false; // until this one is over
        }
        asking.ask(this::supplied, this::failed);
    }

    private void supplied(Supplied fresh) {
        planAgain();
        if (fresh.token() != null) {
            sending.accept(fresh.token());
        }
    }

    private void failed(ActorCallException why) {
        planAgain();
        failing.accept(why);
    }

    private synchronized void planAgain() {
        plan(nanoTime.getAsLong());
    }
}
