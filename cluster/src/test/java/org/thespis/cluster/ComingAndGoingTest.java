package org.thespis.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thespis.cluster.ClusterRelayTest.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.StateStore;
import org.thespis.runtime.commit.MemoryStateStore;
import org.thespis.runtime.message.ActorError;
import org.thespis.runtime.message.Command;
import org.thespis.runtime.message.Output;

/** Nodes come, leave and are killed under calls and connections; then it is counted what became of each. */
class ComingAndGoingTest {

    private static final int ACTORS = 40;
    private static final int CALLERS = 6;
    private static final int LISTENERS = 3;
    private static final int FAULTS = Integer.getInteger("cluster.faults", 30);
    private static final int ANSWERS_BETWEEN = 60;
    private static final int MAX_NODES = 4;
    private static final int KINDS = 11; // some of them are one
    private static final int MAX_AWAY_MILLIS = 300;
    private static final int SLOW_MILLIS = 40;

    /** Longer than any time-out here: who waits so long waits for ever. */
    private static final int PATIENCE_SECONDS = 60;

    /** What is told of a call that was surely not run. */
    private static final Set<String> NOT_RUN =
            Set.of(ActorError.restarting().reason(), ActorError.unavailable().reason());

    private final MemoryNet net = new MemoryNet();
    private final StateStore store = new MemoryStateStore();
    private final Residents residents = new Residents();
    private final List<TestNode> nodes = new CopyOnWriteArrayList<>();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger entries = new AtomicInteger();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicInteger events = new AtomicInteger();
    private final Map<String, String> acknowledged = new ConcurrentHashMap<>(); // entry to actor
    private final Map<String, String> refused = new ConcurrentHashMap<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    private void join() {
        Duration ten = Duration.ofSeconds(10);
        ClusterLimits limits = new ClusterLimits(ten, ten, ten, ten, 10_000, 10_000, 64 << 20);
        nodes.add(new TestNode(net.port("n" + names.incrementAndGet()), store, residents, limits).start());
    }

    private static Thread begin(Runnable task) {
        Thread thread = TestNode.daemon(task);
        thread.start();
        return thread;
    }

