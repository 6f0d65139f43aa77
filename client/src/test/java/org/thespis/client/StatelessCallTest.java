package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thespis.client.Waiting.failure;
import static org.thespis.client.Waiting.result;
import static org.thespis.client.Waiting.until;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.client.StubServer.Page;
import org.thespis.client.StubServer.Request;
import org.thespis.protocol.ErrorDetail;
import org.thespis.protocol.PlainCodec;

@Timeout(60)
class StatelessCallTest {

    private static final String ACTOR =
            "{\"actor\":{\"actor_id\":\"id-7\",\"name\":\"room\",\"key\":\"a\"},\"created\":true}";
    private static final ClientTimes SHORT =
            ClientTimes.DEFAULT.withCall(Duration.ofMillis(600)).withRetry(Duration.ofMillis(300));

    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private ActorClientBuilder client() {
        return ActorClient.builder(server.endpoint());
    }

    private Page echo(Request request) throws Exception {
        return Page.output(request, request.codec().decodeArguments(request.body()));
    }

    private Page busy(Request request) {
        return Page.json(503, "{\"group\":\"guard\",\"code\":\"service_unavailable\",\"message\":\"later\"}");
    }

    @ParameterizedTest
    @EnumSource
    void callsAnActionInEachEncoding(Encoding encoding) throws Exception {
        server.pages = this::echo;
        try (ActorClient client = client().encoding(encoding).build()) {
            RemoteActor room = client.type("room").getOrCreate("a b", "c");
            assertThat(result(room.call("users.add", 1, "x", null, Map.of("k", List.of(2)))))
                    .isEqualTo(java.util.Arrays.asList(1L, "x", null, Map.of("k", List.of(2L))));
        }
        Request request = server.requests.get(0);
        assertThat(request.target())
                .isEqualTo(
                        "/gateway/room/action/users.add?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default"
                                + "&rvt-key=a+b,c");
        assertThat(request.headers().get("x-rivet-encoding"))
                .isEqualTo(encoding.codec().name());
        assertThat(request.headers()).doesNotContainKeys("upgrade", "idempotency-key", "x-rivet-conn-params");
    }

