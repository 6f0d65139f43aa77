package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what actors have that keep ledgers, over HTTP by one server. */
final class LedgerReader {

    /** A call that takes longer hangs. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long END_SECONDS = 30;
    private static final long PLANNED_SECONDS = 30;
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final String DONE = "{\"output\":";

    private final HttpClient http;
    private final ServerProcess server;
    private final String type;

    LedgerReader(HttpClient http, ServerProcess server, String type) {
        this.http = http;
        this.server = server;
        this.type = type;
    }

    static URI address(ServerProcess server, String scheme, String type, String key, String rest) {
        return URI.create(scheme + "://localhost:" + server.address().getPort() + "/gateway/" + type + "/" + rest
                + "?rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=" + key);
    }

    /** Calls an action, and gives what is answered, whatever it is. */
    String post(String key, String action, String arguments) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(server, "http", type, key, "action/" + action))
                .timeout(LIMIT)
                .POST(BodyPublishers.ofString("{\"args\":[" + arguments + "]}"))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }

    /** Waits for what is planned. */
    List<Integer> entriesWith(Set<Integer> numbers, String key, String client) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PLANNED_SECONDS);
        List<Integer> entries = entries(key, client);
        while (!new HashSet<>(entries).containsAll(numbers) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            entries = entries(key, client);
        }
        return entries;
    }

    private List<Integer> entries(String key, String client) throws InterruptedException {
        String answer = answered(key, "entries", "\"" + client + "\"");
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(answer);
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group()));
        }
        return numbers;
    }

    boolean isAlike(String key, String client) throws InterruptedException {
        return answered(key, "isAlike", "\"" + client + "\"").equals("{\"output\":true}");
    }

    int livedTwice(String key) throws InterruptedException {
        return Integer.parseInt(answered(key, "livedTwice", "").replaceAll("\\D", ""));
    }

    /** The answer of an action that only reads, which is asked again while its actor moves, or its server closes lines as it starts. */
    private String answered(String key, String action, String arguments) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        String answer = read(key, action, arguments);
        while (!answer.startsWith(DONE) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            answer = read(key, action, arguments);
        }
        assertThat(answer).startsWith(DONE);
        return answer;
    }

    private String read(String key, String action, String arguments) throws InterruptedException {
        try {
            return post(key, action, arguments);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
