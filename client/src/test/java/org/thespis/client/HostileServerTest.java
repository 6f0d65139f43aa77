package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.client.Waiting.code;
import static org.thespis.client.Waiting.failure;
import static org.thespis.client.Waiting.next;
import static org.thespis.client.Waiting.result;
import static org.thespis.client.Waiting.until;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.api.Subscription;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.ErrorDetail;
import org.thespis.protocol.Frame;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;

/** Servers that do what none should, or go away; and the way back from that. */
@Timeout(120)
class HostileServerTest {

    private static final int MILLION = 1_000_000;

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> errors = new LinkedBlockingQueue<>();
    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private static ClientTimes quick() {
        return ClientTimes.DEFAULT
                .withOpening(Duration.ofMillis(400), Duration.ofMillis(400))
                .withPauses(Duration.ofMillis(10), Duration.ofMillis(100));
    }

    private ActorClientBuilder builder() {
        return ActorClient.builder(server.endpoint()).times(quick());
    }

    private ActorConnection connect(ActorClient client) {
        ActorConnection room = client.type("room").getOrCreate("a").connect();
        room.onError(error -> errors.add(code(error)));
        return room;
    }

    private static void echo(StubLine line) throws Exception {
        for (Object message = line.read(); message != null; message = line.read()) {
            if (message instanceof ActionRequest call) {
                line.answer(call, call.arguments());
            }
        }
    }

    /** Does something strange at first, and all well the next time. */
    private void firstThenWell(StubServer.Script strange) {
        server.script = line -> {
            if (server.upgrades() == 1) {
                strange.run(line);
            } else {
                echo(line.accept().init());
            }
        };
    }

    private void comesBack(String error) throws Exception {
        try (ActorClient client = builder().build()) {
            ActorConnection room = connect(client);
            assertThat(result(room.call("x", 1))).isEqualTo(List.of(1L));
            assertThat(errors).startsWith(error);
        }
        until(() -> server.openLines() == 0);
    }

    @Test
    void neverAnswersTheUpgrade() throws Exception {
        firstThenWell(line -> line.wait(server));
        comesBack("client.unreachable");
    }

    @Test
    void closesBeforeItAnswers() throws Exception {
        firstThenWell(line -> {});
        comesBack("client.unreachable");
    }

