package org.thespis.gateway;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.thespis.gateway.admission.GatewaySettings;
import org.thespis.gateway.admission.GatewaySettings.Deadlines;
import org.thespis.gateway.admission.Place;
import org.thespis.gateway.token.TokenErrors;
import org.thespis.protocol.Frame;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** A client with a WebSocket session of its own. */
abstract class SocketClient implements Client {

    static final int REFUSED = 1011; // RFC 6455, section 7.4.1

    /** Time without a sign of life until a ping when the heap is full. */
    private static final long PRESSED_PING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Time for an answer to it. */
    private static final long PRESSED_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Time for an actor to end a connection whose token ran out. */
    private static final long END_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final Logger LOG = System.getLogger(SocketClient.class.getName());

    private final SocketLine line;
    private final GatewaySettings settings;
    private final long came = System.nanoTime();
    private volatile long lastHeard = came;
    private volatile boolean accepted;
    private volatile boolean ends;
    private long endAsked; // used by the timer
    private long lastPing = came;

    SocketClient(SocketLine line, GatewaySettings settings) {
        this.line = line;
        this.settings = settings;
    }

    @Override
    public String id() {
        return line.clientId();
    }

    Outbound outbound() {
        return line.outbound();
    }

    /** What this client has in use. */
    Place place() {
        return line.place();
    }

    GatewaySettings settings() {
        return settings;
    }

    /** Notes a sign of life. */
    void heard() {
        lastHeard = System.nanoTime();
    }

    /** A text or binary message of that many bytes has arrived, which are counted meanwhile. Called in order. */
    abstract void text(String text, int size);

    /** See {@link #text}. */
    abstract void binary(byte[] bytes);

    /** The session has ended. Called once. */
    abstract void closed(int code, String reason);

    /**
     * Whether it is not known any more who the client is, and {@link #end} is to be called. Called by one timer.
     *
     * <p>Once: an actor that is slow is not asked again, but after a while its client is closed without it.
     */
    boolean isDue(long now) {
        if (line.end() == null || now - line.end() < 0) {
            return false;
        }
        if (!ends) {
            ends = true;
            endAsked = now;
            return true;
        }
        if (now - endAsked > END_NANOS) {
            refuse(TokenErrors.expired());
        }
        return false;
    }

    /** Has the actor end the connection, behind all that it has sent so far. */
    void end() {
        askForEnd(new Command.End(id(), TokenErrors.expired()));
    }

    /** The user has logged out: nothing more is taken from this client, and nothing but what waits is sent to it. */
    void loggedOut() {
        ends = true;
        refuse(TokenErrors.loggedOut());
    }

    /** It is not here any more. Called once. */
    void left() {
        line.place().close();
        if (line.login() != null) {
            line.login().remove(this);
        }
    }

    abstract void askForEnd(Command.End command);

    /**
     * Notes a message, and a sign of life.
     *
     * @return whether it may come: a client that says too much is closed, and one that ends says nothing more
     */
    boolean mayCome() {
        heard();
        try {
            place().message();
            return !ends;
        } catch (ActorException e) {
            refuse(e.error());
            return false;
        }
    }

    /** The actor has let the client in. */
    void accepted() {
        accepted = true;
    }

    /** The actor has not let the client in in time. */
    abstract void connectTimedOut();

    /** A frame behind all that was handed over before. */
    Prepared queueing(Frame frame) {
        return () -> queue(frame);
    }

    Runnable queue(Frame frame) {
        return outbound().queue(frame) ? outbound() : null;
    }

    /** The end of the session behind all that was handed over before. */
    Prepared closing(Output.Closed closed) {
        return () -> {
            outbound().close(closed.code(), closed.reason());
            return null;
        };
    }

    void refuse(ActorError error) {
        outbound().close(REFUSED, Errors.reason(error));
    }

    /**
     * Pings the client, and gives it up if it is silent or does not read. Called by one timer.
     *
     * @param pressed whether the heap is full: a client in the middle of a frame answers no ping, and Payara keeps what has
     *     come of that frame
     */
    void care(long now, boolean pressed) {
        Deadlines limits = settings.deadlines();
        outbound().checkDeadline(now, limits.send().toNanos());
        if (!accepted && now - came > line.patience().toNanos()) {
            accepted = true; // told once
            connectTimedOut();
        } else if (now - lastHeard > limits.silence().toNanos()) {
            outbound().abort(REFUSED, "connection.silent");
        } else if (pressed && asked() && now - lastPing > PRESSED_SILENCE_NANOS) {
            outbound().abort(REFUSED, "connection.silent");
        } else if (now - lastPing > limits.ping().toNanos()
                || pressed && !asked() && now - lastHeard > PRESSED_PING_NANOS) {
            lastPing = now;
            ping();
        }
    }

    /** Whether a ping waits for its answer. */
    private boolean asked() {
        return lastPing - lastHeard > 0;
    }

    private void ping() {
        try {
            line.session().getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "ping could not be sent", e);
        }
    }
}
