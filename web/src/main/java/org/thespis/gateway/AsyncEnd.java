package org.thespis.gateway;

import jakarta.servlet.AsyncContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The end of the asynchronous phase of a request, once its streams are not used any more. Any thread; does not wait.
 *
 * <p>Payara keeps the objects of a request for the next one. A request that is completed before the thread which began it has
 * returned to the server leaves its mark on them, and a WebSocket that is given them later, and is closed while it is being
 * opened, lets go of them too soon: two requests share them then, and what is sent to the next WebSocket is dropped in
 * silence. So there a request is completed after that thread has returned, which Servlet 6, {@link AsyncContext#setTimeout},
 * lets us ask.
 */
final class AsyncEnd implements Runnable {

    private static final Logger LOG = System.getLogger(AsyncEnd.class.getName());

    /** Looks that follow each other at once; the thread is mostly about to return. */
    private static final int QUICK_LOOKS = 10;

    /** Until the next look after those. */
    private static final long PAUSE_MICROS = 500;

    private final AsyncContext async;
    private final boolean waitsForReturn;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private int looks; // used by one run after the other
    private boolean hasReturned; // used by one run after the other

    /** @param waitsForReturn whether the thread that began the request must have returned to the server, as on Payara */
    AsyncEnd(AsyncContext async, boolean waitsForReturn, Executor executor, ScheduledExecutorService timer) {
        this.async = async;
        this.waitsForReturn = waitsForReturn;
        this.executor = executor;
        this.timer = timer;
    }

    /** Called once. */
    void begin() {
        if (waitsForReturn) {
            lookAgain();
        } else {
            complete();
        }
    }

    @Override
    public void run() {
        if (hasReturned) { // seen by the last look: Payara's thread still had a few steps to go then
            complete();
            return;
        }
        hasReturned = asksWhetherReturned();
        lookAgain();
    }

    private boolean asksWhetherReturned() {
        try {
            async.setTimeout(0); // as it is
            return false;
        } catch (RuntimeException e) {
            return true;
        }
    }

    private void lookAgain() {
        if (!hasReturned && looks++ >= QUICK_LOOKS) {
            lookLater();
            return;
        }
        try {
            executor.execute(this);
        } catch (RejectedExecutionException e) { // the server stops, or all threads are busy
            lookLater();
        }
    }

    private void lookLater() {
        try {
            timer.schedule(this, PAUSE_MICROS, TimeUnit.MICROSECONDS);
        } catch (RejectedExecutionException e) { // the server stops
            complete();
        }
    }

    private void complete() {
        try {
            async.complete();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the exchange was over already", e);
        }
    }
}