    @Test
    void refusesTheUpgrade() throws Exception {
        firstThenWell(line ->
                line.raw("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        comesBack("client.unreachable");
    }

    @Test
    void answersTheUpgradeWithGarbage() throws Exception {
        firstThenWell(line -> {
            line.raw(new byte[5_000]);
            line.wait(server);
        });
        comesBack("client.unreachable");
    }

    @Test
    void speaksNoSubprotocol() throws Exception {
        firstThenWell(line -> line.accept("").drain());
        comesBack("client.malformed_message");
    }

    @Test
    void neverLetsTheConnectionIn() throws Exception {
        firstThenWell(line -> line.accept().drain());
        comesBack("client.open_timed_out");
    }

    @Test
    void closesWithoutAWord() throws Exception {
        firstThenWell(StubLine::accept);
        comesBack("client.unreachable");
    }

    @Test
    void isBusy() throws Exception {
        firstThenWell(line ->
                line.accept().close(1011, "guard.service_unavailable#123").drain());
        comesBack("guard.service_unavailable");
    }

    @ParameterizedTest
    @EnumSource
    void sendsGarbage(Encoding encoding) throws Exception {
        firstThenWell(line -> {
            line.accept().init();
            line.read();
            line.frame(encoding == Encoding.JSON ? 1 : 2, "]garbage".getBytes(StandardCharsets.US_ASCII));
            line.drain();
        });
        try (ActorClient client = builder().encoding(encoding).build()) {
            ActorConnection room = connect(client);
            assertThat(failure(room.call("x"))).isEqualTo("client.malformed_message");
            assertThat(result(room.call("x", 1))).isEqualTo(List.of(1L));
        }
        until(() -> server.openLines() == 0);
    }

    @Test
    void sendsFramesThatAreNone() throws Exception {
        Random random = new Random(3);
        server.script = line -> {
            line.accept().init();
            if (server.upgrades() <= 30) {
                byte[] garbage = new byte[64];
                random.nextBytes(garbage);
                line.raw(garbage);
                return;
            }
            echo(line);
        };
        try (ActorClient client = builder().build()) {
            ActorConnection room = connect(client);
            until(() -> server.upgrades() > 30);
            Object answer = null;
            while (answer == null) { // those on the last bad line are lost
                answer = room.call("x", 1)
                        .exceptionally(lost -> null)
                        .toCompletableFuture()
                        .join();
            }
            assertThat(answer).isEqualTo(List.of(1L));
        }
    }

    @Test
    void closesInTheMiddleOfAMessage() throws Exception {
        firstThenWell(line -> {
            line.accept().init();
            ActionRequest call = line.call();
            ByteArrayOutputStream half = new ByteArrayOutputStream();
            half.writeBytes(Arrays.copyOf(StubLine.framed(2, new byte[1_000]), 500));
            line.raw(half.toByteArray());
            assertThat(call.name()).isEqualTo("x");
        });
        try (ActorClient client = builder().build()) {
            ActorConnection room = connect(client);
            assertThat(failure(room.call("x"))).isEqualTo("client.connection_lost");
            assertThat(result(room.call("x", 1))).isEqualTo(List.of(1L));
        }
    }

    @Test
    void saysNothingMore() throws Exception {
        firstThenWell(line -> {
            line.accept().init();
            line.wait(server); // answers no ping
        });
        ClientTimes times = quick().withSilence(Duration.ofMillis(100), Duration.ofMillis(500));
        try (ActorClient client = builder().times(times).build()) {
            ActorConnection room = connect(client);
            assertThat(failure(room.call("x"))).isEqualTo("client.server_silent");
            assertThat(result(room.call("x", 1))).isEqualTo(List.of(1L));
        }
    }

    @Test
    void aLineThatIsOnlyQuietIsKept() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        server.script = line -> {
            line.accept().init();
            line.read(); // answers pings meanwhile
            answered.incrementAndGet();
        };
        ClientTimes times = quick().withSilence(Duration.ofMillis(100), Duration.ofMillis(600));
        try (ActorClient client = builder().times(times).build()) {
            ActorConnection room = connect(client);
            result(room.opened());
            CompletableFuture<Object> longer = new CompletableFuture<>();
            longer.completeOnTimeout("over", 1_500, java.util.concurrent.TimeUnit.MILLISECONDS);
            longer.join();
            assertThat(server.upgrades()).isEqualTo(1);
            assertThat(answered).hasValue(0);
        }
    }

    @Test
    void callsThatHadNotLeftWaitForTheNextLine() throws Exception {
        server.script = line -> {
            line.accept();
            if (server.upgrades() > 2) {
                echo(line.init());
            }
        };
        try (ActorClient client = builder().build()) {
            ActorConnection room = connect(client);
            List<CompletionStage<Object>> calls = List.of(room.call("x", 1), room.call("x", 2));
            assertThat(result(calls.get(0))).isEqualTo(List.of(1L));
            assertThat(result(calls.get(1))).isEqualTo(List.of(2L));
            assertThat(server.upgrades()).isEqualTo(3);
        }
    }

    @Test
    void comesBackWithItsSubscriptionsAndFreshParameters() throws Exception {
        BlockingQueue<List<String>> protocols = new LinkedBlockingQueue<>();
        server.script = line -> {
            protocols.add(line.protocols());
            line.accept().init();
            assertThat(line.read()).isEqualTo(new SubscriptionRequest("tick", true));
            line.event("tick", (long) server.upgrades());
            if (server.upgrades() > 3) {
                line.drain();
            }
        };
        AtomicInteger asked = new AtomicInteger();
        try (ActorClient client = builder().build()) {
            ActorConnection room =
                    client.type("room").getOrCreate("a").connect(() -> Map.of("n", asked.incrementAndGet()));
            AtomicInteger opened = new AtomicInteger();
            room.onOpen(opened::incrementAndGet);
            Subscription subscription = room.on("tick", Integer.class, heard::add);
            for (int i = 1; i <= 4; i++) {
                assertThat(next(heard)).isEqualTo(i);
                assertThat(next(protocols)).anyMatch(("rivet_conn_params.%7B%22n%22%3A" + i + "%7D")::equals);
            }
            assertThat(subscription.ended().toCompletableFuture()).isNotDone();
            assertThat(opened).hasValue(4);
        }
    }

    @Test
    void aRefusalEndsItForGood() throws Exception {
        server.script = line -> line.accept()
                .send(new Failure(new ErrorDetail("user", "banned", "Banned", Map.of("until", "2030"), null), null))
                .close(1011, "user.banned")
                .drain();
        try (ActorClient client = builder().build()) {
            ActorConnection room = client.type("room").getOrCreate("a").connect();
            CompletionStage<Object> call = room.call("x");
            Subscription subscription = room.on("tick", heard::add);
            assertThat(failure(room.opened())).isEqualTo("user.banned");
            assertThat(failure(room.ended())).isEqualTo("user.banned");
            assertThat(failure(call)).isEqualTo("user.banned");
            assertThat(failure(subscription.ended())).isEqualTo("user.banned");
            assertThat(failure(room.call("x"))).isEqualTo("user.banned");
            assertThat(room.status()).isEqualTo(ConnectionStatus.CLOSED);
            assertThat(server.upgrades()).isEqualTo(1);
        }
    }

    @Test
    void anActorThatIsNotThereEndsItUnlessItMayBeCreated() throws Exception {
        server.script = line -> {
            if (server.upgrades() < 3) {
                line.accept().close(1011, "actor.not_found#1").drain();
            }
            echo(line.accept().init());
        };
        try (ActorClient client = builder().build()) {
            assertThat(failure(client.type("room").get("a").connect().opened())).isEqualTo("actor.not_found");
            assertThat(result(client.type("room").getOrCreate("a").connect().call("x", 1)))
                    .isEqualTo(List.of(1L));
        }
    }

    @Test
    void whatClosesAnOpenLineFailsItsCalls() throws Exception {
        firstThenWell(line -> {
            line.accept().init().call();
            line.close(1011, "message.incoming_too_long").drain();
        });
        try (ActorClient client = builder().build()) {
            ActorConnection room = connect(client);
            assertThat(failure(room.call("x"))).isEqualTo("message.incoming_too_long");
            assertThat(next(errors)).isEqualTo("message.incoming_too_long");
            assertThat(result(room.call("x", 1))).isEqualTo(List.of(1L));
        }
    }

    @Test
    void kickedAgainAndAgainItComesBackSlower() throws Exception {
        server.script = line -> line.accept().init().close(1000, "").drain();
        ClientTimes times = quick().withPauses(Duration.ofMillis(20), Duration.ofSeconds(30));
        try (ActorClient client = builder().times(times).build()) {
            connect(client);
            until(() -> server.upgrades() >= 4);
            long begun = System.nanoTime();
            until(() -> server.upgrades() >= 6);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(120));
        }
    }

