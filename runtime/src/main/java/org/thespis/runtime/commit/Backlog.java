package org.thespis.runtime.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.thespis.runtime.message.ActorError;

/** What waits to be written: states that have not been tried, and those to be tried again. Guarded by its queue. */
final class Backlog {

    static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int MAX_BATCH = 500;

    /** Length of what a batch writes, which the last of it may pass. */
    private static final long MAX_BATCH_BYTES = 8L * 1_024 * 1_024;

    /** A state that failed: when it is tried again, and whether alone, because others did not fail. */
    private record Retry(Attempt attempt, long at, boolean alone) {}

    private final long patienceNanos;
    private final Queue<DurableState> waiting = new ArrayDeque<>();
    private final Deque<Retry> retries = new ArrayDeque<>();
    private boolean alone; // whether the last batch was one that is tried alone

    Backlog(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    void add(DurableState state) {
        waiting.add(state);
    }

    /** Has one tried again soon. */
    void addRetry(Attempt attempt, long now, boolean triedAlone) {
        retries.add(new Retry(attempt, now + RETRY_NANOS, triedAlone));
    }

    /** The same for one whose turn to be tried did not come: before the others. */
    void addUntried(Attempt attempt, long now) {
        retries.addFirst(new Retry(attempt, now + RETRY_NANOS, false));
    }

    /** Whether one state waits, for the first time. */
    boolean isLone() {
        return waiting.size() == 1 && retries.isEmpty();
    }

    boolean isEmpty() {
        return waiting.isEmpty() && retries.isEmpty();
    }

    /** Whether nothing can be tried at once. */
    boolean rests() {
        return waiting.isEmpty();
    }

    /** The next batch: in turns one that is tried alone, and all others. Empty if nothing is to be tried now. */
    List<Attempt> take(long now) {
        List<Attempt> batch = new ArrayList<>();
        alone = !alone && takeAlone(now, batch);
        if (!alone) {
            takeTogether(now, batch);
            if (batch.isEmpty()) {
                takeAlone(now, batch);
            }
        }
        return batch;
    }

    private void takeTogether(long now, List<Attempt> batch) {
        long bytes = 0;
        for (Iterator<Retry> all = retries.iterator(); all.hasNext() && hasRoom(batch, bytes); ) {
            Retry retry = all.next();
            if (!retry.alone && retry.at - now <= 0) {
                all.remove();
                batch.add(retry.attempt);
                bytes += retry.attempt.length();
            }
        }
        while (hasRoom(batch, bytes) && !waiting.isEmpty()) {
            Attempt attempt = waiting.remove().take();
            if (attempt != null) {
                batch.add(attempt);
                bytes += attempt.length();
            }
        }
    }

    private static boolean hasRoom(List<Attempt> batch, long bytes) {
        return batch.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES;
    }

    private boolean takeAlone(long now, List<Attempt> batch) {
        for (Iterator<Retry> all = retries.iterator(); all.hasNext(); ) {
            Retry retry = all.next();
            if (retry.alone && retry.at - now <= 0) {
                all.remove();
                return batch.add(retry.attempt);
            }
        }
        return false;
    }

    /** Takes out what has waited too long; what is returned tells it. */
    List<Runnable> removeLate(long now) {
        List<Runnable> late = new ArrayList<>();
        for (Iterator<DurableState> all = waiting.iterator(); all.hasNext(); ) {
            DurableState state = all.next();
            if (now - state.queuedAt() >= patienceNanos) {
                all.remove();
                late.add(() -> state.failed(null, ActorError.storeUnavailable()));
            }
        }
        for (Iterator<Retry> all = retries.iterator(); all.hasNext(); ) {
            Attempt attempt = all.next().attempt;
            if (isLate(attempt, now)) {
                all.remove();
                late.add(attempt::fail);
            }
        }
        return late;
    }

    boolean isLate(Attempt attempt, long now) {
        return now - attempt.since() >= patienceNanos;
    }
}
