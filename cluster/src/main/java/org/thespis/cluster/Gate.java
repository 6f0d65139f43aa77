package org.thespis.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.thespis.cluster.Segments.Phase;
import org.thespis.runtime.Residence;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.turn.Dispatcher;
import org.thespis.runtime.turn.Mailbox;

/**
 * Lets commands to the actors of this node: at once, or when the segment of their actor is open, or not at all. Moves segments
 * away and here. Any thread.
 */
final class Gate {

    private static final Logger LOG = System.getLogger(Gate.class.getName());

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** What wants to get to an actor. Neither method blocks but for the store, or throws. */
    interface Entry {

        void run();

        /** It was not run. */
        void refuse(ActorError why);

        /** Whether it is taken even where there is no room: who leaves. */
        boolean must();
    }

    private record Held(String id, long epoch, long since, Entry entry) {}

    private final Residence residence;
    private final Dispatcher dispatcher;
    private final ClusterLimits limits;
    private final Consumer<Integer> released;
    private final Lanes lanes;
    private final Segments segments; // guarded by this
    private final Map<Integer, Queue<Held>> held = new HashMap<>(); // by segment; guarded by this
    private int heldSize; // guarded by this
    private final AtomicIntegerArray admitted =
            new AtomicIntegerArray(Placement.SEGMENTS); // 1 where actors may come to live
    private final Map<Integer, Long> waitingToLeave = new HashMap<>(); // segments, since when; guarded by this
    private volatile Placement placement;

    /** @param released told of a segment that this node has let go, in order with the views */
    Gate(String self, Residence residence, Dispatcher dispatcher, ClusterLimits limits, Consumer<Integer> released) {
        this.residence = residence;
        this.dispatcher = dispatcher;
        this.limits = limits;
        this.released = released;
        this.lanes = new Lanes(dispatcher, limits.maxArrived());
        this.segments = new Segments(self, new Moves());
        residence.admit(id -> admitted.get(Placement.segment(id)) == 1);
    }

    /** Null before the first view. */
    Placement placement() {
        return placement;
    }

    /** @param announce told what is held here, before anything else of the view is */
    void install(Members members, Consumer<List<Integer>> announce) {
        Placement next = new Placement(members.epoch(), members.owners());
        synchronized (this) {
            placement = next;
            announce.accept(segments.install(members, next));
            notifyAll();
        }
    }

    synchronized void synced(String node, long epoch, List<Integer> itsHeld) {
        segments.synced(node, epoch, itsHeld);
    }

    synchronized void released(String node, long epoch, int segment) {
        segments.released(node, epoch, segment);
    }

    /** Whether who asks an actor here reaches it now, behind nobody. */
    boolean isFree(String actorId) {
        return admitted.get(Placement.segment(actorId)) == 1 && !lanes.isBusy(actorId);
    }

