package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Actors amid the rest of Jakarta EE: what calls them, and what they call. */
@ExtendWith(ArquillianExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SampleIT {

    private static final Duration TIME = Duration.ofSeconds(60);

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return SampleEar.make();
    }

    @ArquillianResource
    URL url;

    private final HttpClient http = HttpClient.newBuilder()
            .version(
                    HttpClient.Version
                            .HTTP_1_1) // asked for an upgrade, Payara keeps bodies from those who wait for them
            .build();
    private final String key = UUID.randomUUID().toString();

    private URI address(String path) {
        return URI.create("http://" + url.getHost() + ":" + url.getPort() + path);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.send(request.timeout(TIME).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String put(int count) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address("/sample/api/shelves/" + key))
                .POST(BodyPublishers.ofString(String.valueOf(count))));
    }

    private String left() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address("/sample/api/shelves/" + key)));
    }

    private String ask(String what) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address("/sample/desk?do=" + what + "&key=" + key)));
    }

    private interface Asked {
        String now() throws IOException, InterruptedException;
    }

    private static void await(Asked asked, String expected) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIME.toNanos();
        String now = asked.now();
        while (!now.equals(expected) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            now = asked.now();
        }
        assertThat(now).isEqualTo(expected);
    }

    @Test
    void aResourceCallsAnActorAndWaitsOrHandsOnItsStage() throws Exception {
        assertThat(left()).isEqualTo("left: 0");
        assertThat(put(3)).isEqualTo("left: 3");
        assertThat(left()).isEqualTo("left: 3");
    }

    @Test
    void aResourceTellsItsClientTheEventsOfAnActorUntilThatGoes() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("/sample/api/shelves/" + key + "/events"))
                .build();
        InputStream stream = http.send(request, BodyHandlers.ofInputStream()).body();
        try (BufferedReader events = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            assertThat(next(events)).isEqualTo("listening");
            put(7);
            assertThat(next(events)).isEqualTo("left: 7");
            put(1);
            assertThat(next(events)).isEqualTo("left: 8");
            assertThat(ask("listeners")).isEqualTo("listeners: 1");
        }
        await(
                () -> {
                    put(0);
                    return ask("listeners");
                },
                "listeners: 0");
    }

    private static String next(BufferedReader events) throws IOException {
        String line = events.readLine();
        while (line != null && !line.startsWith("data:")) {
            line = events.readLine();
        }
        return line == null ? null : line.substring("data:".length()).strip();
    }

    @Test
    void aMessageComesToAnActorAndAgainWhenItIsRefused() throws Exception {
        ask("order");
        await(this::left, "left: 3");
    }

    @Test
    void aTimerTellsAnActor() throws Exception {
        ask("timer");
        await(this::left, "left: 5");
    }

    @Test
    void aTransactionOfAnEjbWritesSendsAndTells() throws Exception {
        ask("all");
        await(() -> ask("look"), "1 sales, left: 4");
    }

    @Test
    void ofATransactionThatIsRolledBackNothingComes() throws Exception {
        ask("fail");
        ask("all"); // behind it, in the same queue
        await(() -> ask("look"), "1 sales, left: 4");
    }

    @Test
    void anActorCallsAnEjbThatWritesRowsAndSendsMessages() throws Exception {
        put(10);
        assertThat(ask("sell")).isEqualTo("sales: 1");
        await(this::left, "left: 10"); // what was sold is delivered again
        assertThat(ask("sell")).isEqualTo("sales: 2");
        await(() -> ask("look"), "2 sales, left: 10");
    }
}
