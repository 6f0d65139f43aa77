package org.thespis.runtime.commit;

import java.util.Optional;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreException;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.message.ActorError;

/**
 * One state on its way to the store, or the removal of an actor. Used by the queue.
 *
 * @param write null for a removal
 * @param name of the write; see {@link WriteNames}
 * @param version the one that the store must have
 * @param since when it was wanted, in nanoseconds
 * @param doubts what may have come through in earlier tries
 */
record Attempt(DurableState state, Write write, byte[] name, long version, long since, Doubts doubts) {

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
        return inDoubt(!changedNothing);
    }

    private Attempt inDoubt(boolean unknown) {
        Doubts more = isRemoval() ? doubts.unknown(unknown) : doubts.with(name, unknown);
        return new Attempt(state, write, name, version, since, more);
    }

    /** Bytes that go to the store. */
    long length() {
        if (isRemoval()) {
            return 0;
        }
        long length = write.state().length;
        for (EntryChange change : write.entries()) {
            length += change instanceof EntryChange.Put put ? put.length() : 0;
        }
        return length;
    }

    boolean isRemoval() {
        return write == null;
    }

    /** Finds out why the store refused. */
    Refusal refusal(StateStore store) {
        if (!isRemoval() && doubts.isEmpty()) {
            return Refusal.FENCED;
        }
        Optional<StoredActor> stored = store.load(state.actorId());
        if (stored.isEmpty()) {
            return isRemoval() ? Refusal.DONE : Refusal.FENCED;
        }
        byte[] there = stored.get().state();
        if (stored.get().version() != version + 1 || !doubts.have(there)) {
            return Refusal.FENCED;
        }
        return !isRemoval() && WriteNames.has(there, name) ? Refusal.DONE : Refusal.REBASED;
    }

    /** What is told when somebody else has written: maybe on top of this, if an earlier try may have come through. */
    ActorError fenced() {
        return doubts.unknown() && !isRemoval() ? ActorError.outcomeUnknown() : ActorError.restarting();
    }

    /** The store stayed out of reach. */
    void fail() {
        state.failed(this, doubts.unknown() ? ActorError.outcomeUnknown() : ActorError.storeUnavailable());
    }

    /** The store did not answer in time. */
    void giveUp() {
        inDoubt(true).fail();
    }
}
