package org.thespis.runtime.turn;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import org.thespis.runtime.message.Throwables;

/**
 * Runs the tasks of one actor one at a time, in the order given. An idle mailbox can run one at once on the thread that
 * brought it; all others are run by the dispatcher. Any thread.
 */
public final class Mailbox implements Runnable {

    /** Something to be done in its turn. Put into one mailbox, once. */
    public abstract static class Task {

        private Task next; // guarded by the mailbox
        private boolean urgent; // guarded by the mailbox

        protected abstract void run();

        /** Whether {@link #run} may wait for something, as code of an author does that does not say otherwise. */
        protected boolean mayBlock() {
            return true;
        }

        /** Called in place of {@link #run} if the mailbox was closed before its turn came. */
        protected void dropped() {
            // whoever must know of it says so
        }
    }

    /** What became of a task that was offered. */
    public enum Offer {
        ACCEPTED,
        FULL,
        /** The mailbox takes no more tasks. */
        CLOSED
    }

    private static final Logger LOG = System.getLogger(Mailbox.class.getName());

    /** Tasks that one run of the dispatcher does before it makes room for other actors. */
    private static final int TASKS_PER_RUN = 64;

    /** Why not every task may run in a thread. */
    private enum Busy {
        /** A task of some actor runs, or none may. */
        TURN,
        /** It reads from sockets: one that may block must not run. */
        EVENT_LOOP
    }

    /** Null where any task may run. */
    private static final ThreadLocal<Busy> BUSY = new ThreadLocal<>();

    /** What may be done in this thread when the task that it brings has run here; null if it must not be blocked then. */
    private static final ThreadLocal<Visit> LENT = new ThreadLocal<>();

    /** Of a thread that may be blocked when a task that it has brought has run in it. Used by that thread. */
    private static final class Visit {

        private boolean isTask;
        private Runnable then;

