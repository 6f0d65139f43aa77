package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.thespis.api.Action;
import org.thespis.api.Actor;
import org.thespis.api.ActorContext;
import org.thespis.api.ActorKey;
import org.thespis.api.State;
import org.thespis.api.spi.ActorRecord;
import org.thespis.runtime.declaration.ActorDefinition;
import org.thespis.runtime.message.ActorException;
import org.thespis.runtime.settings.ActorSettings;

/** A type with a store of its own is kept there, whatever becomes of the store of the others; and the other way round. */
class OwnStoreTest extends ThreadsFixture {

    private static final long TICK_MILLIS = 20;

    @Actor("kept")
    static class Kept {
        ActorContext actor;

        @State
        int count;

        @Action
        int add(int by) {
            return count += by;
        }

        @Action
        void later() {
            actor.schedule().after(Duration.ofMillis(1_500), "add", 10);
        }

        @Action
        int get() {
            return count;
        }
    }

    private final DurabilityFixture.Shaky own = new DurabilityFixture.Shaky();
    private final ExecutorService ownCommits = Executors.newFixedThreadPool(4, task -> named(task, "own commits"));
    private final ExecutorService ownWakes =
            Executors.newFixedThreadPool(Storage.MAX_WAKES, task -> named(task, "own wakes"));
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(task -> named(task, "ticks"));

    @AfterEach
    void endOwn() throws InterruptedException {
        release.countDown();
        for (ExecutorService threads : List.of(ticks, ownCommits, ownWakes)) {
            threads.shutdownNow();
            threads.awaitTermination(30, TimeUnit.SECONDS);
        }
    }

