package org.thespis.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests and openings with a few bytes changed, left out, doubled or put in, each on a line of its own: no more than one of
 * each reaches the server, strictly written; nothing of them stays. The same every time; {@code -Dfuzz.front.requests=100000} makes
 * more of them.
 */
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FrontFuzzTest extends FrontFixture {

    private static final int COUNT = Integer.getInteger("fuzz.front.requests", 2_000);
    private static final long SEED = 7;
    private static final int THREADS = 4;
    private static final int BATCH = 50;
    private static final int MAX_CHANGES = 3;
    private static final int ANSWER_MILLIS = 2_000;
    private static final int MORE_THREADS = 20;
    private static final long MORE_BYTES = 40_000_000;
    private static final Pattern STRICT = Pattern.compile(
            "[!#$%&'*+.^_`|~0-9A-Za-z-]+ /[^\\s]* HTTP/1\\.1\\r\\n([!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\\r\\n\\x00]*\\r\\n)+\\r\\n");

    private static final List<String> REQUESTS = List.of(
            "GET /echo/a%2Fb?x=1 HTTP/1.1\r\nHost: x:1\r\nConnection: close\r\n\r\n",
            "GET http://x/echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbody",
            "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n",
            "OPTIONS /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nOrigin: http://y\r\n\r\n",
            "GET /echo HTTP/1.1\r\nHost: x\r\nConnection: close, X-A\r\nX-A: a\r\nTE: trailers\r\n\r\n",
            OPENING + "\r\n\u0081\u0080\0\0\0\0");
    private static final String[] PIECES = {
        "\r\n",
        "\r",
        "\n",
        "\0",
        "\t",
        " ",
        ":",
        ",",
        "%",
        "//",
        "\u00ff",
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: Host\r\n",
        "Host: y\r\n",
        "Expect: 100-continue\r\n",
        "x".repeat(5_000),
        "99999999999999999999",
        "\r\n\r\nGET /echo HTTP/1.1\r\nHost: x\r\n\r\n",
    };

    @Test
    void whatIsBrokenAtRandomHarmsNobody() throws Exception {
        start(Map.of(
                "half-open-timeout-millis", "200", "parse-timeout-millis", "1000", "request-timeout-millis", "1500"));
        Random random = new Random(SEED);
        Map<String, Integer> answers = batches(random, 10 * BATCH); // what stays once it is there is no leak
        long heap = heap();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        batches(random, COUNT).forEach((answer, count) -> answers.merge(answer, count, Integer::sum));
        System.out.println("front fuzz: " + answers);
        assertThat(answers).containsKeys("200", "400", "101").doesNotContainKeys("500", "502"); // 503 is a busy machine
        await(() -> front.serverLines() == 0 && front.clientLines() == 0);
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(threads + MORE_THREADS);
        assertThat(heap()).isLessThan(heap + MORE_BYTES);
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private Map<String, Integer> batches(Random random, int count) throws Exception {
        Map<String, Integer> answers = new TreeMap<>();
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            for (int i = 0; i < count; i += BATCH) {
                List<Future<String>> sent = new ArrayList<>();
                for (int j = 0; j < BATCH; j++) {
                    String request = changed(REQUESTS.get(random.nextInt(REQUESTS.size())), random);
                    sent.add(pool.submit(() -> answer(request)));
                }
                assertAnsweredAtOnce();
                for (Future<String> one : sent) {
                    answers.merge(one.get(), 1, Integer::sum);
                }
                requireStrict();
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    /** What reached the server is read by any server in the same way, and says who sent it. */
    private void requireStrict() {
        for (String head : server.heads) {
            assertThat(head).matches(STRICT).contains("X-Forwarded-For: 127.0.0.1\r\n");
            String lower = head.toLowerCase(java.util.Locale.ROOT);
            assertThat(lower.split("\r\nhost:")).as(head).hasSize(2);
            assertThat(lower.split("\r\n(content-length|transfer-encoding):"))
                    .as(head)
                    .hasSizeLessThan(3);
        }
        server.heads.clear();
    }

    /** The status of the first answer, or what came of it. */
    private String answer(String request) {
        try (Socket line = line(request)) {
            line.setSoTimeout(ANSWER_MILLIS);
            line.shutdownOutput();
            InputStream in = line.getInputStream();
            String answer = new String(in.readNBytes(4_096), ISO_8859_1);
            assertThat(answer).as(request).doesNotContain("\tat ", "java.", "undertow", "Exception");
            return answer.isEmpty() ? "none" : answer.split("[ \r]")[1];
        } catch (IOException e) {
            return "cut";
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
}