    private TestNode any(Random random) {
        while (true) {
            try {
                return nodes.get(random.nextInt(nodes.size()));
            } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
                Thread.onSpinWait(); // one left just now
            }
        }
    }

    private void call(List<String> actors, long seed) {
        Random random = new Random(seed);
        while (!over) {
            String actor = actors.get(random.nextInt(ACTORS));
            add(any(random), actor, "e" + entries.incrementAndGet());
        }
    }

    private void add(TestNode node, String actor, String entry) {
        Output output = answer(node, actor, "add", entry);
        if (output instanceof Output.Reply) {
            acknowledged.put(entry, actor);
            answers.incrementAndGet();
        } else if (output instanceof Output.Failed failed
                && NOT_RUN.contains(failed.error().reason())) {
            refused.put(entry, actor);
        }
    }

    /** Null if it is not known what became of it, as its node died. */
    private Output answer(TestNode node, String actor, String action, Object... arguments) {
        try {
            return node.once(actor, action, arguments).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            faults.add("a call that hangs at " + node.name + " to " + actor);
            return null;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Listens at one actor after the other: what it hears on a connection goes up. */
    private void listen(List<String> actors, long seed) {
        Random random = new Random(seed);
        while (!over) {
            TestNode node = any(random);
            String actor = actors.get(random.nextInt(ACTORS));
            AtomicLong last = new AtomicLong();
            AtomicInteger heard = new AtomicInteger();
            AtomicInteger ended = new AtomicInteger();
            String client = node.connect(actor, "added", output -> {
                if (output instanceof Output.Event event) {
                    long count = ((Number) event.arguments().get(0)).longValue();
                    if (last.getAndSet(count) >= count) {
                        faults.add("an event doubled or out of order: " + count + " after " + last);
                    }
                    if (ended.get() > 0) {
                        faults.add("an event after the end");
                    }
                    events.incrementAndGet();
                    heard.incrementAndGet();
                } else if (output instanceof Output.Closed && ended.incrementAndGet() > 1) {
                    faults.add("closed twice");
                }
            });
            long enough = answers.get() + 2 * ANSWERS_BETWEEN;
            while (!over && !node.gone && ended.get() == 0 && heard.get() < 5 && answers.get() < enough) {
                Thread.onSpinWait();
                Thread.yield();
            }
            if (ended.get() == 0) {
                node.relay.ask(actor, new Command.Disconnect(client));
            }
        }
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingIsDoneTwice() throws InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        join();
        join();
        await("two nodes", () -> nodes.stream().allMatch(node -> node.relay.isSettled()));
        List<String> actors = new ArrayList<>();
        for (int i = 0; i < ACTORS; i++) {
            actors.add(any(random).actor("k" + i));
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            long own = random.nextLong();
            threads.add(begin(() -> call(actors, own)));
        }
        for (int i = 0; i < LISTENERS; i++) {
            long own = random.nextLong();
            threads.add(begin(() -> listen(actors, own)));
        }
        Map<String, Integer> done = new ConcurrentHashMap<>();
        for (int i = 0; i < FAULTS; i++) {
            long next = answers.get() + ANSWERS_BETWEEN;
            await("calls are answered, seed " + seed, () -> answers.get() >= next);
            done.merge(change(random), 1, Integer::sum);
        }
        over = true;
        for (Thread thread : threads) {
            thread.join(2_000L * PATIENCE_SECONDS);
            assertThat(thread.isAlive()).isFalse();
        }
        await("all have what is theirs", () -> nodes.stream().allMatch(node -> node.relay.isSettled()));
        count(actors, seed);
        nodes.forEach(TestNode::leave);
        System.out.println("after " + done + ": acknowledged " + acknowledged.size() + ", refused " + refused.size()
                + ", of unknown outcome " + (entries.get() - acknowledged.size() - refused.size()) + ", events "
                + events);
        assertThat(acknowledged).hasSizeGreaterThan(FAULTS * ANSWERS_BETWEEN / 2);
        assertThat(events).hasPositiveValue();
    }

    private String change(Random random) throws InterruptedException {
        int some = nodes.size();
        int kind = random.nextInt(KINDS);
        if (kind == 0) {
            nodes.forEach(node -> node.store.away = true);
            sleep(random);
            nodes.forEach(node -> node.store.away = false);
            return "the store is away";
        }
        if (kind == 1) {
            stall(nodes, random);
            return "the store hangs";
        }
        if (kind == 2) {
            TestNode paused = nodes.get(random.nextInt(some));
            net.pause(paused.name);
            stall(List.of(paused), random);
            net.resume(paused.name);
            return "pauses";
        }
        if (kind == 3 && some > 2) {
            nodes.remove(random.nextInt(some)).kill(net);
            nodes.remove(random.nextInt(some - 1)).kill(net);
            return "two kills at once";
        }
        if (kind == 4) {
            nodes.forEach(node -> node.store.slowMillis = SLOW_MILLIS);
            sleep(random);
            nodes.forEach(node -> node.store.slowMillis = 0);
            return "the store is slow";
        }
        if (some < 2 || some < MAX_NODES && random.nextInt(2) == 0) {
            join();
            return "joins";
        }
        TestNode node = nodes.remove(random.nextInt(some));
        if (random.nextBoolean()) {
            node.kill(net);
            return "kills";
        }
        node.leave();
        return "leaves";
    }

    private static void stall(List<TestNode> some, Random random) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        some.forEach(node -> node.store.stalls = over);
        sleep(random);
        over.countDown();
    }

    private static void sleep(Random random) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MAX_AWAY_MILLIS));
    }

    private void count(List<String> actors, long seed) {
        Set<String> there = new HashSet<>();
        for (String actor : actors) {
            Output output = answer(nodes.get(0), actor, "entries");
            assertThat(output).as("seed %s", seed).isInstanceOf(Output.Reply.class);
            for (Object entry : (List<?>) ((Output.Reply) output).result()) {
                if (!there.add((String) entry)) {
                    faults.add("done twice: " + entry);
                }
            }
        }
        acknowledged.keySet().stream()
                .filter(entry -> !there.contains(entry))
                .forEach(entry -> faults.add("acknowledged and lost: " + entry));
        refused.keySet().stream()
                .filter(there::contains)
                .forEach(entry -> faults.add("told as not run, but was: " + entry));
        residents.doubled().forEach(both -> faults.add("lived twice: " + both));
        assertThat(faults).as("seed %s", seed).isEmpty();
    }
}
