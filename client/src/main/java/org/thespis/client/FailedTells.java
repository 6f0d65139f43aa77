package org.thespis.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import org.thespis.api.ActorCallException;

/** Says in the log what came of calls that nobody waits for; not each when there are many. Any thread. */
final class FailedTells {

    /** Lines of one period; what is more is left out. */
    private static final int MAX_LINES = 10;

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = System.getLogger(FailedTells.class.getName());

    private long since = System.nanoTime(); // guarded by this
    private int lines; // guarded by this

    void failed(Target target, String action, ActorCallException error) {
        if (isLine(System.nanoTime())) {
            LOG.log(Level.WARNING, "{0} was told {1}, and that failed: {2}", target, action, error);
        }
    }

    private synchronized boolean isLine(long now) {
        if (now - since > PERIOD_NANOS) {
            since = now;
            lines = 0;
        }
        return ++lines <= MAX_LINES;
    }
}
