package org.thespis.runtime.commit;

import java.util.Arrays;
import java.util.OptionalLong;
import org.thespis.api.Durability;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.runtime.message.ActorError;

/** Follows the state of one live actor: which one it is, which one is in the store, which one is on its way there. */
public final class DurableState {

    /** Whose state it is. Any thread; nothing of an author's runs. */
    public interface Owner {

        String actorId();

        /** The state cannot be written any more, by this instance: it is to be given up. */
        void lost(ActorError error);

        /** A state that nobody was to wait for could not be written; it is tried again. Who waits for it is told so. */
        void unsaved(ActorError error);
    }

    private static final long UNKNOWN = Long.MIN_VALUE;

    private final Owner owner;
    private final OutputGate gate;
    private final CommitQueue queue;
    private final Durability durability;

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
    private boolean deleting;
    private byte[] doubtful; // what may have come through although the store did not say so, or null
    private boolean onItsWay;
    private boolean wanted;
    private boolean over;

    private long queuedAt; // used by the queue

    public DurableState(Owner owner, OutputGate gate, CommitQueue queue, Durability durability) {
        this.owner = owner;
        this.gate = gate;
        this.queue = queue;
        this.durability = durability;
    }

    String actorId() {
        return owner.actorId();
    }

    /** The state is now this one, and the store has it as that version. Used in the first turn. */
    public void stored(byte[] document, long storedVersion) {
        current = document;
        synchronized (this) {
            version = storedVersion;
        }
    }

    /** The state as the last turn left it. Used in turns. */
    public byte[] current() {
        return current;
    }

    /** The turn asks for its state to be written, whatever the durability. Used in turns. */
    public void ask() {
        asked = true;
    }

    /**
     * Looks at the state that a turn left. Used in turns.
     *
     * @return whether it is another than before
     */
    public boolean update(byte[] document, long nextPlan) {
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
    public long endTurn() {
        boolean now = durability == Durability.COMMIT || asked;
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

    /**
     * Has the actor removed from the store, behind what is on its way. Used in turns.
     *
     * @return the number of that state, for the output that waits for it
     */
    public long delete() {
        number++;
        synchronized (this) {
            deleting = true;
            unwritten = null;
            unwrittenNumber = number;
            wanted = true;
        }
        send();
        return number;
    }

    /** Writes a state that waits, if there is one. Any thread. */
    public void send() {
        synchronized (this) {
            if (unwritten == null && !deleting || onItsWay || over) {
                return;
            }
            onItsWay = true;
        }
        queue.add(this);
    }

    /** Whether the store has the newest state. Any thread. */
    public synchronized boolean isSettled() {
        return unwritten == null && !onItsWay;
    }

    /** Nothing is to be written any more. Any thread. */
    public synchronized void end() {
        over = true;
        unwritten = null;
    }

    void queued(long nanos) {
        queuedAt = nanos;
    }

    long queuedAt() {
        return queuedAt;
    }

    /** What is to be done, or null. Called by the queue. */
    synchronized Attempt take() {
        if (over || unwritten == null && !deleting) {
            onItsWay = false;
            return null;
        }
        takenNumber = unwrittenNumber;
        wanted = false;
        if (deleting) {
            return new Attempt(this, null, version, queuedAt, doubtful, false);
        }
        boolean same = unwrittenWakeAt == takenWakeAt;
        OptionalLong wakes = same ? OptionalLong.empty() : OptionalLong.of(unwrittenWakeAt);
        Write write = new Write(actorId(), version, unwritten, wakes);
        takenWakeAt = unwrittenWakeAt;
        unwritten = null;
        return new Attempt(this, write, version, queuedAt, doubtful, false);
    }

    /** The store has answered. Called by the queue. */
    void written(boolean accepted) {
        if (!accepted) {
            owner.lost(ActorError.restarting());
            return;
        }
        long done;
        boolean more;
        synchronized (this) {
            version++;
            done = takenNumber;
            onItsWay = false;
            doubtful = null;
            more = wanted;
        }
        gate.durable(done);
        if (more) {
            send();
        }
    }

    /**
     * The store stayed out of reach. What was told already must not be lost: that state is kept and tried again.
     *
     * @param attempt null if there was none
     */
    void failed(Attempt attempt, ActorError error) {
        synchronized (this) {
            onItsWay = false;
            takenWakeAt = UNKNOWN;
            if (attempt != null && !attempt.isRemoval()) {
                doubtful = attempt.write().state();
                putBack(attempt);
            }
        }
        if (durability == Durability.PERIODIC && !isDeleting()) {
            owner.unsaved(error);
        } else {
            owner.lost(error);
        }
    }

    private synchronized boolean isDeleting() {
        return deleting;
    }

    /** An earlier write of ours had come through; what is to be written goes on top of it. Called by the queue. */
    void rebased(Attempt attempt) {
        synchronized (this) {
            version++;
            onItsWay = false;
            doubtful = null;
            takenWakeAt = UNKNOWN;
            putBack(attempt);
        }
        send();
    }

    private void putBack(Attempt attempt) {
        if (unwritten == null && !deleting) {
            unwritten = attempt.write().state(); // when it is to be woken has not changed since either
        }
    }
}
