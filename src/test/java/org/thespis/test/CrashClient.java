package org.thespis.test;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.glassfish.tyrus.client.ClientManager;

/** Calls a ledger again and again, some calls at a time, and notes what it was told, until its line is cut. */
final class CrashClient extends Endpoint {

    private static final int IN_FLIGHT = 4;
    private static final int PLANNED = 20; // one call in so many plans what it adds
    private static final int MAX_DELAY_MILLIS = 1_000;
    private static final Pattern ANSWER =
            Pattern.compile("\"ActionResponse\",\"val\":\\{\"id\":\\[\"\\$BigInt\",\"(\\d+)\"\\]");
    private static final Pattern ERROR =
            Pattern.compile("\"Error\",\"val\":\\{\"actionId\":\\[\"\\$BigInt\",\"(\\d+)\"\\]");
    private static final Pattern EVENT = Pattern.compile("\"args\":\\[\"([^\"]+)\",(\\d+)\\],\"name\":\"added\"");

    /** Numbers of this client that were answered. */
    final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

    /** Numbers of this client of which it was told that they failed, and so that nothing was done. */
    final Set<Integer> refused = ConcurrentHashMap.newKeySet();

    /** Numbers of each client that an event told of. */
    final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();

    final CountDownLatch ended = new CountDownLatch(1);

    private final String name;
    private int next; // used by the thread that reads

    private CrashClient(String name) {
        this.name = name;
    }

    static CrashClient start(ClientManager container, URI address, String name)
            throws DeploymentException, IOException {
        CrashClient client = new CrashClient(name);
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of("rivet", "rivet_encoding.json"))
                .build();
        container.connectToServer(client, config, address);
        return client;
    }

    String name() {
        return name;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        session.addMessageHandler(String.class, (MessageHandler.Whole<String>) message -> heard(session, message));
        session.getAsyncRemote()
                .sendText("{\"body\":{\"tag\":\"SubscriptionRequest\","
                        + "\"val\":{\"eventName\":\"added\",\"subscribe\":true}}}");
    }

    private void heard(Session session, String message) {
        if (message.contains("\"tag\":\"Init\"")) {
            for (int i = 0; i < IN_FLIGHT; i++) {
                call(session);
            }
            return;
        }
        Matcher answer = ANSWER.matcher(message);
        if (answer.find()) {
            acknowledged.add(Integer.parseInt(answer.group(1)));
            call(session);
            return;
        }
        Matcher error = ERROR.matcher(message);
        if (error.find()) {
            refused.add(Integer.parseInt(error.group(1)));
            call(session);
            return;
        }
        Matcher event = EVENT.matcher(message);
        if (event.find()) {
            seen.computeIfAbsent(event.group(1), c -> ConcurrentHashMap.newKeySet())
                    .add(Integer.parseInt(event.group(2)));
        }
    }

    private void call(Session session) {
        int number = ++next;
        boolean planned = number % PLANNED == 0;
        String arguments = "\"" + name + "\"," + number + (planned ? "," + number % MAX_DELAY_MILLIS : "");
        session.getAsyncRemote()
                .sendText("{\"body\":{\"tag\":\"ActionRequest\",\"val\":{\"id\":[\"$BigInt\",\"" + number
                        + "\"],\"name\":\"" + (planned ? "addLater" : "add") + "\",\"args\":[" + arguments + "]}}}");
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        ended.countDown();
    }
}