    private void startWith(ActorSettings settings) {
        system = system(settings, Map.of("kept", new Storage(own, ownCommits, Runnable::run, ownWakes)));
        ticks.scheduleWithFixedDelay(system::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private ActorSystem system(ActorSettings settings, Map<String, Storage> storages) {
        ActorSystem made = new ActorSystem(
                List.of(ActorDefinition.of(Scripted.class), ActorDefinition.of(Kept.class)),
                TestActors::bean,
                new Storage(store, commits, Runnable::run),
                pool,
                settings,
                new OfTypes(Map.of(), () -> Runnable::run, storages));
        made.connect(outputs::add);
        return made;
    }

    private String added(String actor, String client, long by) {
        once(actor, client, null, "add", by);
        return answer(client, 0).toString();
    }

    @Test
    void eachIsKeptInItsOwnAndFoundThere() {
        startWith(sleepy());
        String kept = made("kept", "a");
        String other = made("a");
        assertThat(added(kept, "c1", 3)).contains("result=3");
        assertThat(added(other, "c2", 4)).contains("result=4");
        assertThat(own.memory.find(kept)).isPresent();
        assertThat(own.memory.find(other)).isEmpty();
        assertThat(store.memory.find(kept)).isEmpty();
        assertThat(store.memory.find(other)).isPresent();
        await("both sleep", () -> system.instance(kept) == null && system.instance(other) == null);
        assertThat(system.find(kept).map(ActorRecord::name)).contains("kept");
        assertThat(system.find(other).map(ActorRecord::name)).contains("scripted");
        assertThat(system.find("kept", ActorKey.of("a")).map(ActorRecord::id)).contains(kept);
        assertThat(system.list("kept", 10)).extracting(ActorRecord::id).containsExactly(kept);
        assertThat(made("kept", "a")).isEqualTo(kept);
        assertThat(added(kept, "c3", 3)).contains("result=6");
        awaitEnd(
                "it is destroyed",
                () -> system.destroy(kept).toCompletableFuture().join());
        assertThat(own.memory.find(kept)).isEmpty();
        assertThat(system.find(kept)).isEmpty();
    }

    @Test
    void aStoreThatHangsHoldsUpItsOwnActorsOnly() {
        startWith(settings(LONG, LONG, LONG, Duration.ofMillis(300)));
        String kept = made("kept", "a");
        String other = made("a");
        own.beforeWrite = writes -> block();
        once(kept, "c1", null, "add", 3L);
        for (int i = 1; i <= 20; i++) {
            assertThat(added(other, "other" + i, 1)).contains("result=" + i);
        }
        assertThat(code(answer("c1", 0))).isNotNull();
    }

    @Test
    void oneThatIsAwayIsToldOfByItsOwnActorsAndTheOthersAreFound() {
        startWith(settings(LONG, LONG, Duration.ofMillis(20), Duration.ofMillis(300)));
        String kept = made("kept", "a");
        String other = made("a");
        await("both sleep", () -> system.instance(kept) == null && system.instance(other) == null);
        store.down = true;
        assertThat(added(kept, "c1", 3)).contains("result=3");
        once(other, "c2", null, "get");
        assertThat(code(answer("c2", 0))).isEqualTo("service_unavailable");
        assertThatThrownBy(() -> system.find("00000000-0000-7000-8000-000000000000"))
                .as("it may lie in the one that is away")
                .isInstanceOf(ActorException.class);
        store.down = false;
        await("it sleeps again", () -> system.instance(kept) == null);
        own.down = true;
        once(kept, "c3", null, "add", 3L);
        assertThat(code(answer("c3", 0))).isEqualTo("service_unavailable");
        assertThat(added(other, "c4", 1)).contains("result=1");
        own.down = false;
        assertThat(added(kept, "c5", 3)).contains("result=6");
    }

    @Test
    void whoIsWokenByAddressOrForAPlanWaitsForNoOtherStore() {
        startWith(sleepy());
        String kept = made("kept", "a");
        once(kept, "c1", null, "later");
        answer("c1", 0);
        String other = made("kept", "b");
        await("they sleep", () -> system.instance(kept) == null && system.instance(other) == null);
        CountDownLatch hangs = new CountDownLatch(1);
        store.before = access -> {
            if (access.equals("load") || access.equals("find")) {
                hangs.countDown();
                block();
            }
        };
        pool.execute(() -> system.find("00000000-0000-7000-8000-000000000000"));
        await("the other store hangs", () -> hangs.getCount() == 0);
        pool.execute(() -> once(made("kept", "b"), "c2", null, "get"));
        assertThat(answer("c2", 0).toString()).contains("result=");
        await(
                "its plan is run",
                () -> new String(own.memory.load(kept).orElseThrow().state()).contains("\"count\":10"));
    }

    @Test
    void oneThatHangsAsItsActorsAreWokenKeepsNoThreadsForTurns() {
        for (int i = 0; i < 2 * Storage.MAX_WAKES; i++) {
            ActorRecord planned = new ActorRecord("planned" + i, "kept", ActorKey.of("p" + i), Instant.EPOCH);
            own.memory.create(planned, "{}".getBytes(StandardCharsets.UTF_8), 0);
        }
        CountDownLatch hanging = new CountDownLatch(Storage.MAX_WAKES);
        own.before = access -> {
            if (access.equals("load")) {
                hanging.countDown();
                block();
            }
        };
        startWith(patient());
        await("all that may hang do", () -> hanging.getCount() == 0);
        awaitEnd("another is made, on a thread for turns", () -> made("a"));
    }

    @Test
    void whateverOneStoreThrowsTheOtherIsAsked() {
        startWith(patient());
        String kept = made("kept", "a");
        store.before = access -> {
            throw new NoClassDefFoundError("a driver");
        };
        ActorSystem another = system(patient(), Map.of("kept", new Storage(own, ownCommits, Runnable::run)));
        assertThat(another.find(kept)).isPresent();
        assertThatThrownBy(() -> another.find("00000000-0000-7000-8000-000000000000"))
                .isInstanceOf(ActorException.class);
    }

    @Test
    void whoSleepsInEitherIsWokenForItsPlans() {
        startWith(sleepy());
        String kept = made("kept", "a");
        once(kept, "c1", null, "later");
        answer("c1", 0);
        await("it is run", () -> new String(own.memory.load(kept).orElseThrow().state()).contains("\"count\":10"));
    }

    @Test
    void whatAnotherStoreHasOfItIsNoneOfIt() {
        system = system(patient(), Map.of());
        String former = made("kept", "a");
        ActorSystem later = system(patient(), Map.of("kept", new Storage(own, ownCommits, Runnable::run)));
        system = later;
        assertThat(system.find(former)).isEmpty();
        assertThat(made("kept", "a")).isNotEqualTo(former);
        once(former, "c1", null, "get");
        assertThat(code(answer("c1", 0))).isEqualTo("not_found");
        assertThat(store.memory.find(former)).isPresent();
    }

    @Test
    void typesThatNameOneStoreShareItsQueue() {
        system = system(
                patient(),
                Map.of(
                        "kept",
                        new Storage(own, ownCommits, Runnable::run),
                        "scripted",
                        new Storage(own, ownCommits, Runnable::run)));
        assertThat(added(made("kept", "a"), "c1", 3)).contains("result=3");
        assertThat(added(made("a"), "c2", 4)).contains("result=4");
        assertThat(store.memory.list("kept", 1)).isEmpty();
        assertThat(own.memory.list("scripted", 1)).hasSize(1);
    }
}
