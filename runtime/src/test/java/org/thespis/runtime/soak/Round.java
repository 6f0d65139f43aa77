package org.thespis.runtime.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.thespis.runtime.settings.ActorSettings;

/** Two nodes on one store that fails, some clients, and somebody who stops nodes and cuts the store off; then a verdict. */
final class Round {

    private static final int CLIENTS = 6;
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    final Book book;
    final FaultyStore store;
    private final Chance chance;
    private final ScheduledExecutorService authors =
            Executors.newSingleThreadScheduledExecutor(task -> SoakNode.named(task, "authors"));
    private final AtomicReferenceArray<SoakNode> nodes = new AtomicReferenceArray<>(2);
    private final List<SoakNode> all = new ArrayList<>();
    private final ActorSettings settings;
    private final int keys;
    private final long endNanos;

    Round(long seed, Duration length) {
        chance = new Chance(seed);
        book = new Book(chance, authors);
        store = new FaultyStore(chance, chance.oneIn(4) ? 0 : 1 + chance.below(30));
        keys = chance.oneIn(3) ? 2 : 12;
        book.hooksThrow = !chance.oneIn(3);
        settings = new ActorSettings(
                Duration.ofMillis(1_500),
                Duration.ofMillis(1_000),
                Duration.ofMillis(List.of(1, 1, 20, 200).get(chance.below(4))),
                Duration.ofMillis(List.of(1, 30, 100).get(chance.below(3))),
                Duration.ofMillis(400),
                chance.oneIn(2) ? 1_000 : 12,
                10);
        endNanos = System.nanoTime() + length.toNanos();
        nodes.set(0, start());
        nodes.set(1, chance.oneIn(3) ? nodes.get(0) : start());
    }

    private SoakNode start() {
        SoakNode node = new SoakNode("n" + all.size(), book, store, settings);
        all.add(node);
        return node;
    }

    void run() throws InterruptedException {
        Supplier<SoakNode> some = () -> nodes.get(chance.below(2));
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = SoakNode.named(new Client(book, store, some, keys, endNanos), "client-" + i);
            client.start();
            clients.add(client);
        }
        while (System.nanoTime() < endNanos) {
            TimeUnit.MILLISECONDS.sleep(50 + chance.below(300));
            disturb();
        }
        store.calm();
        for (Thread client : clients) {
            client.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
            if (client.isAlive()) {
                book.fault("a client hangs", List.of(client.getStackTrace()));
            }
        }
        end();
        new Verdict(book, store).look();
    }

    private void disturb() throws InterruptedException {
        switch (chance.below(10)) {
            case 0, 1 -> {
                book.outages.incrementAndGet();
                store.down(true);
                TimeUnit.MILLISECONDS.sleep(chance.below(chance.oneIn(3) ? 1_200 : 200));
                store.down(false);
            }
            case 2 -> {
                int which = chance.below(2);
                SoakNode old = nodes.get(which);
                old.stop(GRACE);
                nodes.set(which, start());
                nodes.compareAndSet(1 - which, old, nodes.get(which));
            }
            default -> {}
        }
    }

    private void end() throws InterruptedException {
        await("no answers", () -> book.asked.stream().noneMatch(Asked::isOwed));
        await("no end of destructions", () -> book.openDestructions.get() == 0);
        for (SoakNode node : all) {
            node.stop(GRACE);
        }
        for (SoakNode node : all) {
            if (!await(node::isEmpty)) {
                book.fault("instances that never leave", node.instances() + " " + node.beans());
            }
        }
        all.forEach(SoakNode::end);
        authors.shutdownNow();
    }

    private void await(String what, BooleanSupplier happened) throws InterruptedException {
        if (!await(happened)) {
            book.fault(what, "after " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NANOS) + " s");
        }
    }

    private static boolean await(BooleanSupplier happened) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!happened.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return happened.getAsBoolean();
    }

    String summary() {
        return String.format(
                "%d calls, %d answered, %d connections, %d destroyed, %d sleeps, %d wakes, %d outages, %d store failures "
                        + "(%d lost answers, %d hangs), %d fences, %d nodes; lost %d, doubled %d, seen but lost %d; all faults %s",
                book.asked.size(),
                book.asked.stream().filter(asked -> !asked.answers.isEmpty()).count(),
                book.letIn.size(),
                book.destroyed.get(),
                book.sleeps.get(),
                book.wakes.get(),
                book.outages.get(),
                store.failures.get(),
                store.lostAnswers.get(),
                store.hangs.get(),
                store.fences.get(),
                all.size(),
                book.faults("lost"),
                book.faults("doubled"),
                book.faults("seen but lost"),
                book.counts());
    }
}
