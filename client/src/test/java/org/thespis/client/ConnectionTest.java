package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.thespis.client.Waiting.failure;
import static org.thespis.client.Waiting.next;
import static org.thespis.client.Waiting.result;
import static org.thespis.client.Waiting.until;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thespis.api.ActorReference;
import org.thespis.api.Subscription;
import org.thespis.client.StubServer.Page;
import org.thespis.protocol.ClientMessage;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.ErrorDetail;
import org.thespis.protocol.ServerMessage.Failure;

@Timeout(60)
class ConnectionTest {

    public record Moved(String who, int x) {}

    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private StubServer server;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        server.script = line -> serve(line.accept().init());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    /** Answers calls with their arguments; "emit" sends an event first, "fail" fails. */
    private static void serve(StubLine line) throws Exception {
        for (ClientMessage message = line.read(); message != null; message = line.read()) {
            if (message instanceof ActionRequest call) {
                serve(line, call);
            }
        }
    }

    private static void serve(StubLine line, ActionRequest call) throws IOException {
        switch (call.name()) {
            case "emit" -> line.event(
                            (String) call.arguments().get(0), call.arguments().get(1))
                    .answer(call, "done");
            case "fail" -> line.send(
                    new Failure(new ErrorDetail("user", "late", "Too late", List.of(1L), null), call.id()));
            default -> line.answer(call, call.arguments());
        }
    }

    private ActorClient client() {
        return ActorClient.connect(server.endpoint());
    }

    @ParameterizedTest
    @EnumSource
    void callsAndHearsInEachEncoding(Encoding encoding) throws Exception {
        try (ActorClient client =
                ActorClient.builder(server.endpoint()).encoding(encoding).build()) {
            ActorConnection room = client.type("room").getOrCreate("a", "b").connect(Map.of("name", "(é) ☃"));
            room.on("moved", heard::add);
            room.on("moved", Moved.class, heard::add);
            assertThat(result(room.call("x", 1, "y", null))).isEqualTo(Arrays.asList(1L, "y", null));
            result(room.call("emit", "moved", new Moved("ann", 3)));
            assertThat(next(heard)).isEqualTo(List.of(Map.of("who", "ann", "x", 3L)));
            assertThat(next(heard)).isEqualTo(new Moved("ann", 3));
            assertThat(failure(room.call("fail"))).isEqualTo("user.late");
            assertThat(room.actorId()).contains("actor-1");
            assertThat(room.connectionId()).contains("connection-1");
            assertThat(room.status()).isEqualTo(ConnectionStatus.CONNECTED);
            room.close();
            result(room.ended());
            assertThat(room.status()).isEqualTo(ConnectionStatus.CLOSED);
            until(() -> server.openLines() == 0);
        }
    }

    @Test
    void saysWhoItIsWhenItOpens() throws Exception {
        BlockingQueue<StubServer.Request> asked = new LinkedBlockingQueue<>();
        server.script = line -> {
            asked.add(line.request());
            serve(line.accept().init());
        };
        try (ActorClient client = ActorClient.builder(server.endpoint())
                .token(() -> "t-1")
                .parameters(() -> Map.of("name", "(ann)"))
                .build()) {
            result(client.type("room").getOrCreate("a", "b").connect().opened());
        }
        StubServer.Request request = next(asked);
        assertThat(request.target())
                .isEqualTo(
                        "/gateway/room/connect?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=a,b");
        assertThat(request.headers().get("sec-websocket-protocol"))
                .isEqualTo("rivet, rivet_encoding.bare, rivet_conn_params.%7B%22name%22%3A%22%28ann%29%22%7D,"
                        + " thespis_token_renewal");
        assertThat(request.headers().get("x-rivet-token")).isEqualTo("t-1");
    }

