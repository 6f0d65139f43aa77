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
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A client that behaves well while somebody else does not: calls that change a state and calls that do not, HTTP and not. */
final class Bystander implements Runnable {

    private static final Duration HTTP_TIMEOUT = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 20;
    private static final double PART = 0.99;
    private static final int FEW = 6;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String key = UUID.randomUUID().toString();
    private final RawClient connection;
    private final List<Long> millis =
            new ArrayList<>(); // used by the one that runs, then by the one that has joined it
    private final List<String> failures = new ArrayList<>(); // as well
    private final Thread thread = new Thread(this, "bystander");
    private volatile boolean over;
    private volatile int calls; // written by the one that runs

    private Bystander(URI server) throws InterruptedException {
        this.server = server;
        String socket = "ws://" + server.getAuthority() + "/gateway/counter/connect?" + query(key);
        connection = RawClient.open(URI.create(socket), "rivet_encoding.json");
        connection.await("Init");
    }

    /** Begins to call. */
    static Bystander at(URI server) throws InterruptedException {
        Bystander bystander = new Bystander(server);
        bystander.thread.start();
        return bystander;
    }

    static String query(String key) {
        return "rvt-namespace=default&rvt-method=getOrCreate&rvt-runner=default&rvt-key=" + key;
    }

    @Override
    public void run() {
        for (int i = 1; !over; i++) {
            long begin = System.nanoTime();
            try {
                call(i);
                millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
                calls = i;
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (IOException | InterruptedException | AssertionError e) {
                failures.add(e.toString());
                return;
            }
        }
    }

    private void call(int i) throws IOException, InterruptedException {
        switch (i % 3) {
            case 0 -> connection.call(i, "increment", "1").await("ActionResponse", "\"" + i + "\"");
            case 1 -> post("counter", "increment", "1");
            default -> post("limits", "size", "\"x\"");
        }
    }

    private void post(String actor, String action, String argument) throws IOException, InterruptedException {
        URI uri = server.resolve("/gateway/" + actor + "/action/" + action + "?" + query(key));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(HTTP_TIMEOUT)
                .POST(BodyPublishers.ofString("{\"args\":[" + argument + "]}"))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            failures.add(answer.statusCode() + " " + answer.body());
        }
    }

    /** Whether it goes on: it ends with the first call that gets no answer. */
    private boolean isServed() {
        return thread.isAlive();
    }

    /** Waits until some more calls were answered. */
    void awaitCalls(int more) throws InterruptedException {
        int before = calls;
        while (isServed() && calls < before + more) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Ends the calls, of which there were some. All were answered, nearly all of them within a second. */
    String requireServed() throws InterruptedException {
        requireAnswered();
        Collections.sort(millis);
        long almostAll = millis.get((int) ((millis.size() - 1) * PART)); // of a few it is not the longest
        String served = millis.size() + " calls, p50 " + millis.get(millis.size() / 2) + " ms, p99 " + almostAll
                + " ms, longest " + millis.get(millis.size() - 1) + " ms";
        long slow = millis.stream().filter(one -> one >= 1_000).count();
        assertThat(millis.get(millis.size() / 2)).as(served).isLessThan(1_000); // who is held up is so in each call
        assertThat(slow).as(served).isLessThanOrEqualTo(Math.max(2, millis.size() / 50)); // the machine may hiccup
        return served;
    }

    /** Ends the calls, of which there were some. All were answered; the first ones on a server take as long as they do. */
    void requireAnswered() throws InterruptedException {
        awaitCalls(FEW);
        over = true;
        thread.join();
        connection.close();
        assertThat(failures).isEmpty();
        assertThat(millis).as("calls").hasSizeGreaterThanOrEqualTo(FEW);
    }
}
