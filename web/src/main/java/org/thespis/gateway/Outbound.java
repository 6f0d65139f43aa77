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
import java.util.concurrent.atomic.AtomicBoolean;
import org.thespis.protocol.Frame;

/**
 * The only writer of one session: frames leave one at a time, in the order offered, and what waits is bounded in bytes.
 * Any thread; no method blocks.
 */
final class Outbound {

    private static final Logger LOG = System.getLogger(Outbound.class.getName());
    private static final int MAX_REASON_BYTES = 123; // RFC 6455, section 5.5
    private static final int REFUSED = 1011; // RFC 6455, section 7.4.1
    private static final String TOO_SLOW = "connection.too_slow";

    /**
     * Time after its opening in which a session is not closed. Payara takes back the upgrade of a session that is closed
     * before the request behind it has been suspended, shortly after onOpen; then the client hears nothing at all.
     */
    private static final long OPENING_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final ClassLoader WITHOUT_APPLICATION = ClassLoader.getPlatformClassLoader();

    private final Session session;
    private final int maxQueued;
    private final ScheduledExecutorService timer;
    private final long openedAt = System.nanoTime();
    private final Queue<Frame> waiting = new ArrayDeque<>(4); // guarded by this
    private long queued; // guarded by this
    private boolean sending; // guarded by this
    private long sendingSince; // guarded by this
    private CloseReason closing; // guarded by this
    private boolean closed; // guarded by this

    Outbound(Session session, int maxQueued, ScheduledExecutorService timer) {
        this.session = session;
        this.maxQueued = maxQueued;
        this.timer = timer;
    }

    /** Sends a frame behind all others. A client that has too much waiting is closed. */
    void send(Frame frame) {
        if (queue(frame)) {
            pump();
        }
    }

    /**
     * Queues a frame behind all others. A client that has too much waiting is closed.
     *
     * @return whether {@link #pump} must now be called, in any thread
     */
    boolean queue(Frame frame) {
        synchronized (this) {
            if (closed || closing != null) {
                return false;
            }
            if (queued + frame.size() <= maxQueued) {
                queued += frame.size();
                waiting.add(frame);
                boolean idle = !sending;
                sending = true;
                sendingSince = idle ? System.nanoTime() : sendingSince;
                return idle;
            }
        }
        closeNow(reason(REFUSED, TOO_SLOW));
        return false;
    }

    /** Closes the session when all that waits has been sent. */
    void close(int code, String reason) {
        synchronized (this) {
            if (closed || closing != null) {
                return;
            }
            closing = reason(code, reason);
            if (sending) {
                return;
            }
        }
        closeNow(closing);
    }

    /** Gives up on a client that did not take a frame in time. */
    void checkDeadline(long nowNanos, long timeoutNanos) {
        synchronized (this) {
            if (closed || !sending || nowNanos - sendingSince < timeoutNanos) {
                return;
            }
        }
        closeNow(reason(REFUSED, TOO_SLOW));
    }

    /** Closes the session without sending what waits. */
    void abort(int code, String reason) {
        closeNow(reason(code, reason));
    }

    /**
     * Writes what waits until the line is full or nothing is left. Never blocks. Without the class loader of the application:
     * in each send Payara schedules an idle time-out, time-out or not, and for that asks the class loader of the thread for
     * services, which with ours took six sevenths of the time of a send.
     */
    void pump() {
        Thread thread = Thread.currentThread();
        ClassLoader outer = thread.getContextClassLoader();
        thread.setContextClassLoader(WITHOUT_APPLICATION);
        try {
            writeWhatWaits();
        } finally {
            thread.setContextClassLoader(outer);
        }
    }

    private void writeWhatWaits() {
        while (true) {
            Frame next;
            CloseReason end = null;
            synchronized (this) {
                next = closed ? null : waiting.poll();
                if (next == null) {
                    sending = false;
                    end = closed ? null : closing;
                } else {
                    sendingSince = System.nanoTime();
                }
            }
            if (next == null) {
                if (end != null) {
                    closeNow(end);
                }
                return;
            }
            Completion completion = new Completion(next.size());
            write(next, completion);
            if (!completion.wasInline()) {
                return; // its handler goes on
            }
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

    private void sent(int size) {
        synchronized (this) {
            queued -= size;
        }
    }

    private void closeNow(CloseReason reason) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
            queued = 0;
        }
        long early = OPENING_NANOS - (System.nanoTime() - openedAt);
        if (early > 0) {
            timer.schedule(() -> end(reason), early, TimeUnit.NANOSECONDS);
        } else {
            end(reason);
        }
    }

    private void end(CloseReason reason) {
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

    /**
     * Tells the pump that a frame has left. Payara calls back inside the send, WildFly mostly from another thread: only in
     * the second case does the pump start anew, so there is no recursion.
     */
    private final class Completion implements SendHandler {

        private final int size;
        private final AtomicBoolean first = new AtomicBoolean(true);

        private Completion(int size) {
            this.size = size;
        }

        @Override
        public void onResult(SendResult result) {
            if (result.isOK()) {
                sent(size);
            } else {
                abort(REFUSED, TOO_SLOW);
            }
            if (!first.getAndSet(false)) {
                pump();
            }
        }

        boolean wasInline() {
            return !first.getAndSet(false);
        }
    }
}