    @Test
    void bindsTheResult() throws Exception {
        server.pages = request -> Page.output(request, 5L);
        try (ActorClient client = client().build()) {
            RemoteActor room = client.type("room").get("a");
            assertThat(result(room.call(Integer.class, "count"))).isEqualTo(5);
            assertThat(room.blocking().call(Long.class, "count")).isEqualTo(5L);
            assertThat(failure(room.call(Map.class, "count"))).isEqualTo("actor.invalid_result");
        }
        assertThat(server.requests.get(0).target())
                .contains("rvt-method=get&rvt-key=a")
                .doesNotContain("runner");
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhatTheActorThrew(Encoding encoding) {
        server.pages = request ->
                Page.error(request, 400, new ErrorDetail("user", "late", "Too late", Map.of("by", 3L), null));
        try (ActorClient client = client().encoding(encoding).build()) {
            assertThatThrownBy(() -> client.type("room").get("a").blocking().call("enter"))
                    .isInstanceOfSatisfying(ActorCallException.class, e -> {
                        assertThat(e.group()).isEqualTo("user");
                        assertThat(e.code()).isEqualTo("late");
                        assertThat(e).hasMessage("Too late");
                        assertThat(e.metadata()).isEqualTo(Map.of("by", 3L));
                    });
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void triesAgainWhatWasNotRun() throws Exception {
        server.pages = request -> server.requests.size() < 3 ? busy(request) : echo(request);
        try (ActorClient client = client().build()) {
            assertThat(result(client.type("room").get("a").call("x", 1))).isEqualTo(List.of(1L));
        }
        assertThat(server.requests).hasSize(3);
    }

    @Test
    void givesUpWhenItsTimeIsOver() {
        server.pages = this::busy;
        try (ActorClient client = client().times(SHORT).build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("guard.service_unavailable");
        }
        assertThat(server.requests).hasSizeGreaterThan(1);
    }

    @Test
    void waitsForAServerThatStarts() throws Exception {
        int port = server.port();
        server.close();
        try (ActorClient client = client().build()) {
            CompletionStage<Object> answer = client.type("room").get("a").call("x", 1);
            server = new StubServer(port);
            server.pages = this::echo;
            assertThat(result(answer)).isEqualTo(List.of(1L));
        }
    }

    @Test
    void saysThatTheServerIsOutOfReach() throws IOException {
        server.close();
        try (ActorClient client = client().times(SHORT).build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("client.unreachable");
        }
    }

    @Test
    void doesNotAskAgainWhatMayHaveRun() {
        server.pages = request -> {
            throw new java.net.SocketException(); // ends the line
        };
        try (ActorClient client = client().build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("client.connection_lost");
        }
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void asksAgainWithTheSameKeyWhereCallsCountOnce() throws Exception {
        server.pages = request -> {
            if (server.requests.size() == 1) {
                throw new java.net.SocketException();
            }
            return echo(request);
        };
        try (ActorClient client = client().callsCountOnce().build()) {
            assertThat(result(client.type("room").get("a").call("x", 1))).isEqualTo(List.of(1L));
        }
        assertThat(server.requests).hasSize(2);
        assertThat(server.requests.get(0).headers().get("idempotency-key"))
                .isNotNull()
                .isEqualTo(server.requests.get(1).headers().get("idempotency-key"));
    }

    @Test
    void aServerThatNeverAnswersIsNotWaitedForAndItsLineIsLetGoOf() throws Exception {
        server.pages = request -> null;
        try (ActorClient client = client().times(SHORT).build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("actor.call_timed_out");
            assertThatThrownBy(() -> client.type("room")
                            .get("a")
                            .blocking(Duration.ofMillis(50))
                            .call("x"))
                    .hasMessageContaining("PT0.05S");
            until(() -> server.openLines() == 0);
        }
    }

    @Test
    void anAnswerThatIsNoneIsSaidSo() {
        server.pages = request -> new Page(200, "application/octet-stream", new byte[] {4, 0, 9});
        try (ActorClient client = client().build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("client.malformed_message");
        }
    }

    @Test
    void theErrorPageOfAServerWithoutTheApplicationIsATemporaryOne() {
        server.pages = request -> new Page(404, "text/html", "<html>".getBytes(StandardCharsets.UTF_8));
        try (ActorClient client = client().times(SHORT).build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("client.unreachable");
        }
        assertThat(server.requests).hasSizeGreaterThan(1);
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() {
        server.pages = request -> Page.output(request, "x".repeat(5_000));
        ClientBounds small = new ClientBounds(10, 10_000, 10, 10_000, 4_000, 2);
        try (ActorClient client = client().bounds(small).build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("client.answer_too_long");
        }
    }

    @Test
    void callsAreBounded() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        server.pages = request -> {
            gate.await();
            return echo(request);
        };
        try (ActorClient client =
                client().bounds(ClientBounds.DEFAULT.withCalls(2, 1_000)).build()) {
            RemoteActor room = client.type("room").get("a");
            List<CompletionStage<Object>> in = List.of(room.call("x"), room.call("x"));
            assertThat(failure(room.call("x"))).isEqualTo("client.too_many_calls");
            gate.countDown();
            for (CompletionStage<Object> call : in) {
                result(call);
            }
            assertThat(result(room.call("x"))).isEqualTo(List.of());
        }
    }

    @Test
    void argumentsWithoutAFormFailTheirCallOnly() throws Exception {
        server.pages = this::echo;
        List<Object> endless = new ArrayList<>();
        endless.add(endless);
        try (ActorClient client = client().build()) {
            RemoteActor room = client.type("room").get("a");
            assertThat(failure(room.call("x", endless))).isEqualTo("message.outgoing_unencodable");
            assertThat(failure(room.call("x", "\ud800"))).isEqualTo("message.outgoing_unencodable");
            assertThat(result(room.call("x", 1))).isEqualTo(List.of(1L));
        }
    }

    @Test
    void sendsParametersAndTokenFreshForEachCall() throws Exception {
        server.pages = this::echo;
        AtomicInteger asked = new AtomicInteger();
        try (ActorClient client = client().token(() -> "token-" + asked.incrementAndGet())
                .parameters(() -> Map.of("name", "é☃", "n", asked.get()))
                .build()) {
            RemoteActor room = client.type("room").get("a");
            result(room.call("x"));
            result(room.call("x"));
            result(room.withParameters("own").call("x"));
        }
        assertThat(server.requests)
                .map(request -> request.headers().get("x-rivet-token"))
                .containsExactly("token-1", "token-2", "token-3");
        assertThat(PlainCodec.readJson(server.requests.get(1).headers().get("x-rivet-conn-params")))
                .isEqualTo(Map.of("name", "é☃", "n", 2L));
        assertThat(server.requests.get(2).headers().get("x-rivet-conn-params")).isEqualTo("\"own\"");
    }

    @Test
    void aSupplierThatThrowsFailsItsCall() {
        try (ActorClient client = client().token(() -> {
                    throw new IllegalStateException("no login");
                })
                .build()) {
            assertThatThrownBy(() -> client.type("room").get("a").blocking().call("x"))
                    .hasMessageContaining("no login");
        }
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aTokenThatWouldBeAHeaderOfItsOwnIsRefused() {
        try (ActorClient client = client().token(() -> "a\r\nx: y").build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("client.supply_failed");
        }
        assertThat(server.requests).isEmpty();
    }

    @Test
    void aSupplierThatBlocksIsInterrupted() throws Exception {
        CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
        ClientTimes times = new ClientTimes(
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(10),
                Duration.ofMillis(10));
        try (ActorClient client = client().times(times)
                .parameters(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.complete(e);
                    }
                    return null;
                })
                .build()) {
            assertThat(failure(client.type("room").get("a").call("x"))).isEqualTo("client.supply_failed");
            assertThat(result(interrupted)).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aKeyThatAnAddressCannotNameIsResolved() throws Exception {
        server.pages = request -> request.target().startsWith("/actors") ? Page.json(200, ACTOR) : echo(request);
        try (ActorClient client = client().build()) {
            assertThat(result(client.type("room").getOrCreate("a,b").call("x", 1)))
                    .isEqualTo(List.of(1L));
        }
        assertThat(server.requests).map(Request::method).containsExactly("PUT", "POST");
        assertThat(server.requests.get(0).text()).contains("\"key\":\"a,b\"");
        assertThat(server.requests.get(1).target()).isEqualTo("/gateway/id-7/action/x");
    }

    @Test
    void inputGoesInTheAddressOrIfItIsLongBefore() throws Exception {
        server.pages = request -> request.target().startsWith("/actors") ? Page.json(200, ACTOR) : echo(request);
        try (ActorClient client = client().build()) {
            result(client.type("room")
                    .getOrCreate(ActorKey.of("a"), Map.of("start", 5))
                    .call("x"));
            result(client.type("room")
                    .getOrCreate(ActorKey.of("a"), "x".repeat(5_000))
                    .call("x"));
        }
        String query = server.requests.get(0).target();
        String input = query.substring(query.indexOf("rvt-input=") + "rvt-input=".length());
        assertThat(PlainCodec.readCbor(Base64.getUrlDecoder().decode(input))).isEqualTo(Map.of("start", 5L));
        assertThat(server.requests.get(1).method()).isEqualTo("PUT");
    }

    @Test
    void createsFindsAndDestroys() throws Exception {
        server.pages = request -> switch (request.method()) {
            case "POST" -> Page.json(200, ACTOR);
            case "GET" -> Page.json(
                    200,
                    URLDecoder.decode(request.target(), StandardCharsets.UTF_8).contains("key=none")
                            ? "{\"actors\":[]}"
                            : "{\"actors\":[{\"actor_id\":\"id-7\"}]}");
            default -> Page.json(200, "{}");
        };
        try (ActorClient client = client().build()) {
            RemoteActors rooms = client.type("room");
            RemoteActor created = client.reference(result(rooms.create(ActorKey.of("a"), null)));
            assertThat(result(created.id())).isEqualTo("id-7");
            assertThat(result(rooms.exists("a"))).isTrue();
            assertThat(result(rooms.exists("none"))).isFalse();
            assertThat(failure(rooms.get("none").id())).isEqualTo("actor.not_found");
            result(rooms.get("a").destroy());
            result(rooms.get("none").destroy());
        }
        assertThat(server.requests).map(Request::method).containsOnlyOnce("DELETE");
    }

    @Test
    void aTakenKeyIsSaidSo() {
        server.pages = request -> Page.json(
                400,
                "{\"group\":\"actor\",\"code\":\"duplicate_key\",\"message\":\"taken\",\"metadata\":{\"existing_actor_id\":\"x\"}}");
        try (ActorClient client = client().build()) {
            assertThat(failure(client.type("room").create(ActorKey.of("a"), null)))
                    .isEqualTo("actor.duplicate_key");
        }
    }

    @Test
    void aKeyThatIsNoTextIsRefused() {
        try (ActorClient client = client().build()) {
            assertThat(failure(client.type("room").getOrCreate("\ud800").call("x")))
                    .isEqualTo("actor.invalid_key");
        }
    }

    @Test
    void closeFailsWhatIsOpenAndWhatComes() {
        server.pages = request -> null;
        ActorClient client = client().build();
        RemoteActor room = client.type("room").get("a");
        CompletionStage<Object> call = room.call("x");
        client.close();
        client.close();
        assertThat(failure(call)).isEqualTo("client.closed");
        assertThat(failure(room.call("x"))).isEqualTo("client.closed");
    }

    @Test
    void manyThreadsCallAtOnce() throws Exception {
        server.pages = this::echo;
        try (ActorClient client = client().build()) {
            RemoteActor room = client.type("room").get("a");
            List<Thread> threads = new ArrayList<>();
            AtomicInteger right = new AtomicInteger();
            for (int t = 0; t < 4; t++) {
                int mine = t;
                threads.add(new Thread(() -> {
                    for (int i = 0; i < 50; i++) {
                        Object answer = room.blocking().call("x", mine, i);
                        right.addAndGet(answer.equals(List.of((long) mine, (long) i)) ? 1 : 0);
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(right).hasValue(200);
        }
    }

    @Test
    void anEndpointThatIsNoneIsRefused() {
        for (String wrong : List.of("localhost:8080", "ftp://localhost", "http://localhost/?a=b", "http:///x")) {
            assertThatThrownBy(() -> ActorClient.connect(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
