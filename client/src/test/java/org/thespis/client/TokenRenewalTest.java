package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.client.Waiting.next;
import static org.thespis.client.Waiting.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.api.ActorCallException;
import org.thespis.protocol.ClientMessage;
import org.thespis.protocol.ClientMessage.Token;
import org.thespis.protocol.ServerMessage.TokenEnds;

/** Tokens that are renewed while a connection is open. */
@Timeout(60)
class TokenRenewalTest {

    private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failed = new LinkedBlockingQueue<>();
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

    private void each(long endsInMillis) {
        server.script = line -> {
            lines.incrementAndGet();
            tokens.add(line.request().headers().get("x-rivet-token"));
            line.accept().init().send(new TokenEnds(endsInMillis));
            for (ClientMessage message = line.read(); message != null; message = line.read()) {
                if (message instanceof Token fresh) {
                    tokens.add(fresh.token());
                    line.send(new TokenEnds(endsInMillis));
                }
            }
        };
    }

    private ActorClient client(Encoding encoding, Supplier<String> token) {
        return ActorClient.builder(server.endpoint())
                .encoding(encoding)
                .token(token)
                .build();
    }

    private ActorConnection connect(ActorClient client) throws Exception {
        ActorConnection connection = client.type("room").getOrCreate("a").connect();
        connection.onError(error -> failed.add(Waiting.code(error)));
        result(connection.opened());
        return connection;
    }

    @ParameterizedTest
    @EnumSource
    void aFreshOneIsSentBeforeTheOneBeforeRunsOutAndTheLineStays(Encoding encoding) throws Exception {
        each(800);
        AtomicInteger given = new AtomicInteger();
        try (ActorClient client = client(encoding, () -> "t" + given.incrementAndGet())) {
            ActorConnection connection = connect(client);
            for (int i = 1; i <= 4; i++) {
                assertThat(next(tokens)).isEqualTo("t" + i);
            }
            assertThat(connection.status()).isEqualTo(ConnectionStatus.CONNECTED);
            assertThat(lines.get()).isEqualTo(1);
            assertThat(failed).isEmpty();
        }
    }

    @Test
    void theOfferIsMadeByWhoHasTokensAlone() throws Exception {
        BlockingQueue<List<String>> offers = new LinkedBlockingQueue<>();
        server.script = line -> {
            offers.add(line.protocols());
            line.accept().init().drain();
        };
        try (ActorClient client = client(Encoding.JSON, () -> "t")) {
            connect(client);
            assertThat(next(offers)).contains("thespis_token_renewal");
        }
        try (ActorClient client = ActorClient.builder(server.endpoint()).build()) {
            connect(client);
            assertThat(next(offers)).doesNotContain("thespis_token_renewal");
        }
    }

    @Test
    void aServerThatSaysNothingOfAnEndIsSentNoToken() throws Exception {
        BlockingQueue<ClientMessage> messages = new LinkedBlockingQueue<>();
        server.script = line -> {
            line.accept().init();
            for (ClientMessage message = line.read(); message != null; message = line.read()) {
                messages.add(message);
            }
        };
        AtomicInteger asked = new AtomicInteger();
        try (ActorClient client = client(Encoding.BARE, () -> "t" + asked.incrementAndGet())) {
            ActorConnection connection = connect(client);
            connection.call("x");
            assertThat(next(messages)).isInstanceOf(ClientMessage.ActionRequest.class);
            assertThat(asked.get()).isEqualTo(1);
        }
    }

    /** Renews by hand: what is asked for is answered by the test, at the time of the test. */
    private static final class ByHand {

        private final List<String> story = new ArrayList<>();
        private final TokenRenewal renewal =
                new TokenRenewal(this::ask, () -> this.now, story::add, why -> story.add(why.code()));
        private long now;
        private Consumer<Supplied> supplied;
        private Consumer<ActorCallException> failed;

        private void ask(Consumer<Supplied> whenSupplied, Consumer<ActorCallException> whenFailed) {
            story.add("asked at " + TimeUnit.NANOSECONDS.toSeconds(now));
            supplied = whenSupplied;
            failed = whenFailed;
        }

        private void passUntil(long seconds) {
            while (now < TimeUnit.SECONDS.toNanos(seconds)) {
                now += TimeUnit.MILLISECONDS.toNanos(100);
                renewal.tick(now);
            }
        }
    }

    @Test
    void aTokenThatIsNotTakenIsAskedForAgainAFewTimes() {
        ByHand time = new ByHand();
        time.renewal.ends(64_000);
        time.passUntil(48);
        time.supplied.accept(new Supplied("a", null));
        time.passUntil(60);
        time.failed.accept(ClientErrors.supplyFailed(new IllegalStateException()));
        time.passUntil(63);
        time.supplied.accept(new Supplied(null, null));
        time.passUntil(1_000);
        assertThat(time.story).startsWith("asked at 48", "a", "asked at 60", "supply_failed", "asked at 63");
        assertThat(time.story.size()).isLessThan(8);
    }

    @Test
    void ofALongTimeAMinuteIsKeptAndAFreshEndCountsInPlaceOfTheOneBefore() {
        ByHand time = new ByHand();
        time.renewal.ends(3_600_000);
        time.passUntil(3_539);
        assertThat(time.story).isEmpty();
        time.passUntil(3_540);
        time.supplied.accept(new Supplied("a", null));
        time.renewal.ends(3_600_000);
        time.passUntil(7_079);
        assertThat(time.story).containsExactly("asked at 3540", "a");
    }

    @Test
    void whileOneIsAskedForNoOtherIs() {
        ByHand time = new ByHand();
        time.renewal.ends(4_000);
        time.passUntil(100);
        assertThat(time.story).containsExactly("asked at 3");
    }

    @Test
    void aSupplierThatThrowsIsToldAndLeavesTheLine() throws Exception {
        server.script = line -> {
            line.accept().init().send(new TokenEnds(400));
            line.answer(line.call(), "answered");
            line.drain();
        };
        AtomicInteger asked = new AtomicInteger();
        try (ActorClient client = client(Encoding.BARE, () -> {
            if (asked.incrementAndGet() > 1) {
                throw new StackOverflowError("what applications do");
            }
            return "t";
        })) {
            ActorConnection connection = connect(client);
            assertThat(next(failed)).isEqualTo("client.supply_failed");
            assertThat(result(connection.call("x"))).isEqualTo("answered");
        }
    }

    @Test
    void aSupplierThatHangsKeepsNothingFromGoingOn() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        server.script = line -> {
            line.accept().init().send(new TokenEnds(400));
            line.answer(line.call(), "answered");
            line.drain();
        };
        AtomicInteger asked = new AtomicInteger();
        try (ActorClient client = client(Encoding.BARE, () -> {
            if (asked.incrementAndGet() > 1) {
                hanging.countDown();
                Waiting.forEver();
            }
            return "t";
        })) {
            ActorConnection connection = connect(client);
            hanging.await();
            assertThat(result(connection.call("x"))).isEqualTo("answered");
        }
    }

    @Test
    void endsThatNobodyCanMeanAreNoTrouble() throws Exception {
        server.script = line -> {
            line.accept().init();
            for (long millis : new long[] {0, Long.MAX_VALUE, -1, 1}) {
                line.send(new TokenEnds(millis));
            }
            line.answer(line.call(), "answered");
            line.drain();
        };
        try (ActorClient client = client(Encoding.BARE, () -> "t")) {
            assertThat(result(connect(client).call("x"))).isEqualTo("answered");
        }
    }
}
