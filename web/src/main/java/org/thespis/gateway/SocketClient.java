package org.thespis.gateway;

import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.thespis.protocol.Frame;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Output;

/** A client with a WebSocket session of its own. */
abstract class SocketClient implements Client {

    static final int REFUSED = 1011; // RFC 6455, section 7.4.1

    private static final Logger LOG = System.getLogger(SocketClient.class.getName());

    private final String id = UUID.randomUUID().toString();
    private final Session session;
    private final Outbound outbound;
    private final GatewaySettings settings;
    private final long came = System.nanoTime();
    private volatile long lastHeard = came;
    private volatile boolean accepted;
    private long lastPing = came;

    SocketClient(Session session, Outbound outbound, GatewaySettings settings) {
        this.session = session;
        this.outbound = outbound;
        this.settings = settings;
    }

    @Override
    public String id() {
        return id;
    }

    Outbound outbound() {
        return outbound;
    }

    GatewaySettings settings() {
        return settings;
    }

    /** Notes a sign of life. */
    void heard() {
        lastHeard = System.nanoTime();
    }

    /** A text or binary message has arrived. Called in order. */
    abstract void text(String text);

    /** See {@link #text}. */
    abstract void binary(byte[] bytes);

    /** The session has ended. Called once. */
    abstract void closed(int code, String reason);

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
        return outbound.queue(frame) ? outbound : null;
    }

    /** The end of the session behind all that was handed over before. */
    Prepared closing(Output.Closed closed) {
        return () -> {
            outbound.close(closed.code(), closed.reason());
            return null;
        };
    }

    void refuse(ActorError error) {
        outbound.close(REFUSED, Errors.reason(error));
    }

    /** Pings the client, and gives it up if it is silent or does not read. Called by one timer. */
    void care(long now, GatewaySettings limits) {
        outbound.checkDeadline(now, limits.sendTimeout().toNanos());
        if (!accepted && now - came > limits.connectTimeout().toNanos()) {
            accepted = true; // told once
            connectTimedOut();
        } else if (now - lastHeard > limits.silenceTimeout().toNanos()) {
            outbound.abort(REFUSED, "connection.silent");
        } else if (now - lastPing > limits.pingPeriod().toNanos()) {
            lastPing = now;
            ping();
        }
    }

    private void ping() {
        try {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "ping could not be sent", e);
        }
    }
}
