package org.thespis.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Calls a ledger again and again, some calls at a time, and notes what it was told, until its line is cut. */
final class CrashClient implements WebSocket.Listener {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** How many calls at a time, the pause behind each, and whether some plan what they do. */
    record Pace(int inFlight, int pauseMillis, boolean plans) {

        static final Pace FAST = new Pace(4, 0, true);
    }

    private static final int PLANNED = 20; // one call in so many plans what it adds
    private static final int MAX_DELAY_MILLIS = 1_000;
    private static final Pattern ANSWER =
            Pattern.compile("\"ActionResponse\",\"val\":\\{\"id\":\\[\"\\$BigInt\",\"(\\d+)\"\\]");
    private static final Pattern ERROR =
            Pattern.compile("\"Error\",\"val\":\\{\"actionId\":\\[\"\\$BigInt\",\"(\\d+)\"\\]");
    private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");
    private static final Set<String> MAY_HAVE_RUN = Set.of("outcome_unknown", "gone", "action_timed_out");
    private static final Pattern EVENT =
            Pattern.compile("\"args\":\\[\"([^\"]+)\",(\\d+)(?:,(\\d+))?\\],\"name\":\"added\"");

    /** Numbers of this client that were answered. */
    final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

    /** Numbers of this client of which it was told that they failed, and so that nothing was done. */
    final Set<Integer> refused = ConcurrentHashMap.newKeySet();

    /** Those of them whose code says that they were not even run. */
    final Set<Integer> notRun = ConcurrentHashMap.newKeySet();

    /** The codes of all that failed. */
    final Set<String> codes = ConcurrentHashMap.newKeySet();

    /** Numbers of each client that an event told of. */
    final Map<String, Set<Integer>> seen = new ConcurrentHashMap<>();

    /** Events that were not behind all that came before, where the actor counts them. */
    final AtomicInteger unordered = new AtomicInteger();

    final CountDownLatch ended = new CountDownLatch(1);

    private final String name;
    private final Pace pace;
    private final StringBuilder text = new StringBuilder();
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null); // the JDK's takes one at a time
    private final AtomicInteger next = new AtomicInteger();
    private long last; // the count of the last event; used by the thread that reads
    private final Map<Integer, Long> open = new ConcurrentHashMap<>(); // calls without an answer, and since when
    private volatile boolean enough;
    private volatile WebSocket session;

    private CrashClient(String name, Pace pace) {
        this.name = name;
        this.pace = pace;
    }

    static CrashClient start(URI address, String name) {
        return start(address, name, Pace.FAST);
    }

    static CrashClient start(URI address, String name, Pace pace) {
        CrashClient client = new CrashClient(name, pace);
        HTTP.newWebSocketBuilder()
                .subprotocols("rivet", "rivet_encoding.json")
                .buildAsync(address, client)
                .join();
        return client;
    }

    /** Cuts its line, if that has not happened yet: what it has heard is all that it will. */
    void cut() {
        session.abort();
        ended.countDown();
    }

    /** From now on it only waits for what it called. */
    void callNoMore() {
        enough = true;
    }

    /** How many calls are not answered after so long although its line has not ended. */
    int awaitAnswers(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!open.isEmpty() && System.nanoTime() < end) {
            if (ended.await(5, TimeUnit.MILLISECONDS)) {
                return 0;
            }
        }
        return open.size();
    }

    /** Its calls that are not answered, and since when; none once its line has ended. */
    Map<String, Long> waiting(String key) {
        return ended.getCount() == 0
                ? Map.of()
                : open.entrySet().stream()
                        .collect(Collectors.toMap(
                                call -> key + " " + name + " " + call.getKey() + " by WebSocket", Map.Entry::getValue));
    }

    String name() {
        return name;
    }

    @Override
    public void onOpen(WebSocket session) {
        this.session = session;
        send(
                session,
                "{\"body\":{\"tag\":\"SubscriptionRequest\",\"val\":{\"eventName\":\"added\",\"subscribe\":true}}}");
        session.request(1);
    }

    private synchronized void send(WebSocket session, String message) {
        sent = sent.handle((done, failed) -> session.sendText(message, true)).thenCompose(sending -> sending);
    }

    @Override
    public CompletionStage<?> onText(WebSocket session, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String message = text.toString();
            text.setLength(0);
            heard(session, message);
        }
        session.request(1);
        return null;
    }

    private void heard(WebSocket session, String message) {
        if (message.contains("\"tag\":\"Init\"")) {
            for (int i = 0; i < pace.inFlight; i++) {
                call(session);
            }
            return;
        }
        Matcher answer = ANSWER.matcher(message);
        if (answer.find()) {
            int number = Integer.parseInt(answer.group(1));
            acknowledged.add(number);
            answered(session, number);
            return;
        }
        Matcher error = ERROR.matcher(message);
        if (error.find()) {
            Matcher code = CODE.matcher(message);
            String told = code.find() ? code.group(1) : "none";
            codes.add(told);
            int number = Integer.parseInt(error.group(1));
            if (!MAY_HAVE_RUN.contains(told)) {
                refused.add(number);
            }
            if (CrashCounts.NOT_RUN.contains(told)) {
                notRun.add(number);
            }
            answered(session, number);
            return;
        }
        Matcher event = EVENT.matcher(message);
        if (event.find()) {
            seen.computeIfAbsent(event.group(1), c -> ConcurrentHashMap.newKeySet())
                    .add(Integer.parseInt(event.group(2)));
            long count = event.group(3) == null ? last + 1 : Long.parseLong(event.group(3));
            if (count <= last) {
                unordered.incrementAndGet();
            }
            last = count;
        }
    }

    private void answered(WebSocket session, int number) {
        open.remove(number);
        if (pace.pauseMillis == 0) {
            goOn(session);
        } else {
            CompletableFuture.delayedExecutor(pace.pauseMillis, TimeUnit.MILLISECONDS)
                    .execute(() -> goOn(session));
        }
    }

    private void goOn(WebSocket session) {
        if (!enough) {
            call(session);
        }
    }

    private void call(WebSocket session) {
        int number = next.incrementAndGet();
        open.put(number, System.nanoTime());
        boolean planned = pace.plans && number % PLANNED == 0;
        String arguments = "\"" + name + "\"," + number + (planned ? "," + number % MAX_DELAY_MILLIS : "");
        send(
                session,
                "{\"body\":{\"tag\":\"ActionRequest\",\"val\":{\"id\":[\"$BigInt\",\"" + number + "\"],\"name\":\""
                        + (planned ? "addLater" : "add") + "\",\"args\":[" + arguments + "]}}}");
    }

    @Override
    public CompletionStage<?> onClose(WebSocket session, int code, String reason) {
        ended.countDown();
        return null;
    }

    @Override
    public void onError(WebSocket session, Throwable thrown) {
        ended.countDown();
    }
}
