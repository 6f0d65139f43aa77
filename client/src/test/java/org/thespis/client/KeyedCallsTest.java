package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.client.Waiting.failure;
import static org.thespis.client.Waiting.next;
import static org.thespis.client.Waiting.result;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ErrorDetail;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;

/** Calls over a connection that count once. */
@Timeout(60)
class KeyedCallsTest {

    private static final String AGREED =
            "\r\nSec-WebSocket-Protocol: rivet\r\nX-Thespis-Extensions: thespis_keyed_calls";

    private final BlockingQueue<ActionRequest> calls = new LinkedBlockingQueue<>();
    private final AtomicInteger lines = new AtomicInteger();
    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** What each line does, one after the other; the last again and again. */
    private void script(StubServer.Script... scripts) {
        server.script = line -> scripts[Math.min(lines.getAndIncrement(), scripts.length - 1)].run(line);
    }

    private ActionRequest noted(StubLine line) throws Exception {
        ActionRequest call = line.call();
        calls.add(call);
        return call;
    }

    private ActorClient client(Encoding encoding) {
        return ActorClient.builder(server.endpoint())
                .encoding(encoding)
                .callsCountOnce()
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void aCallWhoseAnswerWasLostIsAskedForAgainByItsKey(Encoding encoding) throws Exception {
        script(line -> noted(line.accept(AGREED).init()), line -> {
            line.accept(AGREED).init();
            line.answer(noted(line), "done");
            line.drain();
        });
        try (ActorClient client = client(encoding)) {
            assertThat(result(client.type("room").getOrCreate("a").connect().call("x", 1)))
                    .isEqualTo("done");
            ActionRequest first = next(calls);
            assertThat(first.key()).hasSize(36);
            assertThat(next(calls)).isEqualTo(first);
            assertThat(calls).isEmpty();
        }
    }

    @Test
    void callsThatAreAskedForAgainKeepTheirOrderAndComeFirst() throws Exception {
        script(
                line -> {
                    line.accept(AGREED).init();
                    for (int i = 0; i < 3; i++) {
                        noted(line);
                    }
                    line.answer(calls.toArray(ActionRequest[]::new)[1], "second");
                    line.close(1001, "");
                },
                line -> {
                    line.accept(AGREED).init();
                    for (int i = 0; i < 3; i++) {
                        line.answer(noted(line), "again");
                    }
                    line.drain();
                });
        try (ActorClient client = client(Encoding.BARE)) {
            ActorConnection room = client.type("room").getOrCreate("a").connect();
            room.onClose(() -> room.call("fourth"));
            CompletionStage<Object> first = room.call("first");
            CompletionStage<Object> second = room.call("second");
            CompletionStage<Object> third = room.call("third");
            assertThat(result(first)).isEqualTo("again");
            assertThat(result(second)).isEqualTo("second");
            assertThat(result(third)).isEqualTo("again");
            assertThat(List.of(next(calls), next(calls), next(calls), next(calls), next(calls), next(calls)))
                    .extracting(ActionRequest::name)
                    .containsExactly("first", "second", "third", "first", "third", "fourth");
        }
    }

    @Test
    void aServerThatDoesNotAgreeIsSentNoKeys() throws Exception {
        script(line -> noted(line.accept().init()), line -> line.accept().init().drain());
        try (ActorClient client = client(Encoding.BARE)) {
            assertThat(failure(client.type("room").getOrCreate("a").connect().call("x")))
                    .isEqualTo("client.connection_lost");
            assertThat(next(calls).key()).isNull();
        }
    }

    @Test
    void aClientThatDoesNotAskForItOffersAndSendsNothing() throws Exception {
        BlockingQueue<String> offered = new LinkedBlockingQueue<>();
        script(line -> {
            offered.addAll(line.protocols());
            line.accept(AGREED).init();
            line.answer(noted(line), "done");
            line.drain();
        });
        try (ActorClient client = ActorClient.connect(server.endpoint())) {
            result(client.type("room").getOrCreate("a").connect().call("x"));
            assertThat(next(calls).key()).isNull();
            assertThat(offered).containsExactly("rivet", "rivet_encoding.bare");
        }
    }

    @Test
    void aServerThatDoesNotAgreeAnyMoreIsNotAskedAgain() throws Exception {
        script(line -> noted(line.accept(AGREED).init()), line -> {
            line.accept().init();
            line.answer(noted(line), "later");
            line.drain();
        });
        try (ActorClient client = client(Encoding.JSON)) {
            ActorConnection room = client.type("room").getOrCreate("a").connect();
            assertThat(failure(room.call("lost"))).isEqualTo("client.connection_lost");
            assertThat(result(room.call("later"))).isEqualTo("later");
            assertThat(next(calls).key()).isNotNull();
            assertThat(next(calls).key()).isNull();
        }
    }

    @Test
    void anotherActorIsNotAskedForWhatTheFirstMayHaveRun() throws Exception {
        script(line -> noted(line.accept(AGREED).init()), line -> {
            line.accept(AGREED).send(new Init("actor-2", "connection-2")).drain();
        });
        try (ActorClient client = client(Encoding.CBOR)) {
            assertThat(failure(client.type("room").getOrCreate("a").connect().call("x")))
                    .isEqualTo("client.connection_lost");
        }
    }

    @Test
    void aCallThatStillRunsIsAskedForUntilItHasItsAnswer() throws Exception {
        ErrorDetail runs = new ErrorDetail("actor", "call_in_progress", "It runs", null, null);
        script(line -> noted(line.accept(AGREED).init()), line -> {
            line.accept(AGREED).init();
            line.send(new Failure(runs, noted(line).id()));
            line.send(new Failure(runs, noted(line).id()));
            line.answer(noted(line), "done");
            line.drain();
        });
        try (ActorClient client = client(Encoding.BARE)) {
            assertThat(result(client.type("room").getOrCreate("a").connect().call("x")))
                    .isEqualTo("done");
            assertThat(calls).hasSize(4).containsOnly(next(calls));
        }
    }

    @Test
    void aCallThatTheServerEndsTheLineForIsNotAskedForAgain() throws Exception {
        script(
                line -> {
                    noted(line.accept(AGREED).init());
                    line.close(1011, "message.incoming_too_long").drain();
                },
                line -> line.accept(AGREED).init().drain());
        try (ActorClient client = client(Encoding.BARE)) {
            ActorConnection room = client.type("room").getOrCreate("a").connect();
            assertThat(failure(room.call("x"))).isEqualTo("message.incoming_too_long");
        }
    }

    @Test
    void theLastTimeOfACallIsKeptWhateverIsLost() throws Exception {
        script(line -> noted(line.accept(AGREED).init()));
        try (ActorClient client = ActorClient.builder(server.endpoint())
                .callsCountOnce()
                .times(ClientTimes.DEFAULT
                        .withCall(java.time.Duration.ofMillis(600))
                        .withPauses(java.time.Duration.ofMillis(10), java.time.Duration.ofMillis(10)))
                .build()) {
            assertThat(failure(client.type("room").getOrCreate("a").connect().call("x")))
                    .isEqualTo("actor.call_timed_out");
        }
    }
}