    @Test
    void closedInAPauseItNeverComesBack() throws Exception {
        server.script = line -> line.accept();
        ClientTimes times = quick().withPauses(Duration.ofMillis(300), Duration.ofMillis(300));
        try (ActorClient client = builder().times(times).build()) {
            ActorConnection room = connect(client);
            CompletableFuture<Void> pausing = new CompletableFuture<>();
            room.onStatus(status -> {
                if (status == ConnectionStatus.DISCONNECTED) {
                    pausing.complete(null);
                }
            });
            CompletionStage<Object> call = room.call("x");
            result(pausing);
            int before = server.upgrades();
            room.close();
            assertThat(failure(call)).isEqualTo("client.closed");
            CompletableFuture<Void> longer = new CompletableFuture<>();
            longer.completeOnTimeout(null, 700, java.util.concurrent.TimeUnit.MILLISECONDS);
            longer.join();
            assertThat(server.upgrades()).isEqualTo(before);
        }
    }

    @Test
    void closedWhileItOpensItLeavesNoLine() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        server.script = line -> {
            asked.countDown();
            gate.await();
            line.accept().init().drain();
        };
        try (ActorClient client = builder().build()) {
            ActorConnection room = connect(client);
            asked.await();
            room.close();
            gate.countDown();
            result(room.ended());
            until(() -> server.openLines() == 0);
            assertThat(server.upgrades()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatIsKilledIsFoundAgain() throws Exception {
        server.script = line -> echo(line.accept().init());
        try (ActorClient client = builder().build()) {
            ActorConnection room = connect(client);
            assertThat(result(room.call("x", 1))).isEqualTo(List.of(1L));
            int port = server.port();
            server.close();
            CompletionStage<Object> between = room.call("x", 2).exceptionally(lost -> "lost");
            until(() -> errors.contains("client.unreachable"));
            CompletionStage<Object> queued = room.call("x", 3);
            server = new StubServer(port);
            server.script = line -> echo(line.accept().init());
            assertThat(result(queued)).isEqualTo(List.of(3L));
            assertThat(result(between)).isIn("lost", List.of(2L));
        }
    }

    @Test
    void aMillionEventsToASlowListenerAreBounded() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        server.script = line -> {
            line.accept().init();
            line.read();
            byte[] event = bytes(line.codec().encode(new Event("tick", List.of("x".repeat(20)))));
            ByteArrayOutputStream thousand = new ByteArrayOutputStream();
            for (int i = 0; i < 1_000; i++) {
                thousand.writeBytes(StubLine.framed(2, event));
            }
            for (int i = 0; i < MILLION / 1_000; i++) {
                line.raw(thousand.toByteArray());
            }
            echo(line);
        };
        AtomicInteger told = new AtomicInteger();
        try (ActorClient client = builder().build()) {
            ActorConnection room = connect(client);
            Subscription slow = room.on("tick", arguments -> {
                told.incrementAndGet();
                gate.join();
            });
            CompletionStage<Object> call = room.call("x", 1); // behind all events
            until(() -> ((EventSubscription) slow).isOver());
            gate.complete(null);
            assertThat(failure(slow.ended())).isEqualTo("connection.too_slow");
            assertThat(result(call)).isEqualTo(List.of(1L));
            assertThat(told).hasValue(1);
            assertThat(room.status()).isEqualTo(ConnectionStatus.CONNECTED);
        }
    }

    private static byte[] bytes(Frame frame) {
        java.nio.ByteBuffer buffer = ((Frame.Binary) frame).bytes().duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    @Test
    void eventsThatWaitAreBoundedInBytes() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        server.script = line -> {
            line.accept().init();
            line.read();
            for (int i = 0; i < 20; i++) {
                line.event("tick", "x".repeat(1_000));
            }
            line.drain();
        };
        try (ActorClient client = builder()
                .bounds(ClientBounds.DEFAULT.withWaitingEvents(1_000, 10_000))
                .build()) {
            Subscription slow = connect(client).on("tick", arguments -> gate.join());
            until(() -> ((EventSubscription) slow).isOver());
            gate.complete(null);
            assertThat(failure(slow.ended())).isEqualTo("connection.too_slow");
        }
    }

    @Test
    void aCallTimesOutThoughAListenerHoldsUpTheConnection() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        server.script = line -> {
            line.accept().init();
            line.read();
            line.event("tick");
            line.drain();
        };
        try (ActorClient client =
                builder().times(quick().withCall(Duration.ofMillis(500))).build()) {
            ActorConnection room = connect(client);
            room.on("tick", arguments -> gate.join());
            assertThat(failure(room.call("x"))).isEqualTo("actor.call_timed_out");
            gate.complete(null);
        }
    }

