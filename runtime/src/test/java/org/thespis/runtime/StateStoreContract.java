package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.StateStore;
import org.thespis.api.spi.StateStore.Creation;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.api.spi.StoredActor;

/** What every state store keeps to. The store under test may hold actors of other tests. */
public abstract class StateStoreContract {

    private static final byte[] FIRST = bytes("{\"first\":\"ä☃🚀\"}");
    private static final byte[] SECOND = bytes("{\"second\":\"\\u0000'\"}");

    private static final OptionalLong NEVER = OptionalLong.of(Long.MAX_VALUE);

    private final String name = "type-" + UUID.randomUUID();

    protected abstract StateStore store();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ActorRecord actor(String... key) {
        return new ActorRecord(
                UUID.randomUUID().toString(),
                name,
                ActorKey.of(key),
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private ActorRecord created(String... key) {
        ActorRecord actor = actor(key);
        assertThat(store().create(actor, FIRST, Long.MAX_VALUE)).isEqualTo(new Creation(actor, true));
        return actor;
    }

    @Test
    void aCreatedActorIsFoundWithItsState() {
        ActorRecord actor = created("a", "", "b/c\\d", "ä☃🚀");
        assertThat(store().find(actor.id())).contains(actor);
        assertThat(store().find(name, actor.key())).contains(actor);
        StoredActor stored = store().load(actor.id()).orElseThrow();
        assertThat(stored.actor()).isEqualTo(actor);
        assertThat(stored.version()).isEqualTo(1);
        assertThat(stored.state()).isEqualTo(FIRST);
    }

    @Test
    void keysAreToldApartExactly() {
        ActorRecord empty = created();
        ActorRecord small = created("a");
        ActorRecord big = created("A");
        ActorRecord blank = created("a ");
        assertThat(store().find(name, ActorKey.of())).contains(empty);
        assertThat(store().find(name, ActorKey.of("a"))).contains(small);
        assertThat(store().find(name, ActorKey.of("A"))).contains(big);
        assertThat(store().find(name, ActorKey.of("a "))).contains(blank);
        assertThat(store().find(name, ActorKey.of("a", ""))).isEmpty();
    }

    @Test
    void aTakenKeyStaysWithItsActor() {
        ActorRecord actor = created("a");
        assertThat(store().create(actor("a"), SECOND, Long.MAX_VALUE)).isEqualTo(new Creation(actor, false));
        assertThat(store().load(actor.id()).orElseThrow().state()).isEqualTo(FIRST);
    }

    @Test
    void ofManyWhoCreateOneSucceeds() throws Exception {
        List<Creation> creations = together(8, () -> store().create(actor("a"), FIRST, Long.MAX_VALUE));
        assertThat(creations).filteredOn(Creation::created).hasSize(1);
        assertThat(creations)
                .extracting(Creation::actor)
                .containsOnly(creations.get(0).actor());
    }

    @Test
    void aWriteRaisesTheVersion() {
        ActorRecord actor = created("a");
        assertThat(store().write(List.of(new Write(actor.id(), 1, SECOND, NEVER))))
                .isEmpty();
        StoredActor stored = store().load(actor.id()).orElseThrow();
        assertThat(stored.version()).isEqualTo(2);
        assertThat(stored.state()).isEqualTo(SECOND);
    }

    @Test
    void aWriteOfAnOldVersionIsRefusedAndTheOthersOfItsBatchAreNot() {
        ActorRecord one = created("a");
        ActorRecord two = created("b");
        store().write(List.of(new Write(one.id(), 1, SECOND, NEVER)));
        List<Write> batch = List.of(
                new Write(one.id(), 1, FIRST, NEVER),
                new Write(two.id(), 1, SECOND, NEVER),
                new Write("nobody", 1, SECOND, NEVER));
        assertThat(store().write(batch)).containsExactlyInAnyOrder(one.id(), "nobody");
        assertThat(store().load(one.id()).orElseThrow().state()).isEqualTo(SECOND);
        assertThat(store().load(two.id()).orElseThrow().state()).isEqualTo(SECOND);
    }

    @Test
    void ofManyWhoWriteOneVersionOneSucceeds() throws Exception {
        ActorRecord actor = created("a");
        List<Boolean> refused = together(8, () -> store().write(List.of(new Write(actor.id(), 1, SECOND, NEVER)))
                .contains(actor.id()));
        assertThat(refused).filteredOn(r -> !r).hasSize(1);
        assertThat(store().load(actor.id()).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aLargeStateIsKept() {
        ActorRecord actor = created("a");
        byte[] large = bytes("\"" + "x".repeat(3_000_000) + "\"");
        assertThat(store().write(List.of(new Write(actor.id(), 1, large, NEVER))))
                .isEmpty();
        assertThat(store().load(actor.id()).orElseThrow().state()).isEqualTo(large);
    }

    @Test
    void aDeletedActorIsGoneAndItsKeyIsFree() {
        ActorRecord actor = created("a");
        assertThat(store().delete(actor.id())).isTrue();
        assertThat(store().delete(actor.id())).isFalse();
        assertThat(store().find(actor.id())).isEmpty();
        assertThat(store().load(actor.id())).isEmpty();
        assertThat(store().write(List.of(new Write(actor.id(), 1, SECOND, NEVER))))
                .containsExactly(actor.id());
        created("a");
    }

    @Test
    void anActorIsDeletedOnlyInTheVersionThatWasNamed() {
        ActorRecord actor = created("a");
        store().write(List.of(new Write(actor.id(), 1, SECOND, OptionalLong.of(1_000))));
        assertThat(store().delete(actor.id(), 1)).isFalse();
        assertThat(store().load(actor.id()).orElseThrow().version()).isEqualTo(2);
        assertThat(store().delete(actor.id(), 2)).isTrue();
        assertThat(store().delete(actor.id(), 2)).isFalse();
        assertThat(store().find(actor.id())).isEmpty();
        assertThat(store().due(Long.MAX_VALUE - 1, 1_000)).doesNotContain(actor.id());
        created("a");
    }

    @Test
    void ofManyWhoWriteAndDeleteOneVersionOneSucceeds() throws Exception {
        ActorRecord actor = created("a");
        AtomicInteger turn = new AtomicInteger();
        List<Boolean> done = together(
                8,
                () -> turn.getAndIncrement() % 2 == 0
                        ? store().delete(actor.id(), 1)
                        : store().write(List.of(new Write(actor.id(), 1, SECOND, NEVER)))
                                .isEmpty());
        assertThat(done).filteredOn(yes -> yes).hasSize(1);
    }

    @Test
    void theNewestAreListedFirst() {
        List<ActorRecord> actors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ActorRecord actor =
                    new ActorRecord(UUID.randomUUID().toString(), name, ActorKey.of("k" + i), Instant.ofEpochMilli(i));
            store().create(actor, FIRST, Long.MAX_VALUE);
            actors.add(0, actor);
        }
        assertThat(store().list(name, 10)).isEqualTo(actors);
        assertThat(store().list(name, 2)).isEqualTo(actors.subList(0, 2));
        assertThat(store().list(name, 0)).isEmpty();
        assertThat(store().list("nothing", 10)).isEmpty();
    }

    @Test
    void whoIsDueIsToldTheMostUrgentFirst() {
        ActorRecord late = actor("late");
        store().create(late, FIRST, 30_000);
        ActorRecord first = actor("first");
        store().create(first, FIRST, 1_000);
        ActorRecord second = created("second");
        store().write(List.of(new Write(second.id(), 1, SECOND, OptionalLong.of(2_000))));
        assertThat(store().due(999, 10)).isEmpty();
        assertThat(store().due(2_000, 10)).containsExactly(first.id(), second.id());
        assertThat(store().due(2_000, 1)).containsExactly(first.id());
        store().write(List.of(new Write(first.id(), 1, SECOND, OptionalLong.of(1_500))));
        assertThat(store().due(1_499, 10)).isEmpty();
        store().write(List.of(new Write(first.id(), 2, SECOND, OptionalLong.empty())));
        store().write(List.of(new Write(second.id(), 1, FIRST, OptionalLong.of(1)))); // refused
        assertThat(store().due(2_000, 10)).containsExactly(first.id(), second.id());
        store().write(List.of(new Write(first.id(), 3, SECOND, NEVER)));
        store().delete(second.id());
        assertThat(store().due(29_999, 10)).isEmpty();
        store().delete(late.id());
    }

    private static <T> List<T> together(int threads, java.util.concurrent.Callable<T> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(java.util.Collections.nCopies(threads, call))) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
