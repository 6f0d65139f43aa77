package org.thespis.testkit;

import org.thespis.api.Actors;

/** Where the actors of one test are. Used by the test. */
interface World extends AutoCloseable {

    /** Gives a test what it injects. */
    void inject(Object test);

    Actors references();

    /** A connection that is let in. */
    TestConnection connect(TestActor actor, Object parameters);

    /** Returns when what was caused by now is done. */
    void settle();

    /** What the actors are at, as the end of a message; empty if nothing. */
    String report();

    /**
     * The actors as they are in the hand of the test.
     *
     * @param wish what for
     * @throws org.opentest4j.TestAbortedException if they are in nobody's
     */
    Bench bench(String wish);

    /** Throws what a test was skipped for, if it went on all the same. */
    void requireNothingSkipped();

    @Override
    void close();
}
