package org.thespis.runtime.turn;

/** The turns of one actor, as its parts need them. */
public interface Turns {

    /** What a turn does. */
    @FunctionalInterface
    interface Body {
        void run(Turn turn) throws Throwable;
    }

    /**
     * The present turn.
     *
     * @throws IllegalStateException in any thread but that of the turn
     */
    Turn require();

    /** Queues a turn that must not be lost. What comes when the actor has left memory is dropped. Any thread. */
    void submit(Body body);
}
