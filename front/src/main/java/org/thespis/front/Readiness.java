package org.thespis.front;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the application again and again whether it is there; a server without it answers 404. Any thread. */
final class Readiness implements AutoCloseable {

    private static final long PERIOD_MILLIS = 250;
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "readiness");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpRequest question;
    private volatile boolean ready;

    /** @param server address of the application, with its context path */
    Readiness(URI server) {
        String base = server.toString().replaceAll("/+$", "");
        question = HttpRequest.newBuilder(URI.create(base + "/metadata"))
                .timeout(TIMEOUT)
                .build();
    }

    void start() {
        timer.scheduleWithFixedDelay(() -> ready = ask(), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    boolean isReady() {
        return ready;
    }

    private boolean ask() {
        try {
            return client.send(question, BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
