package org.thespis.runtime.commit;

import java.util.Arrays;
import java.util.Optional;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.message.ActorError;

/**
 * One state on its way to the store, or the removal of an actor. Used by the queue.
 *
 * @param write null for a removal
 * @param version the one that the store must have
 * @param since when it was wanted, in nanoseconds
 * @param doubtful a state that may have come through in an earlier try, although its answer did not; null for none
 * @param unknown whether an earlier try may have come through: the store did not say that nothing was changed
 */
record Attempt(DurableState state, Write write, long version, long since, byte[] doubtful, boolean unknown) {

    /** What the store's no means. */
    enum Refusal {
        /** An earlier try of the same has come through. */
        DONE,
        /** An earlier try of another state has come through. */
        REBASED,
        /** Somebody else has written. */
        FENCED
    }

    /** The same once more, after a try that failed. */
    Attempt again(Throwable failure) {
        boolean changedNothing = failure instanceof StoreException e && !e.isOutcomeUnknown();
        return new Attempt(
                state, write, version, since, isRemoval() ? null : write.state(), unknown || !changedNothing);
    }

    boolean isRemoval() {
        return write == null;
    }

    /** Finds out why the store refused. */
    Refusal refusal(StateStore store) {
        if (!isRemoval() && doubtful == null) {
            return Refusal.FENCED;
        }
        Optional<StoredActor> stored = store.load(state.actorId());
        if (isRemoval()) {
            return stored.isEmpty() ? Refusal.DONE : Refusal.FENCED;
        }
        if (stored.isEmpty() || stored.get().version() != version + 1) {
            return Refusal.FENCED;
        }
        byte[] there = stored.get().state();
        if (Arrays.equals(there, write.state())) {
            return Refusal.DONE;
        }
        return Arrays.equals(there, doubtful) ? Refusal.REBASED : Refusal.FENCED;
    }

    /** The store stayed out of reach. */
    void fail() {
        fail(unknown ? ActorError.outcomeUnknown() : ActorError.storeUnavailable());
    }

    void fail(ActorError error) {
        state.failed(this, error);
    }
}
