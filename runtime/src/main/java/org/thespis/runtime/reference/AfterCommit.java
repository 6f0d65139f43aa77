package org.thespis.runtime.reference;

/** The transactions that callers may be in, outside of turns, as what they tell waits for their end. Any thread. */
@FunctionalInterface
public interface AfterCommit {

    /** Where there are no transactions. */
    AfterCommit NONE = waiting -> false;

    /** What waits: told the outcome once, by any thread; it only hands something over. */
    interface Waiting {

        /** The transaction has committed. */
        void committed();

        /** It was rolled back, or what became of it is not known. */
        void rolledBack();
    }

    /**
     * Has something wait for the end of the transaction that this thread is in.
     *
     * @return false if it is in none: then nothing waits
     * @throws IllegalStateException if the transaction takes nothing more: too much waits for it, or it is just ending
     */
    boolean defer(Waiting waiting);
}
