package org.thespis.bench;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.glassfish.tyrus.client.ClientManager;
import org.thespis.protocol.ClientCodec;
import org.thespis.protocol.Frame;

/**
 * Round trips of a thread that waits, by Tyrus and nothing else: what the Java client is compared with. It does not read what
 * comes back.
 */
final class TyrusProbe implements Probe {

    private static final String CONTAINER = "org.glassfish.tyrus.container.jdk.client.JdkClientContainer";
    private static final long GIVE_UP_SECONDS = 30;
    private static final long OVERLOOKED_MILLIS = 150;

    /** One message to the server. */
    @FunctionalInterface
    interface Sending {
        void send(Session session);
    }

    private final RoundTrips trips;
    private final Session session;
    private volatile CompletableFuture<Void> awaited;

    private TyrusProbe(Host host, String path, List<String> protocols, Sending sending) throws Exception {
        URI uri = URI.create("ws://" + host.name() + ":" + host.port() + path);
        CompletableFuture<Void> first = new CompletableFuture<>();
        awaited = first;
        this.session = ClientManager.createClient(CONTAINER)
                .connectToServer(
                        new Endpoint() {
                            @Override
                            public void onOpen(Session opened, EndpointConfig config) {
                                opened.addMessageHandler(
                                        String.class, (MessageHandler.Whole<String>) text -> awaited.complete(null));
                                opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                                        bytes -> awaited.complete(null));
                            }
                        },
                        ClientEndpointConfig.Builder.create()
                                .preferredSubprotocols(protocols)
                                .build(),
                        uri);
        if (!protocols.isEmpty()) {
            first.get(GIVE_UP_SECONDS, TimeUnit.SECONDS); // the actor lets it in
        }
        this.trips = new RoundTrips(() -> {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            awaited = answer;
            sending.send(session);
            await(answer);
        });
    }

    /** Tyrus on the JDK may overlook a frame until the next one comes (tyrus issue 678), so then a ping follows. */
    private void await(CompletableFuture<Void> answer) throws Exception {
        try {
            answer.get(OVERLOOKED_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            answer.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** To the endpoint that sends back what comes. */
    static TyrusProbe raw(Host host, Frame frame) throws Exception {
        return new TyrusProbe(host, "/bench/echo", List.of(), sending(frame));
    }

    /** To an action of an actor, always the same bytes. */
    static TyrusProbe actor(Host host, ClientCodec codec, Frame frame) throws Exception {
        return new TyrusProbe(
                host,
                "/gateway/benchEcho/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=tyrus",
                List.of("rivet", "rivet_encoding." + codec.name()),
                sending(frame));
    }

    private static Sending sending(Frame frame) {
        if (frame instanceof Frame.Text text) {
            return session -> session.getAsyncRemote().sendText(text.text());
        }
        byte[] bytes = new byte[frame.size()];
        ((Frame.Binary) frame).bytes().duplicate().get(bytes);
        return session -> session.getAsyncRemote().sendBinary(ByteBuffer.wrap(bytes));
    }

    @Override
    public Slice run(Duration time) throws Exception {
        return trips.run(time);
    }

    @Override
    public void close() throws Exception {
        session.close();
    }
}
