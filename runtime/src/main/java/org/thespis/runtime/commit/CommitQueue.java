package org.thespis.runtime.commit;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.Attempt.Refusal;
import org.thespis.runtime.message.ActorError;

/**
 * Writes the changed states of all actors, together (group commit): while one batch is on its way the next gathers. Each
 * state has its own patience, and none harms its neighbours: when a batch fails, each of its states is tried alone. Any
 * thread.
 */
public final class CommitQueue {

    private static final Logger LOG = System.getLogger(CommitQueue.class.getName());

    /** Time between lines in the log about one outage. */
    private static final long LOG_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** States that fail alone, one after the other, after which the store is taken for out of reach. */
    private static final int MAX_FAILING_ALONE = 8;

    /** Workers that a store may hold up; one more thread than this is of use. */
    public static final int MAX_HELD_UP = 3;

    private final StateStore store;
    private final Executor executor;
    private final Predicate<Runnable> whenLeft;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final LongAdder fenced = new LongAdder();
    private final Backlog backlog; // guarded by this
    private final WriteNames names = new WriteNames(); // guarded by this
    private Worker worker; // who writes now, or null; guarded by this
    private int heldUp; // workers that were given up and have not come back; guarded by this
    private final Pace pace = new Pace(); // guarded by this

    /** One where all is written by the executor. */
    public CommitQueue(StateStore store, Executor executor, Duration patience, LongSupplier nanoTime) {
        this(store, executor, patience, nanoTime, then -> false);
    }

    /**
     * @param executor runs what writes; never in the thread that brings it
     * @param patience how long a state is tried again while the store is out of reach
     * @param whenLeft has the thread of a turn run something when others may run the next turn of the actor, which may block;
     *     false if it does not
     */
    public CommitQueue(
            StateStore store,
            Executor executor,
            Duration patience,
            LongSupplier nanoTime,
            Predicate<Runnable> whenLeft) {
        this.store = store;
        this.executor = executor;
        this.whenLeft = whenLeft;
        this.patienceNanos = patience.toNanos();
        this.backlog = new Backlog(patienceNanos);
        this.nanoTime = nanoTime;
    }

    /** A name for a write. Called while a batch is taken. */
    byte[] nextName() {
        return names.next();
    }

    /** How many commits were refused as another instance of the actor had written. */
    public long fenced() {
        return fenced.sum();
    }

    /** The same for a write outside of the queue. */
    synchronized byte[] nameOfOther() {
        return names.next();
    }

    /** Sees to it that the newest state is written soon. */
    void add(DurableState state) {
        Worker started = enqueue(state);
        if (started != null) {
            executor.execute(started);
        }
    }

    /** Who is to begin, or null if somebody is at it. */
    private synchronized Worker enqueue(DurableState state) {
        state.queued(nanoTime.getAsLong());
        backlog.add(state);
        if (worker != null) {
            notifyAll();
            return null;
        }
        worker = new Worker();
        return worker;
    }

    /** A turn has ended that has changed its state and wants it to be written. */
    void turnEnded() {
        pace.turnEnded();
    }

    /**
     * As {@link #add}, at the end of a turn. While turns come one by one, the thread of the turn writes the state when it has
     * left the actor: to wake another one takes as long as to write it (73 in place of 137 µs to the answer, on H2). A store that
     * hangs has one thread so.
     */
    void addOfTurn(DurableState state) {
        if (!isCalm() || !whenLeft.test(() -> addHere(state))) {
            add(state);
        }
    }

    private synchronized boolean isCalm() {
        return worker == null && heldUp == 0 && pace.isCalm();
    }

    private void addHere(DurableState state) {
        if (!mayWriteHere()) {
            add(state);
            return;
        }
        Worker started;
        try {
            started = enqueue(state);
        } catch (Throwable e) { // as there is no heap; its turn is over
            safely(() -> state.failed(null, ActorError.storeUnavailable()));
            throw e;
        }
        if (started != null) {
            started.runOnce();
        }
    }

