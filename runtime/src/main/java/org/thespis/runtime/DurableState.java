package org.thespis.runtime;

import java.util.Arrays;
import java.util.OptionalLong;
import org.thespis.api.Durability;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.runtime.message.ActorError;

/** Follows the state of one live actor: which one it is, which one is in the store, which one is on its way there. */
final class DurableState {

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final ActorInstance actor;
    private final OutputGate gate;
    private final CommitQueue queue;
    private final boolean eager;

    // used in turns
    private byte[] current;
    private long wakeAt;
    private long number;
    private boolean asked;

    // guarded by this
    private long version;
    private byte[] unwritten;
    private long unwrittenWakeAt;
    private long unwrittenNumber;
    private long takenNumber;
    private long takenWakeAt = UNKNOWN; // so that the first write says it
    private boolean onItsWay;
    private boolean wanted;

    DurableState(ActorInstance actor, OutputGate gate, CommitQueue queue) {
        this.actor = actor;
        this.gate = gate;
        this.queue = queue;
        this.eager = actor.definition().durability() == Durability.COMMIT;
    }

    String actorId() {
        return actor.record().id();
    }

    /** The state is now this one, and the store has it. Used in the first turn. */
    void stored(byte[] document, long storedVersion) {
        current = document;
        synchronized (this) {
            version = storedVersion;
        }
    }

    /** The turn asks for its state to be written, whatever the durability. Used in turns. */
    void ask() {
        asked = true;
    }

    /**
     * Looks at the state that a turn left. Used in turns.
     *
     * @return whether it is another than before
     */
    boolean update(byte[] document, long nextPlan) {
        if (Arrays.equals(document, current)) {
            return false;
        }
        current = document;
        wakeAt = nextPlan;
        number++;
        return true;
    }

    /**
     * Ends a turn: sends a new state on its way. Used in turns.
     *
     * @return the number of the state that must be durable before the turn's output may leave
     */
    long endTurn() {
        boolean now = eager || asked;
        asked = false;
        synchronized (this) {
            if (number > unwrittenNumber) {
                unwritten = current;
                unwrittenWakeAt = wakeAt;
                unwrittenNumber = number;
            }
            wanted |= now && unwritten != null;
        }
        if (now) {
            send();
        }
        return now ? number : 0;
    }

    /** Writes a state that waits, if there is one. Any thread. */
    void send() {
        synchronized (this) {
            if (unwritten == null || onItsWay) {
                return;
            }
            onItsWay = true;
        }
        queue.add(this);
    }

    /** Whether the store has the newest state. Any thread. */
    synchronized boolean isSettled() {
        return unwritten == null && !onItsWay;
    }

    /** What is to be written, or null. Called by the queue. */
    synchronized Write take() {
        if (unwritten == null) {
            onItsWay = false;
            return null;
        }
        boolean same = unwrittenWakeAt == takenWakeAt;
        OptionalLong wakes = same ? OptionalLong.empty() : OptionalLong.of(unwrittenWakeAt);
        Write write = new Write(actorId(), version, unwritten, wakes);
        takenNumber = unwrittenNumber;
        takenWakeAt = unwrittenWakeAt;
        unwritten = null;
        wanted = false;
        return write;
    }

    /** The store has answered. Called by the queue. */
    void written(boolean accepted) {
        if (!accepted) {
            actor.lifeCycle().lose(ActorError.restarting());
            return;
        }
        long done;
        boolean more;
        synchronized (this) {
            version++;
            done = takenNumber;
            onItsWay = false;
            more = wanted;
        }
        gate.durable(done);
        if (more) {
            send();
        }
    }

    /** The store stayed out of reach. Called by the queue. */
    void failed() {
        actor.lifeCycle().lose(ActorError.storeUnavailable());
    }
}
