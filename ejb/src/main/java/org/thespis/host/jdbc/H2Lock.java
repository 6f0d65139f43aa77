package org.thespis.host.jdbc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The lock on the file of H2 that this process left behind itself: an H2 that met a full heap may give its file up without
 * closing it, and then nobody can open it anew until the garbage collector has found what holds the lock. Any thread.
 */
final class H2Lock {

    /** {@code DATABASE_ALREADY_OPEN_1} of H2. */
    private static final int ALREADY_OPEN = 90_020;

    private static final int MAX_CAUSES = 20;

    /** How often it is looked for at most: another process may have the file for good, and a collection stops everybody. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = System.getLogger(H2Lock.class.getName());

    private final LongSupplier nanoTime;
    private final Runnable collector;
    private final AtomicLong next;

    H2Lock(LongSupplier nanoTime, Runnable collector) {
        this.nanoTime = nanoTime;
        this.collector = collector;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** Something failed so; frees the lock if that is why. */
    void failed(SQLException e) {
        if (!isHeld(e)) {
            return;
        }
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE.toNanos())) {
            LOG.log(
                    Level.WARNING,
                    "the file of the database is still locked, maybe by this process: looking for who holds it");
            collector.run();
        }
    }

    private static boolean isHeld(Throwable e) {
        Throwable cause = e;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) { // pools wrap what the driver says
            if (cause instanceof SQLException sql && sql.getErrorCode() == ALREADY_OPEN) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
