package org.thespis.gateway;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Reads the body of a request as it comes. One thread at a time: on Payara a callback may come while another thread is still
 * inside the call that asked for it, and two that read at once take each other's bytes. Who comes second leaves a note.
 */
final class BodyReader implements ReadListener {

    /** What becomes of a body. Calls come one after the other, in any thread. */
    interface Taker {

        /** Whether the streams of the request may be used, until {@link #ends} is called. When all is over they may be another's. */
        boolean begins();

        void ends();

        /** Whether more of the body is to be read. */
        boolean wants();

        void take(byte[] chunk, int count);

        /** The body has come; may be called again. */
        void over();

        void failed(Throwable thrown);
    }

    private static final int CHUNK = 16_384;

    private final HttpServletRequest request;
    private final Taker taker;
    private final boolean onPayara;
    private final boolean decoded;
    private long left; // bytes that are to come as far as that is known; used by who reads
    private boolean reading; // guarded by this
    private boolean again; // another callback came meanwhile; guarded by this
    private boolean allRead; // the server says so; guarded by this

    private BodyReader(HttpServletRequest request, Taker taker) {
        this.request = request;
        this.taker = taker;
        onPayara = Payara.serves(request);
        decoded = !isUpgrade(request);
        left = onPayara && request.getContentLengthLong() >= 0 ? request.getContentLengthLong() : Long.MAX_VALUE;
    }

    /**
     * Begins to read.
     *
     * @throws IOException if the client is gone
     */
    static void start(HttpServletRequest request, Taker taker) throws IOException {
        ServletInputStream in = request.getInputStream();
        BodyReader reader = new BodyReader(request, taker);
        if (!reader.onPayara) { // callbacks come when this thread has left the servlet
            in.setReadListener(reader);
            return;
        }
        reader.reading = true;
        in.setReadListener(reader);
        reader.readOn();
    }

    /**
     * Whether something has come together with the head of a request for a WebSocket, whose client must wait for the answer
     * (RFC 6455, section 4.1). On Payara the thread that opens the WebSocket then waits for itself, for ever.
     */
    static boolean isEarly(HttpServletRequest request) throws IOException {
        return Payara.serves(request) && request.getInputStream().available() > 0;
    }

    static boolean hasBody(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length > 0 || length < 0 && (!isHttp1(request) || request.getHeader("Transfer-Encoding") != null);
    }

    /** Whether a body comes whose end nobody will see: Payara does not decode what comes behind the offer of an upgrade. */
    static boolean isEndless(HttpServletRequest request) {
        return hasBody(request) && isUpgrade(request) && request.getContentLengthLong() < 0;
    }

    /** Whether the client offers another protocol and did not get it. The client of the JDK does so with each request. */
    private static boolean isUpgrade(HttpServletRequest request) {
        return request.getHeader("Upgrade") != null && isHttp1(request);
    }

    private static boolean isHttp1(HttpServletRequest request) {
        return request.getProtocol().startsWith("HTTP/1");
    }

    @Override
    public void onDataAvailable() throws IOException {
        synchronized (this) {
            if (reading) {
                again = true;
                return;
            }
            reading = true;
        }
        readOn();
    }

    @Override
    public void onAllDataRead() throws IOException {
        synchronized (this) {
            allRead = true;
        }
        onDataAvailable();
    }

    @Override
    public void onError(Throwable thrown) {
        taker.failed(thrown);
    }

    private void readOn() throws IOException {
        boolean over = false;
        boolean more = true;
        while (more) {
            over = drain();
            more = !leave();
        }
        if (over) {
            taker.over();
        }
    }

    /** Whether nobody has come meanwhile who wanted to read. */
    private synchronized boolean leave() {
        reading = again;
        again = false;
        return !reading;
    }

    /** @return whether the body is over */
    private boolean drain() throws IOException {
        if (!taker.begins()) {
            return false;
        }
        try {
            return drain(request.getInputStream());
        } finally {
            taker.ends();
        }
    }

    private boolean drain(ServletInputStream in) throws IOException {
        byte[] chunk = new byte[CHUNK];
        while (left > 0 && taker.wants() && isReady(in)) {
            int count = in.read(chunk, 0, (int) Math.min(CHUNK, left));
            if (count < 0) {
                break;
            }
            left -= count;
            taker.take(chunk, count);
        }
        return onPayara ? isOver(in) : isAllRead();
    }

    private synchronized boolean isAllRead() {
        return allRead;
    }

    /** Payara, asked when all has come, reads what is behind the request. */
    private boolean isReady(ServletInputStream in) throws IOException {
        return onPayara && in.isFinished() ? in.available() > 0 : in.isReady();
    }

    /** On Payara what was there from the start, and what is not decoded, ends without a callback. */
    private boolean isOver(ServletInputStream in) throws IOException {
        return left == 0 && !decoded || in.isFinished() && in.available() <= 0;
    }
}
