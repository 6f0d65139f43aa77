package org.thespis.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls a ledger again and again, some calls at a time, and notes what it was told, until its line is cut. */
final class CrashClient implements WebSocket.Listener {

    private static final int IN_FLIGHT = 4;
    private static final Pattern ANSWER =
            Pattern.compile("\"ActionResponse\",\"val\":\\{\"id\":\\[\"\\$BigInt\",\"(\\d+)\"\\]");
    private static final Pattern EVENT = Pattern.compile("\"args\":\\[\"([^\"]+)\",(\\d+)\\],\"name\":\"added\"");

    /** Numbers of this client that were answered. */
    final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

    /** Numbers of each client that an event told of. */
    final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();

    final CountDownLatch ended = new CountDownLatch(1);

    private final String name;
    private final AtomicInteger next = new AtomicInteger();
    private final StringBuilder text = new StringBuilder();

    private CrashClient(String name) {
        this.name = name;
    }

    static CrashClient start(HttpClient http, URI address, String name) {
        CrashClient client = new CrashClient(name);
        WebSocket socket = http.newWebSocketBuilder()
                .subprotocols("rivet", "rivet_encoding.json")
                .buildAsync(address, client)
                .join();
        socket.sendText(
                "{\"body\":{\"tag\":\"SubscriptionRequest\",\"val\":{\"eventName\":\"added\",\"subscribe\":true}}}",
                true);
        return client;
    }

    String name() {
        return name;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            heard(socket, message);
        }
        socket.request(1);
        return null;
    }

    private void heard(WebSocket socket, String message) {
        if (message.contains("\"tag\":\"Init\"")) {
            call(socket, IN_FLIGHT);
            return;
        }
        Matcher answer = ANSWER.matcher(message);
        if (answer.find()) {
            acknowledged.add(Integer.parseInt(answer.group(1)));
            call(socket, 1);
            return;
        }
        Matcher event = EVENT.matcher(message);
        if (event.find()) {
            seen.computeIfAbsent(event.group(1), c -> ConcurrentHashMap.newKeySet())
                    .add(Integer.parseInt(event.group(2)));
        }
    }

    /** One send after the other, as the socket wants it. */
    private void call(WebSocket socket, int times) {
        if (times == 0) {
            return;
        }
        int number = next.incrementAndGet();
        String request = "{\"body\":{\"tag\":\"ActionRequest\",\"val\":{\"id\":[\"$BigInt\",\"" + number
                + "\"],\"name\":\"add\",\"args\":[\"" + name + "\"," + number + "]}}}";
        socket.sendText(request, true).thenRun(() -> call(socket, times - 1));
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        ended.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        ended.countDown();
    }
}
