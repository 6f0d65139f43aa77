package org.thespis.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.thespis.gateway.admission.GatewayErrors;
import org.thespis.gateway.admission.Place;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.turn.Mailbox;

/**
 * What comes over one session is done where it came. But what must wait for something and came on an event loop is put off to
 * another thread, and all that comes behind it as well, so that the order stays. That is bounded, and its bytes are those of the
 * client as soon as that is known. Any thread.
 */
final class Intake implements Runnable {

    /** Events that wait: while its actor is read from the store a client may send so many. */
    static final int MAX_WAITING = 1_000;

    /** Bytes of them, of a client that is not known yet. */
    static final int MAX_UNKNOWN_BYTES = 65_536;

    private static final Logger LOG = System.getLogger(Intake.class.getName());

    /** @param place whose bytes it takes; null for none */
    private record Event(Runnable task, int size, Place place) {}

    private final Executor executor;
    private final Consumer<ActorError> overflow;
    private final BooleanSupplier onLoop;
    private Queue<Event> waiting; // null until something waits; guarded by this
    private int unknownBytes; // guarded by this
    private volatile boolean running; // a thread does what waits, or is about to; changed under the lock
    private volatile boolean refused; // too much came, and nothing of it is done any more; set under the lock
    private Place place; // null until it is known; guarded by this

    /**
     * @param executor may wait, and takes all
     * @param overflow told once if more comes than may wait; that and what the client sends behind it is not done
     */
    Intake(Executor executor, Consumer<ActorError> overflow) {
        this(executor, overflow, EventLoop::isHere);
    }

    Intake(Executor executor, Consumer<ActorError> overflow, BooleanSupplier onLoop) {
        this.executor = executor;
        this.overflow = overflow;
        this.onLoop = onLoop;
    }

    /** Whether what is done in this thread must not wait. */
    boolean isOnLoop() {
        return onLoop.getAsBoolean();
    }

    /** What waits from now on counts as bytes of that client. */
    synchronized void counts(Place client) {
        place = client;
    }

    /** Whether nothing waits, so that what comes is to be done here. */
    boolean mayPass() {
        return !running && !refused;
    }

    /** Puts off what a client sent, which may be too much. */
    void wait(int size, Runnable event) {
        try {
            add(size, event, true);
        } catch (ActorException e) {
            overflow.accept(e.error());
        }
    }

    /** Puts off what must be done: there is little of it. */
    void putOff(Runnable event) {
        add(0, event, false);
    }

    /** Does what must be done behind what waits, or here. */
    void last(Runnable event) {
        if (!running) {
            event.run();
        } else {
            putOff(event);
        }
    }

    private void add(int size, Runnable event, boolean bounded) {
        boolean start;
        synchronized (this) {
            if (bounded && refused) {
                return;
            }
            if (bounded) {
                admit(size);
            }
            if (waiting == null) {
                waiting = new ArrayDeque<>();
            }
            waiting.add(new Event(event, size, size == 0 ? null : place));
            start = !running;
            running = true;
        }
        if (start) {
            executor.execute(this);
        }
    }

    private void admit(int size) {
        if (waiting != null && waiting.size() >= MAX_WAITING
                || place == null && unknownBytes + size > MAX_UNKNOWN_BYTES) {
            refused = true;
            throw GatewayErrors.tooManyWaiting();
        }
        if (place == null) {
            unknownBytes += size;
            return;
        }
        try {
            place.take(size);
        } catch (ActorException e) {
            refused = true;
            throw e;
        }
    }

    /** Does what waits. Called by the executor, whose threads are not for turns: one that blocks would keep a thread of the gateway. */
    @Override
    public void run() {
        Mailbox.withoutTurns(this::runAll);
    }

    private void runAll() {
        for (Event event = next(); event != null; event = next()) {
            try {
                event.task().run();
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "what came over a session could not be handled", e);
            }
        }
    }

    private synchronized Event next() {
        Event next = waiting.poll();
        if (next == null) {
            waiting = null;
            running = false;
        }
        if (next != null && next.place() != null) {
            next.place().give(next.size());
        } else if (next != null) {
            unknownBytes -= next.size();
        }
        return next;
    }
}
