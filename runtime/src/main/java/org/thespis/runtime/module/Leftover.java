package org.thespis.runtime.module;

/**
 * What a turn may leave in its thread, where whoever has the thread next would find it: a transaction that an action began and forgot.
 * Called by the thread of the turn.
 */
public interface Leftover {

    Leftover NONE = new Leftover() {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public void end() {}
    };

    /** Throws nothing. */
    boolean isThere();

    /** Ends it. Throws nothing. */
    void end();
}
