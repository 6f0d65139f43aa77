package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.client.Waiting.next;
import static org.thespis.client.Waiting.result;
import static org.thespis.client.Waiting.until;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.protocol.ClientMessage;
import org.thespis.protocol.ClientMessage.Token;
import org.thespis.protocol.ErrorDetail;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.TokenEnds;

/** Tokens that are renewed while a connection is open. */
@Timeout(60)
class TokenRenewalTest {

    private final BlockingQueue<String> tokens = new LinkedBlockingQueue<>();
    private final List<String> failed = new CopyOnWriteArrayList<>();
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

    private void each(long endsInMillis, boolean answers) {
        server.script = line -> {
            lines.incrementAndGet();
            tokens.add(line.request().headers().get("x-rivet-token"));
            line.accept().init().send(new TokenEnds(endsInMillis));
            for (ClientMessage message = line.read(); message != null; message = line.read()) {
                if (message instanceof Token fresh) {
                    tokens.add(fresh.token());
                    if (answers) {
                        line.send(new TokenEnds(endsInMillis));
                    } else {
                        line.send(new Failure(
                                new ErrorDetail("auth", "token_invalid", "The token is none", null, null), null));
                    }
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
        each(800, true);
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

    @Test
    void aTokenThatIsNotTakenIsToldAndAskedForAgainAFewTimes() throws Exception {
        each(1_600, false);
        AtomicInteger given = new AtomicInteger();
        try (ActorClient client = client(Encoding.BARE, () -> "t" + given.incrementAndGet())) {
            ActorConnection connection = connect(client);
            for (int i = 1; i <= 3; i++) { // with 400 and 100 ms left; then it is too late
                assertThat(next(tokens)).isEqualTo("t" + i);
            }
            until(() -> failed.size() == 2);
            assertThat(failed).containsOnly("auth.token_invalid");
            assertThat(connection.status()).isEqualTo(ConnectionStatus.CONNECTED);
        }
    }

    @Test
    void aSupplierThatThrowsOrHasNoneLeavesTheLineAndIsAskedAgain() throws Exception {
        each(1_600, true);
        AtomicInteger asked = new AtomicInteger();
        try (ActorClient client = client(Encoding.BARE, () -> {
            int time = asked.incrementAndGet();
            if (time == 2) {
                throw new StackOverflowError("what applications do");
            }
            return "t" + time;
        })) {
            connect(client);
            assertThat(next(tokens)).isEqualTo("t1");
            assertThat(next(tokens)).isEqualTo("t3");
            assertThat(failed).containsExactly("client.supply_failed");
            assertThat(lines.get()).isEqualTo(1);
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
