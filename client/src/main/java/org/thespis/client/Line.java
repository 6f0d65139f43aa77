package org.thespis.client;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.ClientCodec;
import org.thespis.protocol.ClientMessage.Token;
import org.thespis.protocol.Frame;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.ReadLimits;
import org.thespis.protocol.ServerMessage;
import org.thespis.protocol.ServerMessage.TokenEnds;

/**
 * One WebSocket of a connection, from the try to open it to its end; never used again. The only writer of its session: frames
 * leave in the order offered. Any thread; no method blocks.
 */
final class Line extends Endpoint implements OpenCalls.Outlet {

    /** Told what becomes of a line, in threads of the container: it only hands over. */
    interface Owner {

        /** @param size bytes or characters of the message */
        void received(Line line, ServerMessage message, int size);

        /**
         * The line has ended; told once.
         *
         * @param reason what the server said, perhaps empty
         * @param failure what was found here; null if the server closed it
         */
        void lost(Line line, String reason, ActorCallException failure);

        /** There is no fresh token; the line goes on. */
        void notRenewed(Line line, ActorCallException why);
    }

    private static final Logger LOG = System.getLogger(Line.class.getName());
    private static final String PROTOCOL = "rivet";

    /** What is offered, and must be agreed to in a header, for calls with keys. */
    private static final String KEYED_CALLS = "thespis_keyed_calls";

    /** What is offered by who has fresh tokens; a server that takes them says when the one that it has ends. */
    private static final String TOKEN_RENEWAL = "thespis_token_renewal";

    private static final String EXTENSIONS = "x-thespis-extensions";
    private static final int NORMAL = 1000; // RFC 6455, section 7.4.1
    private static final int PROTOCOL_ERROR = 1002;

    /** Frames that the container has but has not written. */
    private static final int MAX_ON_THEIR_WAY = 8;

    /** Tyrus on the JDK may overlook a frame until the next one comes (tyrus issue 678), so then a ping follows. */
    private static final long OVERLOOKED_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

    private final LiveClient client;
    private final Target target;
    private final Supplier<?> parameters;
    private final Owner owner;
    private final ClientCodec codec;
    private final TokenRenewal renewal;
    private final Queue<Frame> waiting = new ArrayDeque<>(4); // guarded by this
    private int onTheirWay; // guarded by this
    private int written; // frames, overflows; guarded by this
    private boolean writing; // a thread is in writeWhatWaits; guarded by this
    private Session session; // guarded by this
    private boolean over; // guarded by this
    private long since = System.nanoTime(); // of this phase; guarded by this
    private boolean supplied; // guarded by this
    private volatile long heard;
    private volatile boolean takesKeys;

    private int seen; // of written; used by the timer
    private long seenAt; // used by the timer
    private long pingedAt; // used by the timer

    Line(LiveClient client, Target target, Supplier<?> parameters, Owner owner) {
        this.client = client;
        this.target = target;
        this.parameters = parameters;
        this.owner = owner;
        this.codec = client.codec();
        this.renewal = new TokenRenewal(
                (supplied, failed) -> client.supply(LiveClient.NO_PARAMETERS, supplied, failed),
                System::nanoTime,
                this::sendToken,
                why -> owner.notRenewed(this, why));
    }

    /** Begins to open it. */
    void begin() {
        client.supply(parameters, this::supplied, this::fail);
    }

    private void supplied(Supplied with) {
        synchronized (this) {
            supplied = true;
            since = System.nanoTime();
        }
        try {
            client.openers().execute(() -> open(with));
        } catch (RejectedExecutionException e) {
            fail(ClientErrors.unreachable(e.getMessage()));
        }
    }

    /**
     * Blocks, until the container gives up by itself: it would not let go of its line if the thread were interrupted. Who waits
     * for the line is told in time by {@link #tick}.
     */
    private void open(Supplied with) {
        synchronized (this) {
            if (over) {
                return;
            }
        }
        try {
            client.container().connectToServer(this, config(with), address(with));
        } catch (ActorCallException e) {
            fail(e);
        } catch (DeploymentException | IOException e) {
            fail(ClientErrors.unreachable(text(e)));
        } catch (InterruptedException e) { // of a thread that the application gave
            fail(ClientErrors.interrupted());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the container could not open a WebSocket", e);
            fail(ClientErrors.unreachable(text(e)));
        }
    }