    @Test
    void aSupplierThatFailsIsAskedAgain() throws Exception {
        server.script = line -> echo(line.accept().init());
        AtomicInteger asked = new AtomicInteger();
        try (ActorClient client = builder()
                .token(() -> {
                    if (asked.incrementAndGet() < 3) {
                        throw new IllegalStateException("no login yet");
                    }
                    return "t";
                })
                .build()) {
            assertThat(result(connect(client).call("x", 1))).isEqualTo(List.of(1L));
            assertThat(errors).contains("client.supply_failed");
        }
    }

    @Test
    void aMessageThatIsTooLongEndsTheLine() throws Exception {
        firstThenWell(line -> {
            line.accept().init().call();
            line.event("tick", "x".repeat(50_000)).drain();
        });
        ClientBounds small = new ClientBounds(100, 100_000, 100, 100_000, 10_000, 4);
        try (ActorClient client = builder().bounds(small).build()) {
            ActorConnection room = connect(client);
            assertThat(failure(room.call("x"))).isNotEqualTo("actor.call_timed_out");
            assertThat(result(room.call("x", 1))).isEqualTo(List.of(1L));
        }
    }

    @Test
    void aClientThatIsDroppedHoldsNoThread() throws Exception {
        server.script = line -> echo(line.accept().init());
        Set<Thread> ofOthers = Thread.getAllStackTraces().keySet();
        ActorClient client = builder().build();
        ActorConnection room = connect(client);
        result(room.call("x", 1));
        room.close();
        result(room.ended());
        client = null;
        room = null;
        until(() -> Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !ofOthers.contains(thread))
                .noneMatch(thread -> thread.getName().startsWith("thespis-client-")));
        until(() -> server.openLines() == 0);
    }
}
