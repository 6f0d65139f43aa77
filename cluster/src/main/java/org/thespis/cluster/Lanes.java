package org.thespis.cluster;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * What is on its way to actors here: one thing at a time for each actor, in order, as one may have to be read from the store
 * first. Any thread.
 */
final class Lanes {

    private static final Logger LOG = System.getLogger(Lanes.class.getName());

    private final Executor executor;
    private final int max;
    private final Map<String, Queue<Runnable>> lanes = new HashMap<>(); // guarded by this
    private final int[] bySegment = new int[Placement.SEGMENTS]; // lanes in use; guarded by this
    private final Map<Integer, Runnable> onIdle = new HashMap<>(); // by segment; guarded by this
    private int size; // guarded by this

    /**
     * @param executor refuses nothing, and runs nothing in the thread that brings it
     * @param max what may wait in all lanes together
     */
    Lanes(Executor executor, int max) {
        this.executor = executor;
        this.max = max;
    }

    /**
     * Puts something into the lane of an actor.
     *
     * @param must it is taken even if there is no room
     * @return false if there is no room
     */
    boolean add(String id, int segment, boolean must, Runnable work) {
        boolean begins;
        synchronized (this) {
            if (size >= max && !must) {
                return false;
            }
            size++;
            Queue<Runnable> lane = lanes.get(id);
            begins = lane == null;
            if (begins) {
                lane = new ArrayDeque<>(2);
                lanes.put(id, lane);
                bySegment[segment]++;
            }
            lane.add(work);
        }
        if (begins) {
            executor.execute(() -> run(id, segment));
        }
        return true;
    }

    /** Whether something is on its way to an actor. */
    synchronized boolean isBusy(String id) {
        return lanes.containsKey(id);
    }

    /** Runs something once nothing is on its way to any actor of a segment: now, or in the thread that ends the last lane. */
    void whenIdle(int segment, Runnable then) {
        synchronized (this) {
            if (bySegment[segment] > 0) {
                onIdle.put(segment, then);
                return;
            }
        }
        then.run();
    }

    private void run(String id, int segment) {
        for (Runnable work = next(id); work != null; work = next(id)) {
            try {
                work.run();
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "a command for actor " + id + " could not be handed over", e);
            }
            if (end(id, segment)) {
                return;
            }
        }
    }

    private synchronized Runnable next(String id) {
        return lanes.get(id).peek();
    }

    /** The first in the lane is done; true if it was the last. */
    private boolean end(String id, int segment) {
        Runnable idle;
        synchronized (this) {
            size--;
            Queue<Runnable> lane = lanes.get(id);
            lane.remove();
            if (!lane.isEmpty()) {
                return false;
            }
            lanes.remove(id);
            idle = --bySegment[segment] == 0 ? onIdle.remove(segment) : null;
        }
        if (idle != null) {
            idle.run();
        }
        return true;
    }
}
