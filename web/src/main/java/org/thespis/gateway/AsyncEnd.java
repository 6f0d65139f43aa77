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
 * lets us ask; as Payara says so some steps too early, it is waited until the thread rests, or a while.
 */
final class AsyncEnd implements Runnable {

    private static final Logger LOG = System.getLogger(AsyncEnd.class.getName());

    /** Looks that follow each other at once; the thread is mostly about to return. */
    private static final int QUICK_LOOKS = 10;

    /** Until the next look after those. */
    private static final long PAUSE_MICROS = 500;

    /** How often it is looked whether the thread rests, each time after twice the pause: 1.5 ms in all. */
    private static final int RESTS = 2;

    private final AsyncContext async;
    private final Thread beginner; // null where nobody must return
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private int looks; // used by one run after the other
    private boolean hasReturned; // used by one run after the other
    private int rests; // likewise

    /** @param beginner the thread that began the request, which must have returned to the server, as on Payara; or null */
    AsyncEnd(AsyncContext async, Thread beginner, Executor executor, ScheduledExecutorService timer) {
        this.async = async;
        this.beginner = beginner;
        this.executor = executor;
        this.timer = timer;
    }

    /** Called once. */
    void begin() {
        if (beginner == null) {
            complete();
        } else {
            lookAgain();
        }
    }

    @Override
    public void run() {
        hasReturned = hasReturned || asksWhetherReturned();
        if (hasReturned && (isAtRest() || rests++ >= RESTS)) {
            complete();
        } else {
            lookAgain();
        }
    }

    /** Whether the thread waits for other work, or does some and waits there: then it is not in this request any more. */
    private boolean isAtRest() {
        Thread.State state = beginner.getState();
        return state != Thread.State.RUNNABLE && state != Thread.State.BLOCKED;
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
        if (hasReturned || looks++ >= QUICK_LOOKS) {
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
            timer.schedule(this, PAUSE_MICROS << Math.max(0, rests - 1), TimeUnit.MICROSECONDS);
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
