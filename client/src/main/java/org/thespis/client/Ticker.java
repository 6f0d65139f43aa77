package org.thespis.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The one clock of a client. It stands still while nothing is open, so that a client that is dropped then holds no thread. */
final class Ticker {

    static final long PERIOD_MILLIS = 100;

    private static final Logger LOG = System.getLogger(Ticker.class.getName());

    private final ScheduledExecutorService timer;
    private final Set<Ticked> all = ConcurrentHashMap.newKeySet();
    private Future<?> running; // guarded by this

    Ticker(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if the timer has been shut down */
    void add(Ticked ticked) {
        all.add(ticked);
        synchronized (this) {
            if (running == null) {
                running = timer.scheduleAtFixedRate(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    void remove(Ticked ticked) {
        all.remove(ticked);
    }

    private void tick() {
        long now = System.nanoTime();
        for (Ticked ticked : all) {
            try {
                ticked.tick(now);
            } catch (Throwable e) { // one that breaks is not the end of all time limits
                LOG.log(Level.ERROR, "a tick failed", e);
            }
        }
        stopIfIdle();
    }

    private synchronized void stopIfIdle() {
        if (all.isEmpty() && running != null) {
            running.cancel(false);
            running = null;
        }
    }
}
