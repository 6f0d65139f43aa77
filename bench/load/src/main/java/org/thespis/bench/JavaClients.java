package org.thespis.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.thespis.bench.Comparison.Contender;
import org.thespis.client.ActorClient;
import org.thespis.client.ActorConnection;
import org.thespis.client.Encoding;
import org.thespis.protocol.ClientCodec;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.Frame;

/**
 * A call of the Java client that a thread waits for, beside the same bytes by Tyrus alone to the same action, and to the raw
 * endpoint.
 */
final class JavaClients {

    private static final String TEXT = "move 17";
    private static final Goal NEAR_TYRUS = Goal.median(1.1);

    private final Stage stage;

    JavaClients(Stage stage) {
        this.stage = stage;
    }

    void run() throws Exception {
        for (Encoding encoding : Encoding.values()) {
            String name = encoding.name();
            stage.comparison()
                    .run(
                            "Java client, " + name + ", 1 in flight",
                            new Contender("Tyrus, the same action", tyrus(codec(encoding)), null),
                            new Contender("Tyrus, raw endpoint", raw(codec(encoding)), null),
                            new Contender("waits", client(encoding, JavaClients::waiting), NEAR_TYRUS),
                            new Contender("waits for a stage", client(encoding, JavaClients::onStages), null),
                            new Contender("stateless", client(encoding, JavaClients::stateless), null));
        }
    }

    private static ClientCodec codec(Encoding encoding) {
        return List.of(ClientCodec.JSON, ClientCodec.CBOR, ClientCodec.BARE).stream()
                .filter(codec -> codec.name().equals(encoding.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    private Probe tyrus(ClientCodec codec) throws Exception {
        return TyrusProbe.actor(stage.host(), codec, call(codec));
    }

    private Probe raw(ClientCodec codec) throws Exception {
        return TyrusProbe.raw(stage.host(), call(codec));
    }

    private static Frame call(ClientCodec codec) {
        return codec.encode(new ActionRequest(1, "echo", List.of(TEXT)));
    }

    /** Makes a round trip of a connection. */
    private interface Calling {
        RoundTrips.Trip over(ActorConnection connection, ActorClient client);
    }

    private static RoundTrips.Trip waiting(ActorConnection connection, ActorClient client) {
        return () -> connection.blocking().call(String.class, "echo", TEXT);
    }

    private static RoundTrips.Trip onStages(ActorConnection connection, ActorClient client) {
        return () -> connection
                .call(String.class, "echo", TEXT)
                .toCompletableFuture()
                .get();
    }

    private static RoundTrips.Trip stateless(ActorConnection connection, ActorClient client) {
        return () -> client.type("benchEcho").getOrCreate("java").blocking().call(String.class, "echo", TEXT);
    }

    private Probe client(Encoding encoding, Calling calling) {
        ActorClient client = ActorClient.builder(
                        "http://" + stage.host().name() + ":" + stage.host().port())
                .encoding(encoding)
                .build();
        ActorConnection connection =
                client.type("benchEcho").getOrCreate("java").connect();
        RoundTrips trips = new RoundTrips(calling.over(connection, client));
        return new Probe() {
            @Override
            public Slice run(Duration time) throws Exception {
                return trips.run(time);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }
}
