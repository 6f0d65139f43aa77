package org.thespis.front;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks each server again and again whether it is ready, {@code /health}; one without the application answers 404. Who does not
 * answer in time is away, and holds up no other. Any thread.
 */
final class Readiness implements AutoCloseable {

    static final long PERIOD_MILLIS = 250;
    private static final int OK = 200;

    private final HttpClient client;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "readiness");
        thread.setDaemon(true);
        return thread;
    });
    private final Servers servers;
    private final int timeoutMillis;

    /** @param timeoutMillis for the whole of an answer */
    Readiness(Servers servers, int timeoutMillis) {
        this.servers = servers;
        this.timeoutMillis = timeoutMillis;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofMillis(timeoutMillis))
                .build();
    }

    void start() {
        servers.all().forEach(server -> timer.execute(() -> ask(server)));
    }

    private void ask(Server server) {
        try {
            question(server);
        } catch (RuntimeException | Error e) { // no thread, no memory, or a name that is none: it is asked again
            servers.learn(server, false);
            again(server);
        }
    }

    private void again(Server server) {
        timer.schedule(() -> ask(server), PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void question(Server server) {
        HttpRequest question = HttpRequest.newBuilder(server.health()).build();
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(question, BodyHandlers.discarding());
        // the client's own limit ends with the head of an answer
        Future<?> limit = timer.schedule(() -> answer.cancel(true), timeoutMillis, TimeUnit.MILLISECONDS);
        answer.whenComplete((told, failure) -> {
            limit.cancel(false);
            servers.learn(server, failure == null && told.statusCode() == OK);
            again(server);
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
