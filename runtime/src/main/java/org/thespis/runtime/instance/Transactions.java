package org.thespis.runtime.instance;

import java.lang.System.Logger.Level;
import java.time.Duration;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoreTransaction;
import org.thespis.runtime.call.Calls;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Throwables;
import org.thespis.runtime.turn.Turn;

/**
 * The transactions of one actor's turns, one in each whose action asks for it: from before the action to behind the hooks that
 * it causes, in the thread of the turn, which waits for the store. Each writes the state, also one that has not changed: so an
 * instance that another node has replaced commits nothing. Used in turns.
 */
final class Transactions {

    /**
     * What the server has beyond the time limit, in which nothing new begins: where servers roll back at the end of that time
     * in a thread of their own, what runs then may be written all the same, without the transaction.
     */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final ActorInstance actor;

    Transactions(ActorInstance actor) {
        this.actor = actor;
    }

    /**
     * Begins the transaction of a turn, when the store has all that the turns before left.
     *
     * @param limit after which it is not committed any more
     * @throws ActorException if none can be begun; nothing was done
     */
    void begin(Turn turn, Duration limit) {
        if (!isSettled()) {
            ActorError tooLate = actor.tooLate();
            throw new ActorException(tooLate == null ? ActorError.storeUnavailable() : tooLate);
        }
        try {
            StoreTransaction begun = actor.store().begin(limit.plus(GRACE));
            turn.joins(begun, actor.services().time().nanoTime() + Calls.nanos(limit));
        } catch (StoreException e) {
            actor.services().log().log(Level.ERROR, "no transaction can be begun for " + actor, e);
            throw new ActorException(ActorError.storeUnavailable());
        }
    }

    private boolean isSettled() {
        Duration patience = actor.services().settings().commitTimeout();
        try {
            return actor.state().awaitSettled(patience.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Why the transaction of a turn cannot be committed; null if it can. */
    ActorError whyNot(Turn turn) {
        if (turn.refusedCommit() != null) {
            return turn.refusedCommit();
        }
        if (turn.isTooLateToCommit(actor.services().time().nanoTime())) {
            return ActorError.timedOut();
        }
        return turn.transaction().isActive() ? null : ActorError.rolledBack();
    }

    /**
     * Ends the transaction of a turn with the state that it left.
     *
     * @return null if it was committed, else what is told; if that is not that nothing happened, the instance is lost
     */
    ActorError commit(Turn turn) {
        Thread.interrupted(); // an author's: it would close the file of H2, for all
        ActorError why = whyNot(turn);
        if (why == null) {
            why = write(turn.transaction());
        }
        if (why != null) {
            turn.rollBack();
            return why;
        }
        StoreTransaction transaction = turn.transaction();
        turn.transactionOver();
        return switch (outcome(transaction)) {
            case COMMITTED -> {
                actor.entries().take();
                turn.needs(actor.state().joined());
                yield null;
            }
            case ROLLED_BACK -> ActorError.rolledBack();
            case UNKNOWN -> lost(ActorError.outcomeUnknown());
        };
    }

    private StoreTransaction.Outcome outcome(StoreTransaction transaction) {
        try {
            return transaction.commit();
        } catch (RuntimeException | Error e) { // not by one that does as it says
            Throwables.log(actor.services().log(), Level.ERROR, "a transaction of " + actor + " could not be ended", e);
            return StoreTransaction.Outcome.UNKNOWN;
        }
    }

    /** Has the state written; what is told if it cannot be, or null. */
    private ActorError write(StoreTransaction transaction) {
        try {
            boolean written = actor.state().join(transaction, actor.entries().changes());
            return written ? null : lost(ActorError.restarting());
        } catch (RuntimeException | Error e) { // whatever a store throws, nothing is committed
            Throwables.log(
                    actor.services().log(),
                    Level.ERROR,
                    "the state of " + actor + " could not be written in its transaction",
                    e);
            return ActorError.rolledBack(); // maybe as a statement of the author's had failed before
        }
    }

    private ActorError lost(ActorError error) {
        actor.lifeCycle().lost(error);
        return error;
    }

    /** Ends the transaction of a turn that has ended the instance: commits it if it destroys the actor. */
    void commitEnding(Turn turn) {
        if (actor.lifeCycle().ending().kind() == Ending.Kind.DESTROYED) {
            ActorError why = commit(turn);
            if (why != null) {
                lost(why);
            }
        }
    }
}
