package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.thespis.api.ActorKey;
import org.thespis.api.Undefined;
import org.thespis.runtime.commit.CommitQueue;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.Caller;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;
import org.thespis.runtime.message.Wanted;
import org.thespis.runtime.settings.ActorSettings;

/** {@link Scripted} and other actors with real threads and a timer, as in an application server. */
abstract class ThreadsFixture {

    static final Duration LONG = Duration.ofSeconds(60);

    /** How long something is waited for that is to happen; a slow machine is no failure. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long TICK_MILLIS = 20;

    final Script script = Script.begin();
    final DurabilityFixture.Shaky store = new DurabilityFixture.Shaky();
    final Queue<Output> outputs = new ConcurrentLinkedQueue<>();

    /** What blocks in a test waits for this; it comes at the end at the latest. */
    final CountDownLatch release = new CountDownLatch(1);

    final ExecutorService pool = Executors.newFixedThreadPool(8, task -> named(task, "pool"));
    final ExecutorService commits =
            Executors.newFixedThreadPool(CommitQueue.MAX_HELD_UP + 1, task -> named(task, "commits"));
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> named(task, "timer"));
    private final AtomicInteger clients = new AtomicInteger();
    ActorSystem system;

    static Thread named(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    static ActorSettings settings(Duration action, Duration create, Duration sleep, Duration commit) {
        return new ActorSettings(action, create, sleep, Duration.ofMillis(200), commit, 1_000, 10);
    }

    /** In which nothing takes too long unless it is for ever. */
    static ActorSettings patient() {
        return settings(LONG, LONG, LONG, LONG);
    }

    static ActorSettings sleepy() {
        return settings(LONG, LONG, Duration.ofMillis(20), LONG);
    }

    void start(ActorSettings settings, Class<?>... others) {
        List<ActorDefinition> definitions = new ArrayList<>(List.of(ActorDefinition.of(Scripted.class)));
        for (Class<?> other : others) {
            definitions.add(ActorDefinition.of(other));
        }
        system = new ActorSystem(definitions, TestActors::bean, store, pool, commits, Runnable::run, settings);
        system.connect(outputs::add);
        timer.scheduleWithFixedDelay(system::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void end() throws InterruptedException {
        release.countDown();
        for (ExecutorService threads : List.of(timer, pool, commits)) {
            threads.shutdownNow();
            threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    String made(String key) {
        return made("scripted", key);
    }

    String made(String name, String key) {
        return system.getOrCreate(Wanted.of(name, ActorKey.of(key), Undefined.UNDEFINED, Caller.ANONYMOUS))
                .actor()
                .id();
    }

    /** A client that has been let in. */
    String client(String actor) {
        String client = "client-" + clients.incrementAndGet();
        connect(actor, client);
        await("the client is let in", () -> outputs.stream()
                .anyMatch(o ->
                        o instanceof Output.Opened opened && opened.clientId().equals(client)));
        return client;
    }

    void connect(String actor, String client) {
        system.deliver(actor, new Command.Connect(client, Undefined.UNDEFINED, Caller.ANONYMOUS));
    }

    void call(String actor, String client, long id, String name, Object... arguments) {
        system.deliver(actor, new Command.Call(client, id, name, List.of(arguments)));
    }

    boolean isAnswered(String client, long id) {
        return !answers(client, id).isEmpty();
    }

    List<Output> answers(String client, long id) {
        return outputs.stream()
                .filter(o ->
                        o instanceof Output.Reply reply && reply.clientId().equals(client) && reply.requestId() == id
                                || o instanceof Output.Failed failed
                                        && failed.clientId().equals(client)
                                        && failed.requestId() != null
                                        && failed.requestId() == id)
                .toList();
    }

    Output answer(String client, long id) {
        await(client + " is answered", () -> isAnswered(client, id));
        return answers(client, id).get(0);
    }

    /** Blocks as long as the test wants; meanwhile nobody interrupts. */
    void block() {
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether one of those threads is in {@link #block}. */
    static boolean isBlocked(String... threads) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> List.of(threads).contains(entry.getKey().getName()))
                .anyMatch(entry -> List.of(entry.getValue()).toString().contains("ThreadsFixture.block("));
    }

    void await(String what, BooleanSupplier happened) {
        assertThat(happens(happened))
                .as("waited in vain for: " + what + "; " + script.steps)
                .isTrue();
    }

    static boolean happens(BooleanSupplier happened) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            ScriptedFixture.pause();
        }
        return true;
    }

    /** Runs something that may hang, and waits until it has ended. */
    void awaitEnd(String what, Runnable task) {
        Thread thread = named(task, "test");
        thread.start();
        await(what, () -> !thread.isAlive());
    }

    void awaitStep(String what, String key) {
        await(what + " of " + key, () -> script.has(what, key));
    }

    String stored(String actor) {
        return new String(store.memory.load(actor).orElseThrow().state(), StandardCharsets.UTF_8);
    }

    /** Codes on which clients call again: nothing of the call may have counted. */
    static final List<String> TRY_AGAIN =
            List.of("restarting", "service_unavailable", "overloaded", "destroyed_while_waiting_for_ready");

    static String code(Output answer) {
        return answer instanceof Output.Failed failed ? failed.error().code() : null;
    }

    void once(String id, String client, String key, String action, Object... arguments) {
        once(system, id, client, key, action, arguments);
    }

    static void once(ActorSystem at, String id, String client, String key, String action, Object... arguments) {
        at.deliver(
                id,
                new Command.CallOnce(client, Undefined.UNDEFINED, Caller.ANONYMOUS, action, List.of(arguments), key));
    }

    ActorSystem another(ActorSettings settings) {
        ActorSystem other = new ActorSystem(
                List.of(ActorDefinition.of(Scripted.class)), TestActors::bean, store, pool, commits, pool, settings);
        other.connect(outputs::add);
        return other;
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