    @Test
    void aKeyThatAnAddressCannotNameIsResolved() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        server.pages = request -> Page.json(200, "{\"actor\":{\"actor_id\":\"id-7\"},\"created\":true}");
        server.script = line -> {
            asked.add(line.request().target());
            serve(line.accept().init());
        };
        try (ActorClient client = client()) {
            for (String key : List.of("a,b", "a b", "é", "%0d%0ax: y", "a%41")) {
                try (ActorConnection room = client.type("room").getOrCreate(key).connect()) {
                    result(room.opened());
                    assertThat(next(asked)).isEqualTo("/gateway/id-7/connect");
                }
            }
        }
    }

    @Test
    void callsWaitForTheActorInOrder() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        server.script = line -> {
            line.accept();
            gate.join();
            serve(line.init());
        };
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            List<Object> order = new CopyOnWriteArrayList<>();
            List<CompletionStage<Void>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(room.call("x", i).thenAccept(order::add));
            }
            assertThat(room.status()).isEqualTo(ConnectionStatus.CONNECTING);
            gate.complete(null);
            for (CompletionStage<Void> call : calls) {
                result(call);
            }
            assertThat(order).hasSize(50).isSortedAccordingTo((a, b) -> Long.compare(first(a), first(b)));
        }
    }

    private static long first(Object list) {
        return (Long) ((List<?>) list).get(0);
    }

    @Test
    void eventsOfAnActionAreHeardBeforeItsAnswer() throws Exception {
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            room.on("tick", heard::add);
            for (long i = 0; i < 100; i++) {
                result(room.call("emit", "tick", i));
                assertThat(heard.poll()).isEqualTo(List.of(i));
            }
        }
    }

    @Test
    void onceHearsOneEvent() throws Exception {
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            Subscription once = room.once("tick", heard::add);
            Subscription typed = room.once("tick", Integer.class, heard::add);
            room.call("emit", "tick", 1);
            result(room.call("emit", "tick", 2));
            assertThat(heard).containsExactly(List.of(1L), 1);
            result(once.ended());
            result(typed.ended());
        }
    }

    @Test
    void subscribesOnceForAllListenersAndUnsubscribesWithTheLast() throws Exception {
        BlockingQueue<ClientMessage> told = new LinkedBlockingQueue<>();
        server.script = line -> {
            line.accept().init();
            for (ClientMessage message = line.read(); message != null; message = line.read()) {
                told.add(message);
            }
        };
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            result(room.opened());
            Subscription first = room.on("tick", heard::add);
            Subscription second = room.on("tick", heard::add);
            result(first.opened());
            result(second.opened());
            first.close();
            first.close();
            result(first.ended());
            second.close();
            room.tell("end");
            assertThat(next(told)).isEqualTo(new SubscriptionRequest("tick", true));
            assertThat(next(told)).isEqualTo(new SubscriptionRequest("tick", false));
            assertThat(next(told)).isInstanceOf(ActionRequest.class);
        }
    }

    @Test
    void aSubscriptionThatIsRefusedEndsAlone() throws Exception {
        server.script = line -> {
            line.accept().init();
            line.read();
            line.send(new Failure(new ErrorDetail("auth", "forbidden", "no", Map.of("event", "secret"), null), null));
            serve(line);
        };
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            Subscription refused = room.on("secret", heard::add);
            assertThat(failure(refused.ended())).isEqualTo("auth.forbidden");
            assertThat(result(room.call("x"))).isEqualTo(List.of());
            assertThat(server.upgrades()).isEqualTo(1);
        }
    }

    @Test
    void anErrorThatTheLineSurvivesIsToldAtOnceAndNotTakenForTheReasonOfItsEnd() throws Exception {
        server.script = line -> {
            line.accept().init();
            line.send(new Failure(new ErrorDetail("user", "no_entry", "Not for you", null, null), null));
            line.call();
            line.close(1000, "");
        };
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            room.onError(error -> heard.add(error.code()));
            assertThat(next(heard)).isEqualTo("no_entry");
            assertThat(failure(room.call("x"))).isEqualTo("client.connection_lost");
        }
    }

    @Test
    void whoListensAfterItIsOpenIsToldTheNextOpening() throws Exception {
        server.script = line -> {
            line.accept().init();
            line.read();
            line.close(1000, "");
        };
        try (ActorClient client = client()) {
            for (int i = 0; i < 20; i++) {
                ActorConnection room = client.type("room").get("a").connect();
                result(room.opened());
                room.onClose(() -> heard.add("close"));
                room.onOpen(() -> heard.add("open"));
                room.tell("end");
                assertThat(next(heard)).isEqualTo("close");
                assertThat(next(heard)).isEqualTo("open");
                room.close();
                result(room.ended());
                heard.clear();
            }
        }
    }

    @Test
    void listenersThatThrowHarmNobody() throws Exception {
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            room.onOpen(() -> {
                throw new IllegalStateException("of the listener");
            });
            room.on("tick", arguments -> {
                throw new AssertionError("of the listener");
            });
            room.on("tick", Moved.class, heard::add); // does not fit
            room.on("tick", heard::add);
            result(room.call("emit", "tick", "text"));
            assertThat(heard).containsExactly(List.of("text"));
        }
    }

    @Test
    void aListenerCannotWaitForItsOwnConnection() throws Exception {
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            ActorConnection other = client.type("room").get("b").connect();
            room.on("tick", arguments -> {
                try {
                    room.call("x").toCompletableFuture().join();
                } catch (IllegalStateException e) {
                    heard.add(e.getMessage());
                }
                heard.add(other.blocking().call("x", 1));
                room.call("x", 2).thenAccept(heard::add);
            });
            room.tell("emit", "tick", 1);
            assertThat(next(heard)).asString().contains("thenAccept");
            assertThat(next(heard)).isEqualTo(List.of(1L));
            assertThat(next(heard)).isEqualTo(List.of(2L));
        }
    }

    @Test
    void aListenerThatBlocksHoldsUpItsOwnConnectionOnly() throws Exception {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        try (ActorClient client = client()) {
            ActorConnection slow = client.type("room").get("a").connect();
            slow.on("tick", arguments -> gate.join());
            CompletionStage<Object> behind = slow.call("emit", "tick", 1);
            for (int i = 0; i < 20; i++) {
                assertThat(result(client.type("room").get("b").connect().call("x", i)))
                        .isEqualTo(List.of((long) i));
            }
            assertThat(behind.toCompletableFuture()).isNotDone();
            gate.complete(null);
            assertThat(result(behind)).isEqualTo("done");
        }
    }

    @Test
    void tellsItsStatus() throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            room.onStatus(seen::add);
            room.onOpen(() -> seen.add("open"));
            room.onClose(() -> seen.add("close"));
            room.onError(seen::add);
            Registration ended = room.onOpen(() -> seen.add("never"));
            ended.close();
            ended.close();
            result(room.call("x"));
            room.close();
            result(room.ended());
        }
        assertThat(seen).endsWith("close", ConnectionStatus.CLOSED).doesNotContain("never");
    }

    @Test
    void twoThreadsCallListenAndLeaveAtOnce() throws Exception {
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            AtomicInteger right = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                long mine = t;
                threads.add(new Thread(() -> {
                    for (long i = 0; i < 500; i++) {
                        try (Subscription subscription = room.on("tick", arguments -> {})) {
                            Object answer = room.blocking().call("x", mine, i);
                            right.addAndGet(answer.equals(List.of(mine, i)) ? 1 : 0);
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(right).hasValue(2_000);
        }
    }

    @Test
    void aReferenceListensOverAConnectionOfItsOwn() throws Exception {
        server.script = line -> {
            line.accept().init();
            line.read();
            line.event("tick", 5L);
            line.drain();
        };
        try (ActorClient client = client()) {
            Subscription subscription = client.type("room").get("a").on("tick", Integer.class, heard::add);
            result(subscription.opened());
            assertThat(next(heard)).isEqualTo(5);
            subscription.close();
            result(subscription.ended());
            until(() -> server.openLines() == 0);
        }
    }

    @Test
    void whatItIsClosedWithIsTold() throws Exception {
        server.script = line -> line.accept().init().drain();
        try (ActorClient client = client()) {
            ActorConnection room = client.type("room").get("a").connect();
            Subscription subscription = room.on("tick", heard::add);
            CompletionStage<Object> call = room.call("x");
            result(room.opened());
            room.close();
            room.close();
            assertThat(failure(call)).isEqualTo("client.closed");
            result(subscription.ended());
            assertThat(failure(room.call("x"))).isEqualTo("client.closed");
            Subscription late = room.on("tick", heard::add);
            assertThat(failure(late.opened())).isEqualTo("client.closed");
            assertThat(client.type("room").get("a").connect().status()).isEqualTo(ConnectionStatus.CONNECTING);
        }
        ActorClient closed = client();
        closed.close();
        assertThat(failure(closed.type("room").get("a").connect().opened())).isEqualTo("client.closed");
    }

    @Test
    void callsAreBounded() throws Exception {
        server.script = line -> line.accept().drain();
        try (ActorClient client = ActorClient.builder(server.endpoint())
                .bounds(ClientBounds.DEFAULT.withCalls(10, 1_000))
                .build()) {
            ActorConnection room = client.type("room").get("a").connect();
            assertThat(failure(room.call("x", "x".repeat(1_000)))).isEqualTo("client.too_many_calls");
            for (int i = 0; i < 10; i++) {
                assertThat(room.call("x").toCompletableFuture()).isNotDone();
            }
            assertThat(failure(room.call("x"))).isEqualTo("client.too_many_calls");
        }
    }

    interface Room {
        CompletionStage<Integer> post(String text);

        @org.thespis.api.Action("users.add")
        List<String> add(String... names);

        void clear();

        default String greeting() {
            return "hello " + post("default").toCompletableFuture().join();
        }
    }

    interface Generic {
        <T> T any();
    }

    @Test
    void callsThroughAnInterface() throws Exception {
        server.script = line -> {
            line.accept().init();
            for (ClientMessage message = line.read(); message != null; message = line.read()) {
                ActionRequest call = (ActionRequest) message;
                heard.add(call.name());
                line.answer(call, call.name().equals("post") ? (Object) 7L : call.arguments());
            }
        };
        server.pages = request -> Page.output(request, 8L);
        try (ActorClient client = client()) {
            ActorConnection connection = client.type("room").get("a").connect();
            Room room = connection.as(Room.class);
            assertThat(result(room.post("x"))).isEqualTo(7);
            assertThat(room.add("a", "b")).containsExactly("a", "b");
            room.clear();
            assertThat(room.greeting()).isEqualTo("hello 7");
            assertThat(heard).containsExactly("post", "users.add", "clear", "post");
            Room stateless = client.type(Room.class).get("a");
            assertThat(result(stateless.post("x"))).isEqualTo(8);
            assertThat(stateless).isEqualTo(client.type("room", Room.class).get("a"));
            assertThat(server.requests.get(0).target()).startsWith("/gateway/room/action/post?");
            assertThat(client.reference(stateless).name()).isEqualTo("room");
            assertThatThrownBy(() -> client.type(String.class)).hasMessageContaining("no interface");
            assertThatThrownBy(() -> client.type(Generic.class)).hasMessageContaining("generic itself");
            assertThatThrownBy(() -> client.reference("text")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theNameOfATypeCanBeSaid() throws Exception {
        server.pages = request -> Page.output(request, 8L);
        try (ActorClient client =
                ActorClient.builder(server.endpoint()).type(Room.class, "chat").build()) {
            result(client.type(Room.class).getOrCreate("a").post("x"));
            assertThat(server.requests.get(0).target()).startsWith("/gateway/chat/action/post?");
            ActorReference same = client.reference(client.type(Room.class).get("a"));
            assertThat(same).isEqualTo(client.type("chat").get("a")).hasToString("chat/a");
        }
    }
}
