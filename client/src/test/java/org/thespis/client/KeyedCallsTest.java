package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.client.Waiting.failure;
import static org.thespis.client.Waiting.next;
import static org.thespis.client.Waiting.result;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
    void aCallThatATokenRanOutUnderIsAskedForAgainWithAFreshOne() throws Exception {
        BlockingQueue<String> sent = new LinkedBlockingQueue<>();
        script(
                line -> {
                    sent.add(line.request().headers().get("x-rivet-token"));
                    noted(line.accept(AGREED).init());
                    line.close(1011, "auth.token_expired");
                },
                line -> {
                    sent.add(line.request().headers().get("x-rivet-token"));
                    line.accept(AGREED).init();
                    line.answer(noted(line), "done");
                    line.drain();
                });
        AtomicInteger tokens = new AtomicInteger();
        try (ActorClient client = ActorClient.builder(server.endpoint())
                .token(() -> "t" + tokens.incrementAndGet())
                .callsCountOnce()
                .build()) {
            assertThat(result(client.type("room").getOrCreate("a").connect().call("x")))
                    .isEqualTo("done");
            assertThat(sent).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void theLastTimeOfACallIsKeptWhateverIsLost() throws Exception {
        script(line -> noted(line.accept(AGREED).init()));
        try (ActorClient client = ActorClient.builder(server.endpoint())
                .callsCountOnce()
                .times(ClientTimes.DEFAULT
                        .withCall(Duration.ofMillis(600))
                        .withPauses(Duration.ofMillis(10), Duration.ofMillis(10)))
                .build()) {
            assertThat(failure(client.type("room").getOrCreate("a").connect().call("x")))
                    .isEqualTo("actor.call_timed_out");
        }
    }

    @Test
    void aServerThatAlwaysSaysThatItRunsIsAskedUntilTheTimeIsOver() throws Exception {
        ErrorDetail runs = new ErrorDetail("actor", "call_in_progress", "It runs", null, null);
        script(line -> {
            line.accept(AGREED).init();
            for (ActionRequest call = noted(line); call != null; call = noted(line)) {
                line.send(new Failure(runs, call.id()));
            }
        });
        try (ActorClient client = ActorClient.builder(server.endpoint())
                .callsCountOnce()
                .times(ClientTimes.DEFAULT.withCall(Duration.ofSeconds(1)))
                .build()) {
            assertThat(failure(client.type("room").getOrCreate("a").connect().call("x")))
                    .isEqualTo("actor.call_timed_out");
            assertThat(calls).hasSizeBetween(2, 12);
        }
    }

    @Test
    void closeWhileTheLineIsAwayEndsWhatWouldBeAskedAgain() throws Exception {
        BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
        script(line -> noted(line.accept(AGREED).init()), line -> {
            waiting.add("the second line");
            line.wait(server);
        });
        ActorClient client = client(Encoding.BARE);
        CompletionStage<Object> call =
                client.type("room").getOrCreate("a").connect().call("x");
        next(waiting);
        client.close();
        assertThat(failure(call)).isEqualTo("client.closed");
    }

    /** Runs each key once, and cuts the line in place of each 28th answer. */
    private void runOnceAndCut(StubLine line, Map<String, Integer> run, AtomicInteger count) throws Exception {
        line.accept(AGREED).init();
        for (int left = 28; left > 0; left--) {
            ActionRequest call = line.call();
            if (call == null) {
                return;
            }
            Integer answer = run.computeIfAbsent(call.key(), key -> count.incrementAndGet());
            if (left > 1) {
                line.answer(call, answer);
            }
        }
    }

    @Test
    void callsOfManyThreadsUnderCutsRunOnceEach() throws Exception {
        Map<String, Integer> run = new ConcurrentHashMap<>();
        AtomicInteger count = new AtomicInteger();
        script(line -> runOnceAndCut(line, run, count));
        try (ActorClient client = ActorClient.builder(server.endpoint())
                .callsCountOnce()
                .times(ClientTimes.DEFAULT.withPauses(Duration.ofMillis(1), Duration.ofMillis(5)))
                .build()) {
            ActorConnection room = client.type("room").getOrCreate("a").connect();
            List<CompletionStage<Integer>> answers = new CopyOnWriteArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 150; i++) {
                        answers.add(room.call(Integer.class, "x"));
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            Set<Integer> all = new HashSet<>();
            for (CompletionStage<Integer> answer : answers) {
                all.add(result(answer));
            }
            assertThat(all).hasSize(600);
            assertThat(count).hasValue(600);
        }
    }
}