    /**
     * Waits until no segment is here any more; false if that takes too long.
     *
     * @param inVain asked in each view: nobody is there to take them
     */
    synchronized boolean awaitEmpty(Duration time, BooleanSupplier inVain) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (!isEmpty() && !inVain.getAsBoolean()) {
            long left = (end - System.nanoTime()) / NANOS_PER_MILLI;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private boolean isEmpty() {
        for (int segment = 0; segment < Placement.SEGMENTS; segment++) {
            if (segments.phase(segment) != Phase.FOREIGN || segments.isOurs(segment)) {
                return false;
            }
        }
        return true;
    }

    /** Whether all segments of this node are open: for readiness. */
    synchronized boolean isSettled() {
        for (int segment = 0; segment < Placement.SEGMENTS; segment++) {
            Phase phase = segments.phase(segment);
            if (phase != Phase.OPEN && phase != Phase.FOREIGN) {
                return false;
            }
        }
        return placement != null;
    }

    /**
     * Lets something to an actor, in order with what came before for it.
     *
     * @param id of the actor, or what else is to be in order
     * @param epoch of the view in which its sender found that the actor lives here
     */
    void enter(String id, long epoch, Entry entry) {
        int segment = Placement.segment(id);
        ActorError refusal;
        synchronized (this) {
            refusal = enter(new Held(id, epoch, System.nanoTime(), entry), segment);
        }
        if (refusal != null) {
            entry.refuse(refusal);
        }
    }

    /** Why not, or null. Guarded by this. */
    private ActorError enter(Held one, int segment) {
        Phase phase = segments.phase(segment);
        if (phase == Phase.OPEN || phase == Phase.RELEASING) {
            return takeIn(one, segment);
        }
        boolean later = placement == null || one.epoch > placement.epoch();
        if (!later && !segments.isOurs(segment)) {
            return ActorError.restarting();
        }
        if (heldSize >= limits.maxHeld() && !one.entry.must()) {
            return ActorError.overloaded(limits.maxHeld());
        }
        heldSize++;
        held.computeIfAbsent(segment, s -> new ArrayDeque<>()).add(one);
        return null;
    }

    private ActorError takeIn(Held one, int segment) {
        boolean taken = lanes.add(one.id, segment, one.entry.must(), one.entry::run);
        return taken ? null : ActorError.overloaded(limits.maxArrived());
    }

    /** Refuses what has waited too long. Called by a timer, some times a second. */
    void tick() {
        long now = System.nanoTime();
        long most = limits.holdTimeout().toNanos();
        synchronized (this) {
            for (Iterator<Queue<Held>> all = held.values().iterator(); all.hasNext(); ) {
                Queue<Held> queue = all.next();
                while (!queue.isEmpty() && now - queue.peek().since > most) {
                    refuse(queue.remove(), ActorError.restarting());
                }
                if (queue.isEmpty()) {
                    all.remove();
                }
            }
        }
        letGoOverdue();
        dispatcher.tryAgain();
    }

    /** Not in this thread, which has the lock. Guarded by this. */
    private void refuse(Held one, ActorError why) {
        heldSize--;
        dispatcher.execute(() -> one.entry.refuse(why));
    }

    /** Guarded by the gate. */
    private final class Moves implements Segments.Steps {

        @Override
        public void opened(int segment) {
            admitted.set(segment, 1);
            Queue<Held> waiting = held.remove(segment);
            if (waiting == null) {
                return;
            }
            for (Held one : waiting) {
                ActorError refusal = takeIn(one, segment);
                if (refusal == null) {
                    heldSize--;
                } else {
                    refuse(one, refusal);
                }
            }
        }

        /** Who knows of a later view waits on. */
        @Override
        public void refused(int segment) {
            Queue<Held> waiting = held.get(segment);
            if (waiting == null) {
                return;
            }
            waiting.removeIf(one -> {
                boolean inVain = one.epoch <= segments.placement().epoch();
                if (inVain) {
                    refuse(one, ActorError.restarting());
                }
                return inVain;
            });
            if (waiting.isEmpty()) {
                held.remove(segment);
            }
        }

        @Override
        public void leave(int segment) {
            waitingToLeave.put(segment, System.nanoTime());
            dispatcher.execute(() -> lanes.whenIdle(segment, () -> letGo(segment)));
        }
    }

    /** What is on its way to an actor may hang in the store: when it comes back, the actor is not admitted any more. */
    private void letGoOverdue() {
        long most = limits.handOverGrace().toNanos();
        long now = System.nanoTime();
        List<Integer> overdue;
        synchronized (this) {
            overdue = waitingToLeave.entrySet().stream()
                    .filter(entry -> now - entry.getValue() > most)
                    .map(Map.Entry::getKey)
                    .toList();
        }
        overdue.forEach(segment -> Mailbox.withoutTurns(() -> letGo(segment)));
    }

    /** Its actors end, once; nothing is on its way to them any more, or that hangs, and no other comes. */
    private void letGo(int segment) {
        synchronized (this) {
            if (waitingToLeave.remove(segment) == null) {
                return;
            }
        }
        admitted.set(segment, 0);
        Duration grace = limits.handOverGrace();
        residence.letGo(id -> Placement.segment(id) == segment, grace).whenComplete((done, thrown) -> {
            if (thrown != null) {
                LOG.log(Level.ERROR, "actors that move could not be ended", thrown);
            }
            left(segment);
        });
    }

    private synchronized void left(int segment) {
        released.accept(segment); // first: it may be opened here at once, and closed again
        segments.left(segment);
        notifyAll(); // who waits for the last one
    }
}