        private void leave() {
            Runnable left = then;
            then = null;
            if (left == null) {
                return;
            }
            boolean interrupted = Thread.interrupted(); // who interrupts the thread does not mean this
            try {
                withoutTurns(left);
            } catch (Throwable e) {
                Throwables.log(LOG, Level.ERROR, "what was put off to the end of a turn broke", e);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private final Dispatcher dispatcher;
    private Task first; // guarded by this
    private Task last; // guarded by this
    private int size; // guarded by this
    private int urgent; // tasks that end a pause, of those that wait; guarded by this
    private boolean busy; // a task runs or is about to; guarded by this
    private boolean paused; // no further task is run; guarded by this
    private boolean parked; // nobody runs the tasks, as they are paused; guarded by this
    private boolean closedToOwn; // to what nobody else could run; guarded by this
    private boolean closed; // guarded by this

    public Mailbox(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** One in which all tasks wait until {@link #begin}. */
    public static Mailbox reserved(Dispatcher dispatcher) {
        Mailbox mailbox = new Mailbox(dispatcher);
        mailbox.busy = true;
        return mailbox;
    }

    /**
     * Runs something in a thread of the core that is no thread for turns; what it delivers may come back, as a session closes
     * that cannot take it, and is queued then.
     */
    public static void withoutTurns(Runnable work) {
        as(Busy.TURN, work);
    }

    /** Runs something in a thread that reads from sockets: of what it brings only what does not block may run there. */
    public static void onEventLoop(Runnable work) {
        as(BUSY.get() == null ? Busy.EVENT_LOOP : BUSY.get(), work);
    }

    private static void as(Busy why, Runnable work) {
        Busy outer = BUSY.get();
        BUSY.set(why);
        try {
            work.run();
        } finally {
            BUSY.set(outer); // a removed entry would be made anew, a weak reference, for each message
        }
    }

    /** Runs something in a thread that may be blocked when a task that it brings has run here. */
    public static void lending(Runnable work) {
        Visit outer = LENT.get();
        LENT.set(new Visit());
        try {
            work.run();
        } finally {
            LENT.set(outer);
        }
    }

    /**
     * Has this thread run something when the task that runs here is over and others may run the next, if the thread was {@linkplain
     * #lending lent} for that. Once; false if not. Used by the task that runs.
     */
    public static boolean whenLeft(Runnable then) {
        Visit visit = LENT.get();
        if (visit == null || !visit.isTask || visit.then != null) {
            return false;
        }
        visit.then = then;
        return true;
    }

    /** Whether a task of some actor runs in this thread, or another one must not for another reason. */
    public static boolean isTurn() {
        return BUSY.get() != null;
    }

    /** Runs a task in this thread, before the {@link #begin} of a reserved mailbox; all others go on waiting. */
    public void runReserved(Task task) {
        run(task);
    }

    /** Runs the first task of a reserved mailbox in this thread, then what waits. */
    public void begin(Task task) {
        run(task);
        goOn();
    }

    /** Queues a task that must not be lost; false if the mailbox is closed. */
    public boolean submit(Task task) {
        return queue(task, Integer.MAX_VALUE, false, false) == Offer.ACCEPTED;
    }

    /**
     * Lets all tasks wait behind the one that runs, until {@link #submitAndGoOn}; not if such a task waits already. Used by
     * the task that runs.
     */
    public synchronized void pause() {
        paused = urgent == 0;
    }

    /** Queues a task that must not be lost, and ends a pause; false if the mailbox is closed. */
    public boolean submitAndGoOn(Task task) {
        boolean start;
        synchronized (this) {
            if (closed) {
                return false;
            }
            task.urgent = true;
            urgent++;
            append(task);
            start = !busy || parked;
            paused = false;
            parked = false;
            busy = true;
        }
        if (start) {
            dispatcher.execute(this);
        }
        return true;
    }

    /** Queues a task that nobody else could run in its place, unless {@code limit} tasks wait already. */
    public Offer offer(Task task, int limit) {
        return queue(task, limit, false, true);
    }

    /** Takes no more tasks by {@link #offer}; false if some task waits. Used by the task that runs. */
    public synchronized boolean closeToOwn() {
        closedToOwn |= first == null;
        return closedToOwn;
    }

    /**
     * Runs a task at once if none runs, in this actor or around this call, this thread may, and the dispatcher is not one of the
     * actor's type; else queues it like {@link #offer}.
     */
    public Offer offerHere(Task task, int limit) {
        return queue(task, limit, !dispatcher.isOfOne() && mayRunHere(task), false);
    }

    private static boolean mayRunHere(Task task) {
        Busy busy = BUSY.get();
        return busy == null || busy == Busy.EVENT_LOOP && !task.mayBlock();
    }

    private Offer queue(Task task, int limit, boolean here, boolean own) {
        boolean idle;
        synchronized (this) {
            if (closed || own && closedToOwn) {
                return Offer.CLOSED;
            }
            idle = !busy;
            if (!idle && size >= limit) {
                return Offer.FULL;
            }
            busy = true;
            if (!idle || !here) {
                append(task);
            }
        }
        if (idle && here) {
            visit(task);
        } else if (idle) {
            dispatcher.execute(this);
        }
        return Offer.ACCEPTED;
    }

    private void visit(Task task) {
        Visit visit = LENT.get();
        if (visit == null) {
            run(task);
            goOnHere();
            return;
        }
        visit.isTask = true;
        run(task);
        visit.isTask = false;
        try {
            if (visit.then == null) {
                goOnHere();
            } else {
                goOn(); // what waits does not hold up what is put off
            }
        } finally {
            visit.leave();
        }
    }

    private void append(Task task) {
        if (last == null) {
            first = task;
        } else {
            last.next = task;
        }
        last = task;
        size++;
    }

    /** Takes out those tasks that still wait; they are neither run nor dropped, and others may come in their places. Any thread. */
    public synchronized void withdraw(Set<? extends Task> tasks) {
        Task before = null;
        for (Task task = first; task != null; task = task.next) {
            if (!tasks.contains(task)) {
                before = task;
                continue;
            }
            if (before == null) {
                first = task.next;
            } else {
                before.next = task.next;
            }
            size--;
            urgent -= task.urgent ? 1 : 0;
        }
        last = before;
    }

    /** Whether no task waits. Used by the task that runs. */
    public synchronized boolean isEmpty() {
        return first == null;
    }

    /** Takes no more tasks, and drops those that wait. Used by the task that runs. */
    public void close() {
        Task waiting;
        synchronized (this) {
            closed = true;
            waiting = first;
            first = null;
            last = null;
            size = 0;
            urgent = 0;
        }
        for (Task task = waiting; task != null; task = task.next) {
            drop(task);
        }
    }

    private static void drop(Task task) {
        try {
            task.dropped();
        } catch (Throwable e) {
            Throwables.log(LOG, Level.ERROR, "a task could not be dropped", e);
        }
    }

    /** With what came meanwhile: in this thread as long as it blocks nothing, which saves the way to another one. */
    private void goOnHere() {
        for (int i = 0; i < TASKS_PER_RUN; i++) {
            Task task = nextQuick();
            if (task == null) {
                break;
            }
            run(task);
        }
        goOn();
    }

    private synchronized Task nextQuick() {
        return first == null || paused || first.mayBlock() ? null : next(); // paused: who ends that has it run
    }

    private void goOn() {
        if (!rests()) {
            dispatcher.execute(this);
        }
    }

    /** Whether nothing is to be run now; then nobody is at it any more. */
    private synchronized boolean rests() {
        if (paused) {
            parked = true;
        } else if (first == null) {
            busy = false;
        }
        return parked || !busy;
    }

    /** Runs what waits. Called by the dispatcher. */
    @Override
    public void run() {
        for (int i = 0; i < TASKS_PER_RUN; i++) {
            Task task = next();
            if (task == null) {
                return;
            }
            run(task);
        }
        goOn();
    }

    private synchronized Task next() {
        if (rests()) {
            return null;
        }
        Task task = first;
        first = task.next;
        if (first == null) {
            last = null;
        }
        task.next = null;
        size--;
        urgent -= task.urgent ? 1 : 0;
        return task;
    }

    private static void run(Task task) {
        Busy outer = BUSY.get();
        BUSY.set(Busy.TURN);
        try {
            task.run();
        } catch (Throwable e) {
            Throwables.log(LOG, Level.ERROR, "a turn broke", e);
        } finally {
            BUSY.set(outer);
        }
    }
}
