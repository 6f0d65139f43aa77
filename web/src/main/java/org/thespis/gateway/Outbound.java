package org.thespis.gateway;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.thespis.gateway.admission.Place;
import org.thespis.protocol.Frame;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.turn.Mailbox;

/**
 * The only writer of one session: frames leave in the order offered, and what waits or is on its way is bounded in bytes.
 * Several frames are given to the server at once, because WildFly writes those of one session with one call of the system. Any
 * thread; no method blocks.
 */
final class Outbound implements Runnable {

    private static final Logger LOG = System.getLogger(Outbound.class.getName());
    private static final int MAX_REASON_BYTES = 123; // RFC 6455, section 5.5
    private static final int REFUSED = 1011; // RFC 6455, section 7.4.1
    private static final String TOO_SLOW = "connection.too_slow";

    /**
     * Time after its opening in which a session is not closed. Payara takes back the upgrade of a session that is closed
     * before the request behind it has been suspended, shortly after onOpen; then the client hears nothing at all. WildFly
     * calls onClose in the thread that closes, while onOpen still runs there.
     */
    private static final long OPENING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final ClassLoader WITHOUT_APPLICATION = ClassLoader.getPlatformClassLoader();

    /** Frames that the server has but has not written. WildFly writes what it has with one call of the system. */
    private static final int MAX_ON_THEIR_WAY = 256;

    /** Bytes of them from which on others wait: no more than that of small frames is uncounted. */
    private static final int FULL = 65_536;

    /** Frames that count as bytes of the client even if they do not wait. */
    private static final int LARGE = 8_192;

    private final Session session;
    private final Place place; // null for none
    private final int maxQueued;
    private final ScheduledExecutorService timer;
    private volatile long openedAt = System.nanoTime();
    private volatile Thread opener = Thread.currentThread(); // null when it has opened the session
    private Frame first; // to be written before all that waits; belongs to who may set writing, then to who writes
    private boolean firstCounts; // as first
    private Queue<Frame> waiting; // null until something has waited; guarded by this
    private long queued; // bytes waiting or on their way; guarded by this
    private int onTheirWay; // guarded by this
    private int bytesOnTheirWay; // guarded by this
    private boolean writing; // a thread is in run or has been asked to call it; guarded by this
    private int written; // frames, overflows; guarded by this
    private volatile CloseReason closing; // set under the lock
    private boolean closed; // guarded by this

    private int seen; // of written; used by the timer
    private long seenAt = openedAt; // used by the timer

    Outbound(Session session, int maxQueued, ScheduledExecutorService timer) {
        this(session, null, maxQueued, timer);
    }

    /** One whose waiting and large frames count as bytes of its client. */
    Outbound(Session session, Place place, int maxQueued, ScheduledExecutorService timer) {
        this.session = session;
        this.place = place;
        this.maxQueued = maxQueued;
        this.timer = timer;
    }

    /**
     * The thread that made this one is about to return from opening the session. Until then it closes nothing itself, however
     * long hooks take there.
     */
    void opened() {
        openedAt = System.nanoTime();
        opener = null;
    }

    /** Sends a frame behind all others. A client that has too much waiting is closed. */
    void send(Frame frame) {
        if (queue(frame)) {
            run();
        }
    }

    /**
     * Queues a frame of this client alone behind all others. A client that has too much waiting is closed.
     *
     * @return whether {@link #run} must now be called, in any thread
     */
    boolean queue(Frame frame) {
        return queue(frame, frame.size() > LARGE);
    }

    /** The same for a frame that others get, too: it counts only if it must wait for this client. */
    boolean queueShared(Frame frame) {
        return queue(frame, false);
    }

    private boolean queue(Frame frame, boolean counts) {
        synchronized (this) {
            if (closed || closing != null) {
                return false;
            }
            boolean begins = !writing && hasRoom();
            if (queued + frame.size() <= maxQueued && (begins && !counts || counted(frame.size()))) {
                queued += frame.size();
                if (begins) {
                    begin(frame, counts);
                } else {
                    waits(frame);
                }
                return begins;
            }
        }
        closeNow(reason(REFUSED, TOO_SLOW));
        return false;
    }

    /** Under the lock. */
    private boolean hasRoom() {
        return onTheirWay < MAX_ON_THEIR_WAY && bytesOnTheirWay < FULL;
    }

    private boolean counted(int size) {
        try {
            if (place != null) {
                place.take(size);
            }
            return true;
        } catch (ActorException e) {
            return false;
        }
    }

    /** Passes a frame by the queue that can be written at once, as most can. Nothing waits then. */
    private void begin(Frame frame, boolean counts) {
        writing = true;
        leaves(frame);
        first = frame;
        firstCounts = counts;
    }

