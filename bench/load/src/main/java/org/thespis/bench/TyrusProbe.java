package org.thespis.bench;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;

/** Round trips of a thread that waits, by Tyrus and nothing else: what the Java client is compared with. */
final class TyrusProbe implements Probe {

    private static final String CONTAINER = "org.glassfish.tyrus.container.jdk.client.JdkClientContainer";
    private static final long GIVE_UP_SECONDS = 30;

    /** One message to the server. */
    @FunctionalInterface
    interface Sending {
        void send(Session session);
    }

    private final RoundTrips trips;
    private final Session session;
    private volatile CompletableFuture<Void> awaited;

    private TyrusProbe(Host host, Sending sending) throws Exception {
        URI uri = URI.create("ws://" + host.name() + ":" + host.port() + "/bench/echo");
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
                        ClientEndpointConfig.Builder.create().build(),
                        uri);
        this.trips = new RoundTrips(() -> {
            CompletableFuture<Void> answer = new CompletableFuture<>();
            awaited = answer;
            sending.send(session);
            answer.get(GIVE_UP_SECONDS, TimeUnit.SECONDS);
        });
    }

    static TyrusProbe text(Host host, String text) throws Exception {
        return new TyrusProbe(host, session -> session.getAsyncRemote().sendText(text));
    }

    static TyrusProbe binary(Host host, byte[] bytes) throws Exception {
        return new TyrusProbe(host, session -> session.getAsyncRemote().sendBinary(ByteBuffer.wrap(bytes)));
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
