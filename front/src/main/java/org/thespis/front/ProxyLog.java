package org.thespis.front;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Lets what Undertow says of failed requests into the log once a second, and without stacks: clients decide how often requests
 * fail. Any thread.
 */
final class ProxyLog implements Filter {

    /** Held, as one that nobody holds forgets its filter. */
    private static final Logger UNDERTOW = Logger.getLogger("io.undertow.proxy");

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private long next; // guarded by this
    private long left; // out since the last that was let in; guarded by this

    ProxyLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** From now on, for this program. */
    static void limit() {
        UNDERTOW.setFilter(new ProxyLog(System::nanoTime));
    }

    @Override
    public synchronized boolean isLoggable(LogRecord record) {
        long now = nanoTime.getAsLong();
        if (now - next < 0) {
            left++;
            return false;
        }
        next = now + PERIOD_NANOS;
        String cause = record.getThrown() == null ? "" : ": " + record.getThrown();
        String more = left == 0 ? "" : " (and " + left + " more before)";
        record.setMessage(record.getMessage() + cause + more);
        record.setThrown(null);
        left = 0;
        return true;
    }
}
