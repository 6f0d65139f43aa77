package org.thespis.runtime.declaration;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** A hook that runs in the thread that made this. */
final class RunningHook {

    private static final Logger LOG = System.getLogger(Author.class.getName());

    private final String what;
    private final long since;
    private final Thread thread = Thread.currentThread();
    private boolean told; // used by the timer

    /** @param since when it began, on the nano clock */
    RunningHook(String what, long since) {
        this.what = what;
        this.since = since;
    }

    /** How long it may go on; {@code Long.MAX_VALUE} if that is over. Any thread. */
    long leftNanos(long nowNanos, Duration limit) {
        long left = limit.toNanos() - (nowNanos - since);
        return left > 0 ? left : Long.MAX_VALUE;
    }

    /**
     * Whether it runs for longer than it may; the first time the log is told where it is. Called by the timer.
     *
     * @param owner names the actor
     */
    boolean isOverdue(long nowNanos, Duration limit, Object owner) {
        if (nowNanos - since < limit.toNanos()) {
            return false;
        }
        if (!told) {
            told = true;
            Throwable where = new Throwable("it is here, in " + thread.getName());
            where.setStackTrace(thread.getStackTrace());
            LOG.log(Level.WARNING, what + " of " + owner + " takes longer than its time limit", where);
        }
        return true;
    }
}
