package org.thespis.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.client.Waiting.result;
import static org.thespis.client.Waiting.until;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.thespis.api.Subscription;
import org.thespis.client.StubServer.Page;
import org.thespis.protocol.ClientMessage;
import org.thespis.protocol.ClientMessage.ActionRequest;

/** What {@code docs/java-client.md} and the README show stands here word for word, and runs. */
@Timeout(60)
class ClientsGuideTest {

    public record Message(String userId, String text) {}

    public interface Chat {
        CompletionStage<Message> sendMessage(String userId, String text);

        List<Message> history();
    }

    interface Login {
        String freshToken();
    }

    private final List<String> shown = new CopyOnWriteArrayList<>();
    private StubServer server;
    private String endpoint;

    @BeforeEach
    void start() throws IOException {
        server = new StubServer();
        endpoint = server.endpoint();
        server.pages = request -> Page.output(request, answer(request.target()));
        server.script = line -> {
            line.accept().init();
            for (ClientMessage message = line.read(); message != null; message = line.read()) {
                if (message instanceof ActionRequest call) {
                    line.event("messageReceived", Map.of("userId", "ann", "text", "hello"))
                            .answer(call, answer(call.name()));
                }
            }
        };
    }

    private static Object answer(String action) {
        if (action.contains("history")) {
            return List.of(Map.of("userId", "ann", "text", "hello"));
        }
        return action.contains("sendMessage") ? Map.of("userId", "ann", "text", "hello") : 5L;
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private void show(String text) {
        shown.add(text);
    }

    @Test
    void callsThatStandForThemselves() throws Exception {
        ActorClient client = ActorClient.connect(endpoint);
        RemoteActor visits = client.type("counter").getOrCreate("visits");
        CompletionStage<Integer> count = visits.call(Integer.class, "increment", 5);
        Object now = visits.blocking().call("getCount");
        assertThat(result(count)).isEqualTo(5);
        assertThat(now).isEqualTo(5L);
        client.close();
    }

    @Test
    void connections() throws Exception {
        ActorClient client = ActorClient.connect(endpoint);
        ActorConnection room = client.type("chatRoom").getOrCreate("general").connect(Map.of("name", "ann"));
        Subscription messages = room.on("messageReceived", Message.class, message -> show(message.text()));
        room.once("closed", arguments -> show("closed"));
        room.onStatus(status -> show(status.name()));
        room.call("sendMessage", "ann", "hello");
        until(() -> shown.contains("hello"));
        messages.close();
        room.close();
        result(room.ended());
        assertThat(shown).endsWith("CLOSED");
        client.close();
    }

    @Test
    void interfaces() {
        try (ActorClient client = ActorClient.connect(endpoint)) {
            ActorConnection room =
                    client.type("chatRoom").getOrCreate("general").connect();
            Chat chat = client.type("chatRoom", Chat.class).getOrCreate("general");
            List<Message> all = chat.history();
            Chat connected = room.as(Chat.class);
            assertThat(connected.history()).isEqualTo(all).containsExactly(new Message("ann", "hello"));
        }
    }

    @Test
    void theBuilder() throws Exception {
        Login login = () -> "token";
        ActorClient client = ActorClient.builder(endpoint)
                .encoding(Encoding.JSON)
                .token(() -> login.freshToken())
                .parameters(() -> Map.of("name", "ann"))
                .times(ClientTimes.DEFAULT.withCall(Duration.ofSeconds(10)))
                .build();
        result(client.type("chatRoom").get("general").connect().opened());
        client.close();
    }

    @Test
    void threadsOfTheServer() throws Exception {
        Executor managedExecutorService = ForkJoinPool.commonPool();
        ActorClient client =
                ActorClient.builder(endpoint).executor(managedExecutorService).build();
        result(client.type("chatRoom").get("general").connect().opened());
        client.close();
    }

    @Test
    void theReadme() throws Exception {
        try (ActorClient client = ActorClient.connect(endpoint)) {
            ActorConnection counter =
                    client.type("counter").getOrCreate("visits").connect();
            counter.on("newCount", Integer.class, count -> System.out.println("event: " + count));
            System.out.println("answer: " + counter.blocking().call("increment", 5));
        }
    }

    @Test
    void allOfItStandsHere() throws IOException {
        String here = plain(Files.readString(Path.of("src/test/java/org/thespis/client/ClientsGuideTest.java")));
        List<String> blocks = blocks(Files.readString(Path.of("../docs/java-client.md")));
        assertThat(blocks).hasSize(6).allSatisfy(block -> assertStands(here, block));
        String readme = Files.readString(Path.of("../README.md"));
        String section = readme.substring(readme.indexOf("\n## Calls from a Java program\n"));
        assertStands(here, blocks(section).get(0));
    }

    /** All its statements in order; a test may wait in between. */
    private static void assertStands(String here, String block) {
        Pattern inOrder = Pattern.compile(plain(block)
                .replaceAll("(?<=[;{])", "\n")
                .lines()
                .map(Pattern::quote)
                .collect(Collectors.joining("(?:until\\([^;]*;)?")));
        assertThat(here).containsPattern(inOrder);
    }

    private static List<String> blocks(String guide) {
        return Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(guide)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** As lines may be broken elsewhere. */
    private static String plain(String code) {
        Matcher blanks = Pattern.compile("\\s+").matcher(code);
        return blanks.replaceAll("");
    }
}