    private boolean mayWriteHere() {
        try {
            return store.mayWriteInThisThread();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Tells those who have waited too long, also while the store holds a worker up; then another worker takes its place.
     * Called by the timer.
     */
    public void watch() {
        long now = nanoTime.getAsLong();
        List<Attempt> unknown = List.of();
        List<Runnable> late;
        Worker started = null;
        synchronized (this) {
            if (worker != null && worker.isHeldUp(now)) {
                LOG.log(Level.ERROR, "the store has not answered for {0} ms", patienceNanos / 1_000_000);
                unknown = worker.giveUp();
                if (heldUp < MAX_HELD_UP) { // else not until one comes back
                    heldUp++;
                    started = succeed();
                }
            }
            late = backlog.removeLate(now);
        }
        tellAndStart(unknown, started);
        late.forEach(CommitQueue::safely);
    }

    /** Another worker in the place of one, if there is something to be done; or null. Guarded by this. */
    private Worker succeed() {
        worker = backlog.isEmpty() ? null : new Worker();
        return worker;
    }

    private void tellAndStart(List<Attempt> unknown, Worker started) {
        unknown.forEach(attempt -> safely(attempt::giveUp));
        if (started != null) {
            executor.execute(started);
        }
    }

    private static void safely(Runnable outcome) {
        try {
            outcome.run();
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "an actor could not be told what became of its state", e);
        }
    }

    /** Writes batch after batch until nothing is left. */
    private final class Worker implements Runnable {

        // guarded by the queue
        private final List<Attempt> open = new ArrayList<>(); // what has no outcome yet
        private long since; // when the store was last called
        private boolean calling;
        private boolean givenUp;
        private boolean left; // it came back, and another one had its place
        private long logged = nanoTime.getAsLong() - LOG_NANOS; // used by the worker

        boolean isHeldUp(long now) {
            return calling && !givenUp && now - since >= patienceNanos;
        }

        List<Attempt> giveUp() {
            List<Attempt> unknown = List.copyOf(open);
            open.clear();
            givenUp = true;
            return unknown;
        }

        @Override
        public void run() {
            try {
                while (next()) {
                    commit();
                }
            } catch (Throwable e) { // not by the store, and not by an actor: those are caught
                LOG.log(Level.ERROR, "a worker of the commits broke", e);
                breakOff();
            }
        }

        /**
         * Writes one state in a thread that has other things to do. What is left then is the executor's, and all if there is more: of
         * what this thread tells others nothing leaves before it comes back from the store.
         */
        void runOnce() {
            try {
                if (takesNow()) {
                    commit();
                }
                if (isSomethingLeft()) {
                    executor.execute(this);
                }
            } catch (Throwable e) { // likewise
                LOG.log(Level.ERROR, "a lone commit broke", e);
                breakOff();
            }
        }

        private boolean takesNow() {
            synchronized (CommitQueue.this) {
                if (worker == this && heldUp == 0 && backlog.isLone()) {
                    take();
                }
                return !open.isEmpty();
            }
        }

        /** Guarded by the queue. */
        private void take() {
            open.addAll(backlog.take(nanoTime.getAsLong()));
            if (!open.isEmpty()) {
                pace.begins(open.size());
            }
        }

        private boolean isSomethingLeft() {
            synchronized (CommitQueue.this) {
                if (worker == this && backlog.isEmpty()) {
                    worker = null;
                }
                return worker == this;
            }
        }

        /** Another worker goes on; what this one had open is told. */
        private void breakOff() {
            List<Attempt> unknown;
            Worker started;
            synchronized (CommitQueue.this) {
                unknown = giveUp();
                started = worker == this ? succeed() : null;
            }
            tellAndStart(unknown, started);
        }

        /** Takes the next batch; false if there is none. */
        private boolean next() {
            synchronized (CommitQueue.this) {
                while (worker == this) {
                    take();
                    if (!open.isEmpty()) {
                        return true;
                    }
                    if (backlog.isEmpty()) {
                        worker = null;
                    } else if (backlog.rests()) {
                        pause();
                    }
                }
                return false;
            }
        }

        private void pause() {
            try {
                TimeUnit.NANOSECONDS.timedWait(CommitQueue.this, Backlog.RETRY_NANOS);
            } catch (InterruptedException e) { // the pool is shut down: what waits is told by the timer, or never
                Thread.currentThread().interrupt();
                worker = null;
            }
        }

        private void commit() {
            List<Attempt> batch = open(); // stays as it is: only this worker adds, and what it adds is the next batch
            if (batch.size() == 1) {
                alone(batch.get(0), false);
                return;
            }
            List<Attempt> writes =
                    batch.stream().filter(attempt -> !attempt.isRemoval()).toList();
            Throwable failure = writes.isEmpty() ? null : call(() -> write(writes));
            if (failure == null) {
                oneByOne(batch.stream().filter(Attempt::isRemoval).toList(), true);
            } else {
                oneByOne(reopen(failure), false);
            }
        }

        private List<Attempt> open() {
            synchronized (CommitQueue.this) {
                return List.copyOf(open);
            }
        }

        /** What has no outcome yet, after a try of all together that failed. */
        private List<Attempt> reopen(Throwable failure) {
            synchronized (CommitQueue.this) {
                open.replaceAll(attempt -> attempt.isRemoval() ? attempt : attempt.again(failure));
                return List.copyOf(open);
            }
        }

        /**
         * When a batch failed: who cannot be written must not take the others along. Nor may those who fail slowly hold up
         * who waits behind this batch: what there is no time for goes into the next one.
         */
        private void oneByOne(List<Attempt> batch, boolean others) {
            boolean reached = others;
            int failing = 0;
            long end = nanoTime.getAsLong() + patienceNanos / 4;
            Deque<Attempt> untried = new ArrayDeque<>();
            for (Attempt attempt : batch) {
                if (!isOpen(attempt)) {
                    continue; // told already, as the store held this worker up
                }
                boolean inTime = failing == 0 || nanoTime.getAsLong() - end < 0;
                if (inTime && (reached || failing < MAX_FAILING_ALONE)) {
                    boolean done = alone(attempt, reached);
                    reached |= done;
                    failing += done ? 0 : 1;
                } else {
                    untried.addFirst(attempt);
                }
            }
            untried.forEach(attempt -> retry(attempt, null, false));
        }

        /**
         * Tries one alone.
         *
         * @param othersDid whether the store has taken others meanwhile: then it is this one that the store refuses
         */
        private boolean alone(Attempt attempt, boolean othersDid) {
            Throwable failure = call(() -> {
                if (attempt.isRemoval()) {
                    remove(attempt);
                } else {
                    write(List.of(attempt));
                }
            });
            if (failure != null) {
                retry(attempt, failure, othersDid);
            }
            return failure == null;
        }

        /** Calls the store; what it threw, or null. */
        private Throwable call(Runnable access) {
            synchronized (CommitQueue.this) {
                calling = true;
                since = nanoTime.getAsLong();
            }
            try {
                access.run();
                return null;
            } catch (Throwable e) { // whatever a store throws, others wait for theirs
                logNowAndThen(e);
                return e;
            } finally {
                comeBack();
            }
        }

        private void logNowAndThen(Throwable thrown) {
            if (since - logged >= LOG_NANOS) {
                logged = since;
                LOG.log(Level.WARNING, "the store is out of reach, trying again", thrown);
            }
        }

        /** The store let go. If this worker was given up meanwhile it goes on, unless another one works in its place. */
        private void comeBack() {
            synchronized (CommitQueue.this) {
                calling = false;
                pace.ends();
                if (!givenUp || left) {
                    return;
                }
                boolean replacesHeldUp = worker != null && worker != this && worker.givenUp;
                if (worker != this && !replacesHeldUp) {
                    heldUp--; // else that of the other one
                }
                if (worker == null || worker == this || replacesHeldUp) {
                    givenUp = false;
                    worker = this;
                } else {
                    left = true;
                }
            }
        }

        private void write(List<Attempt> attempts) {
            Set<String> refused =
                    store.write(attempts.stream().map(Attempt::write).toList());
            List<Attempt> doubtful = new ArrayList<>();
            for (Attempt attempt : attempts) { // first, as the store may fail when it is asked about the others
                if (refused.isEmpty() || !refused.contains(attempt.state().actorId())) {
                    tell(attempt, Refusal.DONE);
                } else {
                    doubtful.add(attempt);
                }
            }
            doubtful.forEach(attempt -> tell(attempt, attempt.refusal(store)));
        }

        private void remove(Attempt attempt) {
            boolean removed = store.delete(attempt.state().actorId(), attempt.version());
            tell(attempt, removed ? Refusal.DONE : attempt.refusal(store));
        }

        private void tell(Attempt attempt, Refusal outcome) {
            if (!close(attempt)) {
                return;
            }
            safely(() -> {
                switch (outcome) {
                    case DONE -> attempt.state().written();
                    case REBASED -> attempt.state().rebased();
                    case FENCED -> {
                        fenced.increment();
                        attempt.state().fenced(attempt.fenced());
                    }
                }
            });
        }

        /** @param failure null if it was not tried */
        private void retry(Attempt attempt, Throwable failure, boolean alone) {
            if (!close(attempt)) {
                return;
            }
            Attempt again = failure == null ? attempt : attempt.again(failure);
            long now = nanoTime.getAsLong();
            if (backlog.isLate(attempt, now)) {
                LOG.log(
                        Level.ERROR,
                        "the state of actor {0} could not be written",
                        attempt.state().actorId());
                safely(again::fail);
                return;
            }
            synchronized (CommitQueue.this) {
                if (failure == null) {
                    backlog.addUntried(again, now);
                } else {
                    backlog.addRetry(again, now, alone);
                }
            }
        }

        private boolean isOpen(Attempt attempt) {
            synchronized (CommitQueue.this) {
                return open.contains(attempt);
            }
        }

        /** False if its outcome was told already, because the store took too long. */
        private boolean close(Attempt attempt) {
            synchronized (CommitQueue.this) {
                return open.remove(attempt);
            }
        }
    }
}
