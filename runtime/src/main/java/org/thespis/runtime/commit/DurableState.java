package org.thespis.runtime.commit;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.thespis.api.Durability;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoreTransaction;
import org.thespis.api.spi.StoredActor;
import org.thespis.runtime.entry.EntryChanges;
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
    private byte[] taken; // on its way
    private EntryChanges unwrittenEntries = EntryChanges.NONE; // all that the store has not been given since
    private EntryChanges takenEntries = EntryChanges.NONE; // on their way
    private long unwrittenWakeAt;
    private long unwrittenNumber;
    private long takenNumber;
    private long takenWakeAt = UNKNOWN; // so that the first write says it
    private boolean deleting;
    private Doubts doubts = Doubts.NONE;
    private byte[] takenName; // of the write that is on its way
    private long known; // the greatest version that is of our own making, as its document says
    private boolean onItsWay;
    private boolean wanted;
    private boolean over;
    private boolean awaited; // a turn waits until it is settled

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
     * @param entries what the turn changed of entries; only of one whose document is another, too
     * @return the number of the state that must be durable before the turn's output may leave
     */
    public long endTurn(EntryChanges entries) {
        boolean now = durability == Durability.COMMIT || asked;
        asked = false;
        boolean changed;
        synchronized (this) {
            changed = number > unwrittenNumber;
            unwrittenEntries = unwrittenEntries.isEmpty() ? entries : unwrittenEntries.add(entries);
            if (changed) {
                unwritten = current;
                unwrittenWakeAt = wakeAt;
                unwrittenNumber = number;
            }
            wanted |= now && unwritten != null;
        }
        if (now) {
            if (changed) {
                queue.turnEnded();
            }
            if (begins()) {
                queue.addOfTurn(this);
            }
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
        if (begins()) {
            queue.add(this);
        }
    }

    private synchronized boolean begins() {
        if (unwritten == null && !deleting || onItsWay || over) {
            return false;
        }
        onItsWay = true;
        return true;
    }

    /** What was changed of entries that the store may not have yet, the oldest first. Any thread. */
    public synchronized List<EntryChanges> notDurable() {
        return List.of(takenEntries, unwrittenEntries);
    }

    /** The version that the store has, unless a write is on its way. Any thread. */
    public synchronized long version() {
        return version;
    }

    /**
     * Whether a version that the store was read with is of this instance's own making. Any thread.
     *
     * @param before the {@linkplain #version() version} before it was read
     */
    public synchronized boolean isOwn(long read, long before) {
        boolean maybeOneMore = onItsWay || !doubts.isEmpty();
        return read >= before && read <= version + (maybeOneMore ? 1 : 0);
    }

    /**
     * Whether only its document tells if that version, which may be {@linkplain #isOwn our own}, is. Not where all that is told
     * waits for the write that would be it: then that is refused, and nobody is told anything. Any thread.
     */
    public synchronized boolean isInDoubt(long read) {
        return durability == Durability.PERIODIC && read > Math.max(version, known);
    }

    /**
     * Whether that version is of this instance's own making. Any thread.
     *
     * @param stored what the store has now
     */
    public synchronized boolean hasWritten(long read, Optional<StoredActor> stored) {
        if (read <= version) {
            return true; // we were told meanwhile
        }
        boolean own = stored.isPresent()
                && stored.get().version() == read
                && isOfOurs(stored.get().state());
        known = own ? read : known;
        return own;
    }

    private boolean isOfOurs(byte[] document) {
        return doubts.have(document) || takenName != null && WriteNames.has(document, takenName);
    }

    /** What is told when somebody else turns out to have written: maybe on top of what is on its way. Any thread. */
    public synchronized ActorError fenced() {
        return onItsWay || !doubts.isEmpty() ? ActorError.outcomeUnknown() : ActorError.restarting();
    }

    /** Whether the store has the newest state. Any thread. */
    public synchronized boolean isSettled() {
        return unwritten == null && !onItsWay;
    }

    /**
     * Waits until the store has the newest state. Used in turns.
     *
     * @return false if that takes longer, or nothing is to be written any more
     */
    public synchronized boolean awaitSettled(long nanos) throws InterruptedException {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (!over && !isSettled() && left > 0) {
            awaited = true;
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        awaited = false;
        return !over && isSettled();
    }

    /** Tells the turn that waits. Guarded by this. */
    private void settledOrOver() {
        if (awaited) {
            notifyAll();
        }
    }

    /** The turn is taken back: the state is again that one, which the store has. Used in turns, if all before is settled. */
    public synchronized void takeBack(byte[] document) {
        current = document;
        number = unwrittenNumber;
        wakeAt = unwrittenWakeAt;
    }

    /**
     * As {@link #delete}, by the transaction that the turn is in.
     *
     * @return the number of that state
     */
    public long deleteWithTransaction() {
        number++;
        synchronized (this) {
            deleting = true;
        }
        return number;
    }

    /**
     * Has a transaction write the state that the turn left, or remove the actor. Used in turns, if all before is settled.
     *
     * @return false if somebody else has written
     * @throws org.thespis.api.spi.StoreException if the store cannot take part
     */
    public boolean join(StoreTransaction transaction, EntryChanges entries) {
        Write write;
        synchronized (this) {
            byte[] document = WriteNames.named(queue.nameOfOther(), current);
            boolean same = number == unwrittenNumber || wakeAt == takenWakeAt;
            OptionalLong wakes = same ? OptionalLong.empty() : OptionalLong.of(wakeAt);
            write = deleting ? null : new Write(actorId(), version, document, wakes, entries.list());
        }
        return write == null ? transaction.delete(actorId(), version()) : transaction.write(write);
    }

    /**
     * The transaction has committed. Used in turns.
     *
     * @return the number of that state
     */
    public long joined() {
        synchronized (this) {
            version++;
            if (number > unwrittenNumber) {
                unwrittenNumber = number;
                unwrittenWakeAt = wakeAt;
                takenWakeAt = wakeAt;
            }
        }
        gate.durable(number);
        return number;
    }

    /** Nothing is to be written any more. Any thread. */
    public synchronized void end() {
        over = true;
        settledOrOver();
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
            settledOrOver();
            return null;
        }
        takenNumber = unwrittenNumber;
        wanted = false;
        if (deleting) {
            return new Attempt(this, null, null, version, queuedAt, doubts);
        }
        boolean same = unwrittenWakeAt == takenWakeAt;
        OptionalLong wakes = same ? OptionalLong.empty() : OptionalLong.of(unwrittenWakeAt);
        byte[] name = queue.nextName();
        takenName = name;
        byte[] document = WriteNames.named(name, unwritten);
        Write write = new Write(actorId(), version, document, wakes, unwrittenEntries.list());
        taken = unwritten;
        takenEntries = unwrittenEntries;
        unwrittenEntries = EntryChanges.NONE;
        takenWakeAt = unwrittenWakeAt;
        unwritten = null;
        return new Attempt(this, write, name, version, queuedAt, doubts);
    }

    /** Somebody else has written. Called by the queue. */
    void fenced(ActorError error) {
        synchronized (this) {
            over = true;
            settledOrOver();
        }
        owner.lost(error);
    }

    /** The store has taken it. Called by the queue. */
    void written() {
        long done;
        boolean more;
        synchronized (this) {
            version++;
            done = takenNumber;
            onItsWay = false;
            taken = null;
            takenName = null;
            takenEntries = EntryChanges.NONE;
            doubts = Doubts.NONE;
            more = wanted;
            settledOrOver();
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
        boolean kept;
        synchronized (this) {
            onItsWay = false;
            takenWakeAt = UNKNOWN;
            kept = durability == Durability.PERIODIC && !deleting;
            over |= !kept; // a turn that is just ending must not bring in what others are told was not done
            settledOrOver();
            if (kept && attempt != null && !attempt.isRemoval()) {
                doubts = attempt.doubts();
                putBack();
            }
        }
        if (kept) {
            owner.unsaved(ActorError.outcomeUnknown()); // it may be written later
        } else {
            owner.lost(error);
        }
    }

    /** An earlier write of ours had come through; what is to be written goes on top of it. Called by the queue. */
    void rebased() {
        synchronized (this) {
            version++;
            onItsWay = false;
            doubts = Doubts.NONE;
            takenWakeAt = UNKNOWN;
            putBack();
        }
        send();
    }

    private void putBack() {
        unwrittenEntries = takenEntries.then(unwrittenEntries);
        takenEntries = EntryChanges.NONE;
        if (unwritten == null && !deleting) {
            unwritten = taken; // when it is to be woken has not changed since either
        }
        taken = null;
    }
}
