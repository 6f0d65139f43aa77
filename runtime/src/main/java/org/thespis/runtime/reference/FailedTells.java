package org.thespis.runtime.reference;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.thespis.runtime.message.ActorError;

/** Says in the log what came of calls that nobody waits for; not each when there are many. Any thread. */
final class FailedTells {

    /** Lines of one period; then only their number is told. */
    static final int MAX_LINES = 10;

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = System.getLogger(FailedTells.class.getName());

    private final AtomicInteger failed = new AtomicInteger();
    private long since = System.nanoTime(); // used by the timer

    void failed(Target target, String action, ActorError error) {
        if (failed.incrementAndGet() <= MAX_LINES) {
            LOG.log(Level.WARNING, "{0} was told {1}, and that failed: {2}", target, action, error.reason());
        }
    }

    /** Called by the timer. */
    void tick(long nowNanos) {
        if (nowNanos - since < PERIOD_NANOS) {
            return;
        }
        since = nowNanos;
        int more = failed.getAndSet(0) - MAX_LINES;
        if (more > 0) {
            LOG.log(Level.WARNING, "{0} more that actors were told failed in this second", more);
        }
    }
}
