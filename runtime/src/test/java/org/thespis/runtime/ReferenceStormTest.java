package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorCallException;
import org.thespis.api.ActorKey;
import org.thespis.api.ActorReference;
import org.thespis.api.ActorsOfType;
import org.thespis.api.Subscription;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.runtime.settings.ReferenceSettings;

/** Much of everything at once, from several threads: all that is asked comes to an end, and nothing of it is kept. */
class ReferenceStormTest extends ReferencesFixture {

    private static final int THREADS = 4;
    private static final int STEPS = 1_000;
    private static final int KEYS = 5;

    private final Queue<CompletionStage<?>> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> unexpected = new ConcurrentLinkedQueue<>();

    private void step(Random chance) {
        ActorsOfType<ActorReference> all = actors.type("calling");
        String key = "k" + chance.nextInt(KEYS);
        String other = "k" + chance.nextInt(KEYS);
        ActorReference reference = chance.nextBoolean() ? all.getOrCreate(key) : all.get(key);
        switch (chance.nextInt(12)) {
            case 0 -> asked.add(reference.destroy());
            case 1 -> asked.add(all.create(ActorKey.of(key), null));
            case 2 -> asked.add(all.exists(key));
            case 3 -> reference.tell("tell", other, 1);
            case 4 -> asked.add(reference.call("pass", List.of(other, key)));
            case 5 -> asked.add(reference.call("addOfOther", other));
            case 6 -> asked.add(reference.call("askTwice", other, key));
            case 7 -> listen(reference, chance.nextInt(3));
            case 8 -> asked.add(reference.call("destroy"));
            case 9 -> fence(key);
            case 10 -> reference
                    .blocking(Duration.ofMillis(1 + chance.nextInt(20)))
                    .call("add", 1);
            default -> asked.add(reference.call("add", 1));
        }
    }

    private void listen(ActorReference reference, int then) {
        Subscription subscription = reference.on("added", event -> {});
        if (then == 0) {
            subscription.close();
        } else {
            subscription.opened().whenComplete((nothing, thrown) -> subscription.close());
        }
        asked.add(subscription.ended());
    }

    /** Another node writes the state. */
    private void fence(String key) {
        system.find("calling", ActorKey.of(key))
                .flatMap(actor -> store.memory.load(actor.id()))
                .ifPresent(stored -> store.memory.write(List.of(
                        new Write(stored.actor().id(), stored.version(), stored.state(), OptionalLong.empty()))));
    }

    private void storm(long seed) {
        Random chance = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            try {
                step(chance);
            } catch (ActorCallException e) {
                // of those that wait
            } catch (Throwable e) {
                unexpected.add(e);
            }
        }
    }

    @Test
    void allComesToAnEndAndNothingIsKept() {
        begin(sleepy(), ReferenceSettings.defaults(), Calling.class);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            long seed = t;
            threads.add(named(() -> storm(seed), "storm"));
        }
        threads.forEach(Thread::start);
        threads.forEach(ThreadsFixture::join);
        assertThat(unexpected).isEmpty();
        await("all has ended", () -> asked.stream()
                .allMatch(stage -> ((CompletableFuture<?>) stage.toCompletableFuture()).isDone()));
        await("nothing is kept: " + references.open(), () -> references.open() == 0);
        await(
                "no actor is kept awake",
                () -> system.container("calling").orElseThrow().size() == 0);
    }
}
