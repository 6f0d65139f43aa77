package org.thespis.runtime.turn;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.thespis.runtime.message.Throwables;

/** What one actor does outside of its turns, and the signal of its end. Most do nothing: then it takes little memory. */
public final class BackgroundWork {

    private static final long FOR_EVER = Long.MAX_VALUE;

    /** Keeps the actor awake until it is released. */
    public final class Hold {

        private final boolean keepsAwake;
        private final long until;
        private boolean over; // guarded by the work

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
    private final Services services;
    private final Object owner;
    private Set<Hold> pieces = Set.of(); // another from the first piece on; guarded by this
    private int keeping; // pieces that keep the actor awake; guarded by this
    private CompletableFuture<Void> signal; // guarded by this; made when somebody asks
    private boolean ending; // guarded by this
    private CompletableFuture<Void> idle; // guarded by this; completes when no piece is left

    /** @param owner names the actor in the log */
    public BackgroundWork(Turns turns, Services services, Object owner) {
        this.turns = turns;
        this.services = services;
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
        CompletionStage<?> followed = work.whenComplete((result, thrown) -> {
            hold.release();
            if (hold.keepsAwake) {
                turns.submit(turn -> {}); // its end looks whether all is quiet now
            }
            if (thrown != null) {
                Throwables.log(
                        services.log(), Level.WARNING, "work of " + owner + " outside of its turns failed", thrown);
            }
        });
        boolean over = followed instanceof CompletableFuture<?> future
                && future.getClass() == CompletableFuture.class // others may not say it
                && future.isDone();
        if (!over) { // where the stack is at its end nothing is held that nobody would release
            begin(hold);
        }
    }

    private synchronized void begin(Hold hold) {
        if (hold.over) {
            return;
        }
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
            hold.over = true;
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
            services.dispatcher().execute(() -> told.complete(null));
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
            services.log().log(Level.WARNING, "what {0} began has not come to an end; it may fall asleep", owner);
            hold.release();
            turns.submit(turn -> {});
        }
    }

    /** How long {@link #releaseLate} has nothing to do; {@code Long.MAX_VALUE} if it never has. Any thread. */
    public synchronized long idleNanos(long nowNanos) {
        return pieces.stream()
                .filter(hold -> hold.until != FOR_EVER)
                .mapToLong(hold -> hold.until - nowNanos)
                .min()
                .orElse(Long.MAX_VALUE);
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
        say(Duration.ZERO, () -> {});
    }

    /**
     * Says that the actor is ending, and lets its work come to its end. Any thread.
     *
     * @param then run when no work is left or the grace is over; in this thread or one for turns, so it only hands over
     */
    public void end(Duration grace, Runnable then) {
        say(grace, () -> whenEmpty(grace, then));
    }

    /** Who hears of it and blocks is not waited for beyond the grace. */
    private void say(Duration grace, Runnable then) {
        CompletableFuture<Void> told;
        synchronized (this) {
            ending = true;
            told = signal;
        }
        if (told == null || told.isDone()) {
            then.run();
        } else {
            CompletableFuture<Void> heard =
                    CompletableFuture.runAsync(() -> told.complete(null), services.dispatcher());
            firstOf(heard, grace, then);
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
        firstOf(over, grace, then);
    }

    private void firstOf(CompletableFuture<Void> over, Duration grace, Runnable then) {
        CompletableFuture<Void> first = new CompletableFuture<>();
        first.thenRun(then);
        over.whenComplete((nothing, thrown) -> first.complete(null));
        services.time().after(grace, () -> services.dispatcher().execute(() -> first.complete(null)));
    }
}
