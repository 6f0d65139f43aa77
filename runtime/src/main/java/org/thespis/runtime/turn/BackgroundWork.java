package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** What one actor does outside of its turns, and the signal of its end. Most do nothing: then it takes little memory. */
public final class BackgroundWork {

    private static final Logger LOG = System.getLogger(BackgroundWork.class.getName());
    private static final long FOR_EVER = Long.MAX_VALUE;

    /** Keeps the actor awake until it is released. */
    public final class Hold {

        private final boolean keepsAwake;
        private final long until;

        private Hold(boolean keepsAwake, long until) {
            this.keepsAwake = keepsAwake;
            this.until = until;
        }

        /** Further calls do nothing. The end of the next turn looks whether all is quiet. Any thread. */
        public void release() {
            end(this);
        }
    }

    private final Turns turns;
    private final Dispatcher dispatcher;
    private final Object owner;
    private Set<Hold> pieces = Set.of(); // another from the first piece on; guarded by this
    private int keeping; // pieces that keep the actor awake; guarded by this
    private CompletableFuture<Void> signal; // guarded by this; made when somebody asks
    private boolean ending; // guarded by this
    private CompletableFuture<Void> idle; // guarded by this; completes when no piece is left

    /** @param owner names the actor in the log */
    public BackgroundWork(Turns turns, Dispatcher dispatcher, Object owner) {
        this.turns = turns;
        this.dispatcher = dispatcher;
        this.owner = owner;
    }

    /** Work without which the actor must not fall asleep. Used in turns. */
    public void keepAwake(CompletionStage<?> work) {
        follow(work, new Hold(true, FOR_EVER));
    }

    /** Work that is waited for when the actor falls asleep. Used in turns. */
    public void waitUntil(CompletionStage<?> work) {
        follow(work, new Hold(false, FOR_EVER));
    }

    /** Keeps the actor awake; not beyond that time of the nano clock, which lies in the future. Used in turns. */
    public Hold hold(long until) {
        Hold hold = new Hold(true, until == FOR_EVER ? until - 1 : until);
        begin(hold);
        return hold;
    }

    private void follow(CompletionStage<?> work, Hold hold) {
        begin(hold);
        try {
            work.whenComplete((result, thrown) -> {
                hold.release();
                if (hold.keepsAwake) {
                    turns.submit(turn -> {}); // its end looks whether all is quiet now
                }
                if (thrown != null) {
                    Logs.log(LOG, Level.WARNING, "work of " + owner + " outside of its turns failed", thrown);
                }
            });
        } catch (RuntimeException | Error e) { // a stage that takes nobody in
            hold.release();
            throw e;
        }
    }

    private synchronized void begin(Hold hold) {
        if (pieces.isEmpty()) {
            pieces = new HashSet<>(2);
        }
        pieces.add(hold);
        keeping += hold.keepsAwake ? 1 : 0;
    }

    /** In the thread that completed the work, which may be any. */
    private void end(Hold hold) {
        CompletableFuture<Void> over = null;
        synchronized (this) {
            if (!pieces.remove(hold)) {
                return;
            }
            keeping -= hold.keepsAwake ? 1 : 0;
            if (pieces.isEmpty()) {
                pieces = Set.of();
                over = idle;
                idle = null;
            }
        }
        if (over != null) {
            CompletableFuture<Void> told = over;
            dispatcher.execute(() -> told.complete(null));
        }
    }

    /** Lets go of what has kept the actor awake for too long. Called by the timer. */
    public void releaseLate(long nowNanos) {
        List<Hold> late = List.of();
        synchronized (this) {
            if (!pieces.isEmpty()) {
                late = pieces.stream()
                        .filter(hold -> hold.until != FOR_EVER && nowNanos - hold.until >= 0)
                        .toList();
            }
        }
        for (Hold hold : late) {
            LOG.log(Level.WARNING, "what {0} began has not come to an end; it may fall asleep", owner);
            hold.release();
            turns.submit(turn -> {});
        }
    }

    /** Whether no work keeps the actor awake. Any thread. */
    public synchronized boolean isQuiet() {
        return keeping == 0;
    }

    /** Whether there is no work at all. Any thread. */
    public synchronized boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Completes when the actor is about to leave memory. Any thread. */
    public synchronized CompletionStage<Void> ending() {
        if (signal == null) {
            signal = ending ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        }
        return signal.minimalCompletionStage();
    }

    /** Says that the actor is ending; who hears it runs on a thread for turns. Any thread. */
    public void end() {
        say(() -> {});
    }

    /**
     * Says that the actor is ending, and lets its work come to its end. Any thread.
     *
     * @param then run when no work is left or the grace is over; in this thread or one for turns, so it only hands over
     */
    public void end(Duration grace, Runnable then) {
        say(() -> whenEmpty(grace, then));
    }

    private void say(Runnable then) {
        CompletableFuture<Void> told;
        synchronized (this) {
            ending = true;
            told = signal;
        }
        if (told == null || told.isDone()) {
            then.run();
        } else {
            dispatcher.execute(() -> {
                told.complete(null);
                then.run();
            });
        }
    }

    /** Takes back that the actor is ending. Any thread. */
    public synchronized void goOn() {
        if (ending) {
            ending = false;
            signal = null;
        }
    }

    private void whenEmpty(Duration grace, Runnable then) {
        CompletableFuture<Void> over;
        synchronized (this) {
            if (pieces.isEmpty()) {
                over = null;
            } else {
                idle = idle == null ? new CompletableFuture<>() : idle;
                over = idle;
            }
        }
        if (over == null) {
            then.run();
            return;
        }
        CompletableFuture<Void> first = new CompletableFuture<>();
        first.thenRun(then);
        over.thenRun(() -> first.complete(null));
        CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS, dispatcher)
                .execute(() -> first.complete(null));
    }
}