    /** Under the lock. */
    private void waits(Frame frame) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(4);
        }
        waiting.add(frame);
    }

    /** Under the lock. */
    private boolean somethingWaits() {
        return waiting != null && !waiting.isEmpty();
    }

    /** Under the lock. */
    private void leaves(Frame frame) {
        onTheirWay++;
        bytesOnTheirWay += frame.size();
    }

    /** Closes the session when all that waits has been sent. */
    void close(int code, String reason) {
        synchronized (this) {
            if (closed || closing != null) {
                return;
            }
            closing = reason(code, reason);
        }
        endIfAllIsWritten();
    }

    private void endIfAllIsWritten() {
        if (closing == null) {
            return;
        }
        synchronized (this) {
            if (writing || onTheirWay > 0 || somethingWaits()) {
                return;
            }
        }
        closeNow(closing);
    }

    /** Gives up on a client that does not take a frame in time. Called by one timer, more often than the time is long. */
    void checkDeadline(long nowNanos, long timeoutNanos) {
        synchronized (this) {
            if (onTheirWay == 0 || written != seen) {
                seen = written;
                seenAt = nowNanos;
            }
            if (closed || nowNanos - seenAt < timeoutNanos) {
                return;
            }
        }
        closeNow(reason(REFUSED, TOO_SLOW));
    }

    /** Closes the session without sending what waits. */
    void abort(int code, String reason) {
        closeNow(reason(code, reason));
    }

    /** Writes what waits until the line is full or nothing is left. Never blocks. */
    @Override
    public void run() {
        withoutApplication(this::writeWhatWaits);
    }

    /**
     * Runs something without the class loader of the application: in each send Payara schedules an idle time-out, time-out or
     * not, and for that asks the class loader of the thread for services, which with ours took six sevenths of the time of a
     * send.
     */
    static void withoutApplication(Runnable writing) {
        Thread thread = Thread.currentThread();
        ClassLoader outer = thread.getContextClassLoader();
        if (outer == WITHOUT_APPLICATION) {
            writing.run();
            return;
        }
        thread.setContextClassLoader(WITHOUT_APPLICATION);
        try {
            writing.run();
        } finally {
            thread.setContextClassLoader(outer);
        }
    }

    private void writeWhatWaits() {
        Frame begun = first;
        first = null;
        boolean counts = begun == null || firstCounts;
        for (Frame next = begun != null ? begun : next(); next != null; next = next()) {
            int size = next.size();
            int counted = counts ? size : 0;
            write(next, result -> completed(size, counted, result));
            counts = true; // as all that have waited
        }
        endIfAllIsWritten();
    }

    private synchronized Frame next() {
        Frame next = somethingWaits() && hasRoom() ? waiting.poll() : null;
        if (next == null) {
            writing = false;
        } else {
            leaves(next);
        }
        return next;
    }

    /** Payara calls this inside the send, WildFly mostly from another thread: only then does writing start anew here. */
    private void completed(int size, int counted, SendResult result) {
        if (counted > 0 && place != null) {
            place.give(counted);
        }
        if (!result.isOK()) {
            abort(REFUSED, TOO_SLOW);
        }
        boolean goOn;
        boolean last;
        synchronized (this) {
            queued -= size;
            onTheirWay--;
            bytesOnTheirWay -= size;
            written++;
            goOn = !writing && somethingWaits();
            last = !writing && !goOn && closing != null;
            writing |= goOn;
        }
        if (goOn) {
            run();
        } else if (last) {
            endIfAllIsWritten();
        }
    }

    private void write(Frame frame, SendHandler handler) {
        try {
            if (frame instanceof Frame.Text text) {
                session.getAsyncRemote().sendText(text.text(), handler);
            } else if (frame instanceof Frame.Binary binary) {
                session.getAsyncRemote().sendBinary(binary.bytes().duplicate(), handler);
            }
        } catch (RuntimeException e) { // the session was closed meanwhile
            handler.onResult(new SendResult(e));
        }
    }

    private void closeNow(CloseReason reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting = null;
        }
        boolean opening = Thread.currentThread() == opener;
        long early = opening ? OPENING_NANOS : OPENING_NANOS - (System.nanoTime() - openedAt);
        if (early > 0) {
            timer.schedule(() -> end(reason), early, TimeUnit.NANOSECONDS);
        } else {
            end(reason);
        }
    }

    private void end(CloseReason reason) {
        Mailbox.withoutTurns(() -> endNow(reason));
    }

    /** WildFly may call onClose in this thread, which must not run hooks of the actor's: it may be the timer, or an event loop. */
    private void endNow(CloseReason reason) {
        try {
            session.close(reason);
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "session was closed already", e);
        }
    }

    private static CloseReason reason(int code, String text) {
        CloseReason.CloseCode closeCode = CloseCodes.getCloseCode(code);
        return new CloseReason(closeCode, text == null ? "" : cut(text));
    }

    private static String cut(String text) {
        String cut = text;
        while (cut.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }
}
