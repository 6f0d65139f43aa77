package org.thespis.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Handshakes, requests and frames with a few bytes changed, left out, doubled or put in, each on a line of its own. The same
 * every time; {@code -Dfuzz.server.requests=1000000} makes more of them.
 */
final class Fuzz {

    private static final int COUNT = Integer.getInteger("fuzz.server.requests", 2_000);
    private static final long SEED = Long.getLong("fuzz.seed", 7);
    private static final int THREADS = 4;
    private static final int MAX_CHANGES = 6;
    private static final Pattern PATH = Pattern.compile("\\S+ /");
    private static final int ANSWER_MILLIS = 300;
    private static final String[] PIECES = {
        "\r\n",
        "\r",
        "\n",
        "\0",
        "%",
        "%2e%2e/",
        "../",
        "//",
        ";",
        "?",
        "#",
        "@",
        "\u00ff",
        " ",
        ":",
        ",",
        "{",
        "]",
        "\"",
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Expect: 100-continue\r\n",
        "x".repeat(5_000),
        "rvt-key=",
        "rivet_conn_params.%zz",
        "[[[[[[[[[[[[",
        "99999999999999999999999999999999",
        "\u00ff\u00ff\u00ff\u00ff",
    };

    private final int port;
    private final List<String> requests;
    private final List<String> messages;

    Fuzz(int port) {
        this.port = port;
        String head = " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n";
        String query = "?" + Bystander.query("fuzz");
        requests = List.of(
                "GET /metadata" + head + "\r\n",
                "GET /gateway/rawHttp/request/a/b" + query + "&x=1" + head + "\r\n",
                "POST /gateway/limits/action/size" + query + head + "Content-Length: 14\r\n\r\n{\"args\":[\"xx\"]}",
                "POST /gateway/limits/action/size" + query + head
                        + "x-rivet-encoding: cbor\r\nContent-Length: 9\r\n\r\n" + "\u00a1dargs\u0081axx",
                "POST /gateway/limits/action/size" + query + head
                        + "Transfer-Encoding: chunked\r\n\r\nf\r\n{\"args\":[\"xx\"]}\r\n0\r\n\r\n",
                "PUT /actors?namespace=default" + head
                        + "Content-Length: 30\r\n\r\n{\"name\":\"limits\",\"key\":\"fuzz\"}",
                "GET /actors?namespace=default&name=limits&key=fuzz" + head + "\r\n",
                "OPTIONS /actors" + head + "Origin: http://localhost:1\r\nAccess-Control-Request-Method: PUT\r\n\r\n",
                HostileLine.upgrade(port, "/gateway/limits/connect" + query),
                HostileLine.upgrade(port, "/gateway/rawSocket/websocket/a" + query));
        messages = List.of(
                "{\"body\":{\"tag\":\"ActionRequest\",\"val\":{\"id\":[\"$BigInt\",\"1\"],\"name\":\"size\",\"args\":[\"x\"]}}}",
                "{\"body\":{\"tag\":\"SubscriptionRequest\",\"val\":{\"eventName\":\"blob\",\"subscribe\":true}}}");
    }

    /** @return what came of it */
    String run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Map<String, Integer>>> parts = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                Random random = new Random(SEED + t);
                parts.add(threads.submit(() -> part(random)));
            }
            Map<String, Integer> answers = new TreeMap<>();
            for (Future<Map<String, Integer>> part : parts) {
                part.get(1, TimeUnit.HOURS).forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
            }
            return "fuzz: " + answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private Map<String, Integer> part(Random random) throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < COUNT / THREADS; i++) {
            String answer = random.nextInt(4) == 0 ? message(random) : request(random);
            answers.merge(answer.isEmpty() ? "none" : answer.split("[ \r]")[1], 1, Integer::sum);
        }
        return answers;
    }

    private String request(Random random) throws IOException {
        String request = changed(pick(requests, random), random);
        try (HostileLine line = new HostileLine(port)) {
            String answer = line.send(request).end().await("\r\n\r\n", ANSWER_MILLIS);
            requireHarmless(request, answer);
            return answer;
        }
    }

    private String message(Random random) throws IOException {
        String good = HostileLine.upgrade(port, "/gateway/limits/connect?" + Bystander.query("fuzz"));
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            byte[] payload = pick(messages, random).getBytes(StandardCharsets.UTF_8);
            frames.writeBytes(HostileLine.frame(1 + random.nextInt(2), true, payload.length, payload));
        }
        String changed = changed(frames.toString(StandardCharsets.ISO_8859_1), random);
        try (HostileLine line = new HostileLine(port)) {
            String answer = line.send(good).send(changed).end().await("\0\0never\0\0", 20);
            requireHarmless(changed, answer);
            return answer;
        }
    }

    private static String changed(String good, Random random) {
        StringBuilder changed = new StringBuilder(good);
        for (int changes = 1 + random.nextInt(MAX_CHANGES); changes > 0; changes--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(4)) {
                case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
                case 1 -> changed.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 2 -> changed.insert(
                        at, changed.substring(at, Math.min(changed.length(), at + 1 + random.nextInt(20))));
                default -> changed.delete(at, Math.min(changed.length() - 1, at + 1 + random.nextInt(20)));
            }
        }
        return changed.toString();
    }

    private static String pick(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** A target that is no path fails in WildFly itself, before any application is asked. */
    private static void requireHarmless(String sent, String answer) {
        assertThat(answer).as(sent).doesNotContain("\tat ", "java.", "org.", "Exception", "Server:", "X-Powered-By");
        if (PATH.matcher(sent).lookingAt()) {
            assertThat(answer).as(sent).doesNotContain("HTTP/1.1 500");
        }
    }
}
