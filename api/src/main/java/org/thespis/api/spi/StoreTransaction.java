package org.thespis.api.spi;

import org.thespis.api.spi.StateStore.Write;

/**
 * A transaction of a thread in which a store writes beside what authors do in it. It is begun by {@link StateStore#begin} for
 * the turn of one actor; used by that thread only, which is in no transaction any more behind {@link #commit} or {@link
 * #rollback}.
 */
public interface StoreTransaction {

    /** How it ended. */
    enum Outcome {
        /** All that was done in it is durable. */
        COMMITTED,
        /** Nothing that was done in it has happened, and none of it will. */
        ROLLED_BACK,
        /** One of both; the store cannot be asked which. */
        UNKNOWN
    }

    /** Whether it could be committed now: it has neither ended nor is it to be rolled back, and the thread is still in it. */
    boolean isActive();

    /**
     * Writes a state when it commits, and keeps other writers of that actor away until then.
     *
     * @return false if the actor has another version or is gone; then it is to be rolled back
     * @throws StoreException if the store cannot take part; then it is to be rolled back, too
     */
    boolean write(Write write);

    /** Removes an actor of that version when it commits; otherwise as {@link #write}. */
    boolean delete(String id, long version);

    /**
     * Commits, and waits for it.
     *
     * @return what came of it; where the server does not say it, or cannot know it, as the store has it
     */
    Outcome commit();

    /** Rolls back. Throws nothing; without effect if it is over. */
    void rollback();
}
