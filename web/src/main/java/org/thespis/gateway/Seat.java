package org.thespis.gateway;

import jakarta.websocket.CloseReason;

/**
 * The client of one session. It leaves once, also if the session ends before its opening is over: WildFly tells a low-level
 * endpoint of it in the thread that closes the session, which may be the one that opens it. Any thread.
 */
final class Seat {

    private final SessionRegistry registry; // known from the opening on: look-ups fail at the end on WildFly
    private SocketClient client; // null until the opening is over; guarded by this
    private CloseReason ended; // null until the end; guarded by this

    Seat(SessionRegistry registry) {
        this.registry = registry;
    }

    /**
     * The opening is over.
     *
     * @param opened null if it was refused
     */
    void opened(SocketClient opened) {
        CloseReason before;
        synchronized (this) {
            client = opened;
            before = ended;
        }
        if (before != null) {
            leave(opened, before);
        }
    }

    /** The session has ended. */
    void closed(CloseReason reason) {
        SocketClient leaving;
        synchronized (this) {
            ended = reason;
            leaving = client;
        }
        leave(leaving, reason);
    }

    private void leave(SocketClient leaving, CloseReason reason) {
        if (leaving != null && registry.remove(leaving)) {
            leaving.left();
            leaving.closed(reason.getCloseCode().getCode(), reason.getReasonPhrase());
        }
    }
}