    private static String text(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root);
    }

    private URI address(Supplied with) throws InterruptedException {
        Target known = target.checked();
        if (!known.hasPlainAddress()) {
            known = Target.byId(known.type(), id(known, with));
        }
        String endpoint = client.endpoint().toString().replaceFirst("^(?i)http", "ws");
        return URI.create(endpoint + known.path(client.namespace(), "/connect"));
    }

    private String id(Target asked, Supplied with) throws InterruptedException {
        Duration time = client.times().handshake();
        try {
            return client.http().resolve(asked, with, time).get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ActorCallException error
                    ? error
                    : ClientErrors.unreachable(String.valueOf(e.getCause()));
        } catch (TimeoutException e) {
            throw ClientErrors.handshakeTimedOut(time);
        }
    }

    private ClientEndpointConfig config(Supplied with) {
        List<String> protocols = new ArrayList<>(List.of(PROTOCOL, "rivet_encoding." + codec.name()));
        if (with.parameters() != null) {
            protocols.add("rivet_conn_params." + Target.encoded(with.parameters()));
        }
        if (client.callsCountOnce()) {
            protocols.add(KEYED_CALLS);
        }
        if (with.token() != null) {
            protocols.add(TOKEN_RENEWAL);
        }
        return ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(protocols)
                .configurator(new ClientEndpointConfig.Configurator() {
                    @Override
                    public void beforeRequest(Map<String, List<String>> headers) {
                        if (with.token() != null) {
                            headers.put("x-rivet-token", List.of(with.token()));
                        }
                    }

                    @Override
                    public void afterResponse(HandshakeResponse response) {
                        takesKeys = client.callsCountOnce() && isAgreed(response.getHeaders());
                    }
                })
                .build();
    }

    private static boolean isAgreed(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> EXTENSIONS.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .anyMatch(value -> value.contains(KEYED_CALLS));
    }

    @Override
    public boolean takesKeys() {
        return takesKeys;
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        boolean late;
        synchronized (this) {
            late = over;
            session = opened;
            since = System.nanoTime();
        }
        heard = System.nanoTime();
        pingedAt = heard;
        seenAt = heard;
        if (late) {
            end(opened, NORMAL, "Disposed");
            return;
        }
        opened.setMaxIdleTimeout(0); // our own pings find dead lines
        opened.setMaxTextMessageBufferSize(client.bounds().messageBytes());
        opened.setMaxBinaryMessageBufferSize(client.bounds().messageBytes());
        opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) this::text);
        opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>) this::binary);
        opened.addMessageHandler(
                PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> heard = System.nanoTime());
        if (!PROTOCOL.equals(opened.getNegotiatedSubprotocol())) {
            fail(ClientErrors.malformed("it does not speak the subprotocol " + PROTOCOL));
        }
    }

    private void text(String text) {
        receive(text.length(), () -> codec.decode(text, ReadLimits.DEFAULT));
    }

    private void binary(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        receive(bytes.length, () -> codec.decode(bytes, ReadLimits.DEFAULT));
    }

    @FunctionalInterface
    private interface Reading {
        ServerMessage read() throws MalformedMessageException;
    }

    private void receive(int size, Reading reading) {
        heard = System.nanoTime();
        try {
            ServerMessage message = reading.read();
            if (message instanceof TokenEnds ends) {
                renewal.ends(ends.inMillis());
            } else {
                owner.received(this, message, size);
            }
        } catch (MalformedMessageException e) {
            fail(ClientErrors.malformed(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a message could not be handled", e);
            fail(ClientErrors.malformed(String.valueOf(e)));
        }
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
        String said = reason.getReasonPhrase();
        if (finish()) {
            owner.lost(this, said == null ? "" : said, null);
        }
    }

    @Override
    public void onError(Session failed, Throwable thrown) {
        LOG.log(Level.DEBUG, "a line failed", thrown);
        fail(ClientErrors.lost(String.valueOf(thrown)));
    }

    /** Gives the line up for what was found. */
    private void fail(ActorCallException failure) {
        if (finish()) {
            close(failure.code().equals("malformed_message") ? PROTOCOL_ERROR : NORMAL, failure.code());
            owner.lost(this, "", failure);
        }
    }

    /** Whether this is the one end. */
    private synchronized boolean finish() {
        boolean first = !over;
        over = true;
        waiting.clear();
        return first;
    }

    /** The owner lets go of it, and is told nothing more. */
    void leave() {
        finish();
        close(NORMAL, "Disposed");
    }

    private void close(int code, String reason) {
        Session opened;
        synchronized (this) {
            opened = session;
        }
        if (opened != null) {
            end(opened, code, reason);
        }
    }

    /** In another thread, as not every container promises not to wait. */
    private void end(Session opened, int code, String reason) {
        client.execute(() -> {
            try {
                opened.close(new CloseReason(CloseCodes.getCloseCode(code), reason));
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.DEBUG, "the session was closed already", e);
            }
        });
    }

    /** Queues a frame behind all others; {@link #flush} must follow. May be called under a lock. */
    @Override
    public synchronized void queue(Frame frame) {
        if (!over) {
            waiting.add(frame);
        }
    }

    /** Writes what waits until the container has enough. Not under a lock. */
    void flush() {
        synchronized (this) {
            if (session == null || writing || waiting.isEmpty()) {
                return;
            }
            writing = true;
        }
        writeWhatWaits();
    }

    private void writeWhatWaits() {
        for (Frame next = next(); next != null; next = next()) {
            write(next);
        }
    }

    private synchronized Frame next() {
        Frame next = onTheirWay < MAX_ON_THEIR_WAY ? waiting.poll() : null;
        if (next == null) {
            writing = false;
        } else {
            onTheirWay++;
        }
        return next;
    }

    private void write(Frame frame) {
        SendHandler handler = this::completed;
        try {
            if (frame instanceof Frame.Text text) {
                session().getAsyncRemote().sendText(text.text(), handler);
            } else if (frame instanceof Frame.Binary binary) {
                session().getAsyncRemote().sendBinary(copy(binary), handler);
            }
        } catch (RuntimeException e) { // the session was closed meanwhile
            handler.onResult(new SendResult(e));
        }
    }

    /** One to write to: Undertow masks it in place. */
    private static ByteBuffer copy(Frame.Binary binary) {
        return ByteBuffer.allocate(binary.size())
                .put(binary.bytes().duplicate())
                .flip();
    }

    private synchronized Session session() {
        return session;
    }

    private void completed(SendResult result) {
        boolean goOn;
        synchronized (this) {
            onTheirWay--;
            written++;
            goOn = !writing && !waiting.isEmpty();
            writing |= goOn;
        }
        if (!result.isOK()) {
            fail(ClientErrors.lost(String.valueOf(result.getException())));
        }
        if (goOn) {
            writeWhatWaits();
        }
    }

    /** Called by the timer: gives up a line that takes too long, pings one that is silent. */
    void tick(long nowNanos, boolean isOpen) {
        ActorCallException overdue = isOpen ? overdueWhenOpen(nowNanos) : overdue(nowNanos);
        if (overdue != null) {
            fail(overdue);
        } else if (isOpen) {
            renewal.tick(nowNanos);
        }
    }

    private void sendToken(String token) {
        queue(codec.encode(new Token(token)));
        flush();
    }

    /** What it took too long for until the actor let it in; null if nothing. */
    private synchronized ActorCallException overdue(long now) {
        ClientTimes times = client.times();
        if (session != null) {
            return now - since > times.open().toNanos() ? ClientErrors.openTimedOut(times.open()) : null;
        }
        return supplied && now - since > times.handshake().toNanos()
                ? ClientErrors.handshakeTimedOut(times.handshake())
                : null;
    }

    private ActorCallException overdueWhenOpen(long now) {
        ClientTimes times = client.times();
        boolean overlooked;
        synchronized (this) {
            if (onTheirWay == 0 || written != seen) {
                seen = written;
                seenAt = now;
            }
            overlooked = now - seenAt > OVERLOOKED_NANOS;
        }
        if (now - seenAt > times.send().toNanos()) {
            return ClientErrors.sendTimedOut(times.send());
        }
        if (now - heard > times.silence().toNanos()) {
            return ClientErrors.silent(times.silence());
        }
        if (now - pingedAt > times.ping().toNanos() || overlooked && pingedAt - seenAt < 0) {
            pingedAt = now;
            client.execute(this::ping);
        }
        return null;
    }

    private void ping() {
        try {
            session().getAsyncRemote().sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException e) { // its end is told elsewhere
            LOG.log(Level.DEBUG, "a ping could not be sent", e);
        }
    }
}
