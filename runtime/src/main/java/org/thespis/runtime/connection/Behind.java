package org.thespis.runtime.connection;

import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.CallChain;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.turn.Turn;

/** Who is behind what runs in a thread: a turn, or an answer that is told there. Any thread. */
public final class Behind {

    private static final ThreadLocal<Caller> TOLD = new ThreadLocal<>();

    private Behind() {}

    /** Who called, in the end; null if nobody in this thread knows. */
    public static Caller caller() {
        Turn turn = Turn.current();
        if (turn == null) {
            return TOLD.get();
        }
        return turn.connection() instanceof LiveConnection connection ? connection.caller() : turn.caller();
    }

    /** As whom others are called and something is planned: who called, unless the actor says {@code @RunAs}. */
    public static Caller callsAs() {
        Turn turn = Turn.current();
        return turn != null && turn.runAs() != null ? turn.runAs() : caller();
    }

    /**
     * The actors that would wait for a call that is made now. What goes on outside of the turn waits for nobody: it does not
     * keep the actor from being called.
     *
     * @throws ActorException {@code actor.call_chain_too_long}
     */
    public static CallChain waiting() {
        Turn turn = Turn.current();
        return turn == null ? CallChain.EMPTY : turn.waiting();
    }

    /** Runs something that goes on with what a caller asked for. */
    public static void run(Caller caller, Runnable task) {
        Caller outer = TOLD.get();
        TOLD.set(caller);
        try {
            task.run();
        } finally {
            TOLD.set(outer); // a removed entry would be made anew, a weak reference, for each answer
        }
    }
}
