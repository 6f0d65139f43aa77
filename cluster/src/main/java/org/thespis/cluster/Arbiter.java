package org.thespis.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Whether this part of the cluster serves: one of its nodes, the first by name, holds a lease in the shared database, and a part that
 * sees somebody else renew it stops. No clocks are compared: a lease that nobody renewed for its time, by the clock of who looks, is
 * free. Any thread.
 */
final class Arbiter {

    private static final Logger LOG = System.getLogger(Arbiter.class.getName());

    /** How often it is looked at in its time. */
    private static final int LOOKS = 4;

    /** Those that went in order, of which it is known. */
    private static final int MAX_GONE = 64;

    private final String self;
    private final Lease lease;
    private final long nanos;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Consumer<Boolean> verdict;
    private Set<String> nodes = Set.of(); // of the view; guarded by this
    private final Deque<String> gone = new ArrayDeque<>(); // in order, the last ones; guarded by this
    private boolean placer; // guarded by this
    private boolean cut; // some were lost since it was last held; guarded by this
    private Optional<Lease.Row> seen; // null before the first look in this view; guarded by this
    private long seenSince; // guarded by this
    private long verified; // when the lease was last held, or the view came; guarded by this
    private long looked; // guarded by this
    private boolean looking; // guarded by this
    private boolean ended; // guarded by this

    /**
     * @param time of the lease
     * @param executor runs what asks the database, never in the thread that brings it; may refuse it
     * @param verdict told whether this part serves, again and again
     */
    Arbiter(
            String self,
            Lease lease,
            Duration time,
            Executor executor,
            LongSupplier nanoTime,
            Consumer<Boolean> verdict) {
        this.self = self;
        this.lease = lease;
        this.nanos = time.toNanos();
        this.executor = executor;
        this.nanoTime = nanoTime;
        this.verdict = verdict;
    }

    /**
     * A view has come, in which all serve until another word.
     *
     * @param left those who went in order, as far as they are not of this view any more
     */
    synchronized void comes(Members view, Set<String> left) {
        long now = nanoTime.getAsLong();
        Set<String> missing = new TreeSet<>(nodes);
        missing.removeAll(view.nodes());
        if (left.containsAll(missing)) {
            missing.forEach(this::went);
        } else { // with those that are lost may be who was about to go, and have the lease for them
            cut = true;
        }
        nodes = Set.copyOf(view.nodes());
        gone.removeAll(nodes); // it was another part of the cluster, and is back
        placer = view.placer().equals(self);
        verified = now;
        seen = null; // who is not of this view and has it may be dead: only what beats from now on is alive
        looked = now - nanos; // at once
    }

    /** Guarded by this. */
    private void went(String node) {
        gone.add(node);
        if (gone.size() > MAX_GONE) {
            gone.remove();
        }
    }

    /** Called by a timer, some times a second. */
    void tick() {
        boolean hangs;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            hangs = looking;
            if (!placer || now - looked < nanos / LOOKS || hangs && !isCutOff()) {
                return;
            }
            looked = now;
            looking = true;
        }
        try {
            executor.execute(
                    hangs ? () -> tell(isCutOff() ? false : null) : this::look); // or the look came back just now
        } catch (RuntimeException | Error e) { // there is no thread now: with a later look
            LOG.log(Level.DEBUG, "a look at the lease has to wait", e);
            synchronized (this) {
                looking = hangs;
            }
        }
    }

    private void tell(Boolean serves) {
        boolean told;
        synchronized (this) {
            told = serves != null && placer && !ended; // else another node decides now
        }
        if (told) {
            verdict.accept(serves);
        }
    }

    private void look() {
        Boolean told = null;
        try {
            long began = nanoTime.getAsLong();
            told = decide(lease.read(), began);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "the lease of the cluster is out of reach: {0}", e.toString());
            told = isCutOff() ? false : null;
        } finally {
            synchronized (this) {
                looking = false;
            }
        }
        tell(told);
    }

    /** Null for no news. */
    private Boolean decide(Optional<Lease.Row> row, long began) {
        boolean free;
        boolean others;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            boolean news = seen == null || !seen.equals(row);
            boolean beats = news && seen != null;
            if (news) {
                seen = row;
                seenSince = now;
            }
            boolean nobodys = row.isEmpty()
                    || row.get().owner().equals(self)
                    || gone.contains(row.get().owner()); // whose last beat may come behind its end
            free = !ended && (nobodys || now - seenSince >= nanos);
            others = beats && !nobodys && !nodes.contains(row.get().owner());
        }
        if (!free) {
            return others ? false : null;
        }
        return lease.take(row, self) ? held(row, began) : null;
    }

    /**
     * It is held since nobody knows when: the answer may have been long under way, and the lease free meanwhile.
     *
     * @param began before it was asked for
     */
    private synchronized Boolean held(Optional<Lease.Row> before, long began) {
        seen = Optional.of(new Lease.Row(self, before.map(Lease.Row::beat).orElse(0L) + 1));
        seenSince = nanoTime.getAsLong();
        if (seenSince - began >= nanos) {
            return null; // the next look tells
        }
        verified = began;
        cut = false;
        return true;
    }

    /** This node has ended: a look that still hangs renews nothing, and tells nothing. */
    synchronized void end() {
        ended = true;
    }

    /** Whether others may go on without this part, which cannot know. */
    private synchronized boolean isCutOff() {
        return cut && nanoTime.getAsLong() - verified >= nanos;
    }
}
