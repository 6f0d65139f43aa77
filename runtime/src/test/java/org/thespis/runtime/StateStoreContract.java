package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.thespis.api.ActorKey;
import org.thespis.api.spi.ActorRecord;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.EntryRange;
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

    @Test
    void whoIsDueIsToldOfTheTypesThatAreAskedForHoweverManyOthersAre() {
        String other = name + "-other";
        String third = name + "-third";
        List<String> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            others.add(UUID.randomUUID().toString());
            store().create(new ActorRecord(others.get(i), other, ActorKey.of("k" + i), Instant.EPOCH), FIRST, i);
        }
        ActorRecord planned = created("planned");
        store().write(List.of(new Write(planned.id(), 1, SECOND, OptionalLong.of(900))));
        String last = UUID.randomUUID().toString();
        store().create(new ActorRecord(last, third, ActorKey.of("k"), Instant.EPOCH), FIRST, 950);
        assertThat(store().due(1_000, 2, Set.of(name))).containsExactly(planned.id());
        assertThat(store().due(899, 2, Set.of(name))).isEmpty();
        assertThat(store().due(1_000, 3, Set.of(name, third))).containsExactly(planned.id(), last);
        assertThat(store().due(1_000, 3, Set.of(third, other))).isEqualTo(others.subList(0, 3));
        assertThat(store().due(1_000, 3, Set.of("' OR ''='"))).isEmpty();
        assertThat(store().due(1_000, 3, Set.of())).isEmpty();
        others.forEach(store()::delete);
        assertThat(store().due(1_000, 3, Set.of(other))).isEmpty();
        store().delete(planned.id());
        store().delete(last);
    }

    private static EntryChange put(String collection, int key, String value) {
        return new EntryChange.Put(collection, new byte[] {(byte) key, 0}, bytes(value));
    }

    private static EntryRange all(String collection) {
        return new EntryRange(collection, null, null, false, 1_000, Integer.MAX_VALUE);
    }

    private List<String> values(ActorRecord actor, EntryRange range) {
        return store().entries(actor.id(), range).entries().stream()
                .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private boolean written(ActorRecord actor, long version, EntryChange... changes) {
        return store().write(List.of(new Write(actor.id(), version, SECOND, OptionalLong.empty(), List.of(changes))))
                .isEmpty();
    }

    @Test
    void entriesAreReadInTheOrderOfTheirKeys() {
        ActorRecord actor = created("a");
        assertThat(written(
                        actor, 1, put("c", 200, "\"ä☃🚀\""), put("c", 3, "3"), put("c", 100, "100"), put("d", 1, "d")))
                .isTrue();
        assertThat(values(actor, all("c"))).containsExactly("3", "100", "\"ä☃🚀\"");
        assertThat(values(actor, all("none"))).isEmpty();
        byte[] from = {3, 0};
        byte[] to = {(byte) 200, 0};
        assertThat(values(actor, new EntryRange("c", from, to, false, 10, 1_000)))
                .containsExactly("3", "100");
        assertThat(values(actor, new EntryRange("c", from, to, true, 1, 1_000))).containsExactly("100");
        assertThat(values(actor, new EntryRange("c", null, null, false, 10, 2))).containsExactly("3", "100");
        assertThat(store().entries(actor.id(), all("c")).version()).isEqualTo(2);
    }

    @Test
    void aRangeThatEndsBeforeItBeginsHasNoEntries() {
        ActorRecord actor = created("a");
        written(actor, 1, put("c", 1, "1"), put("c", 2, "2"));
        byte[] low = {1};
        byte[] high = {3};
        for (boolean descending : new boolean[] {false, true}) {
            assertThat(values(actor, new EntryRange("c", high, low, descending, 10, 1_000)))
                    .isEmpty();
            assertThat(values(actor, new EntryRange("c", low, low, descending, 10, 1_000)))
                    .isEmpty();
            assertThat(store().entries(actor.id(), new EntryRange("c", high, low, descending, 10, 1_000))
                            .version())
                    .isEqualTo(2);
        }
    }

    @Test
    void entriesOfManyBytesAreWrittenTogetherOrNotAtAll() {
        ActorRecord actor = created("a");
        EntryChange[] many = new EntryChange[40];
        for (int i = 0; i < many.length; i++) {
            many[i] = put("c", i, "\"" + "x".repeat(100_000) + "\"");
        }
        assertThat(written(actor, 7, many)).isFalse();
        assertThat(values(actor, all("c"))).isEmpty();
        assertThat(written(actor, 1, many)).isTrue();
        assertThat(values(actor, all("c"))).hasSize(many.length);
    }

    @Test
    void entriesAreReplacedRemovedAndCleared() {
        ActorRecord actor = created("a");
        written(actor, 1, put("c", 1, "1"), put("c", 2, "2"), put("d", 1, "d"));
        written(actor, 2, put("c", 1, "one"), new EntryChange.Remove("c", new byte[] {2, 0}), put("c", 3, "3"));
        assertThat(values(actor, all("c"))).containsExactly("one", "3");
        written(actor, 3, new EntryChange.Clear("c"), put("c", 9, "9"), new EntryChange.Remove("c", new byte[] {7}));
        assertThat(values(actor, all("c"))).containsExactly("9");
        assertThat(values(actor, all("d"))).containsExactly("d");
    }

    @Test
    void aWriteThatIsRefusedChangesNoEntries() {
        ActorRecord one = created("a");
        ActorRecord two = created("b");
        written(one, 1, put("c", 1, "1"));
        Set<String> refused = store().write(List.of(
                new Write(one.id(), 1, FIRST, NEVER, List.of(put("c", 1, "no"), new EntryChange.Clear("c"))),
                new Write(two.id(), 1, FIRST, NEVER, List.of(put("c", 1, "yes")))));
        assertThat(refused).containsExactly(one.id());
        assertThat(values(one, all("c"))).containsExactly("1");
        assertThat(values(two, all("c"))).containsExactly("yes");
    }

    @Test
    void anActorMayHaveEntriesFromTheBeginning() {
        ActorRecord actor = actor("a");
        store().create(actor, FIRST, Long.MAX_VALUE, List.of(put("c", 1, "1")));
        store().create(actor("a"), FIRST, Long.MAX_VALUE, List.of(put("c", 1, "of another")));
        assertThat(values(actor, all("c"))).containsExactly("1");
    }

    @Test
    void theEntriesOfADeletedActorAreGone() {
        ActorRecord actor = created("a");
        written(actor, 1, put("c", 1, "1"));
        assertThat(store().delete(actor.id(), 2)).isTrue();
        assertThat(values(actor, all("c"))).isEmpty();
        assertThat(store().entries(actor.id(), all("c")).version()).isZero();
        ActorRecord successor = created("a");
        assertThat(values(successor, all("c"))).isEmpty();
        written(successor, 1, put("c", 1, "1"));
        assertThat(store().delete(successor.id())).isTrue();
        assertThat(values(successor, all("c"))).isEmpty();
    }

    @Test
    void ofADeletedActorWithVeryManyEntriesNoneIsFoundAndOthersKeepTheirs() {
        ActorRecord other = created("b");
        written(other, 1, put("c", 1, "of another"));
        ActorRecord actor = created("a");
        EntryChange[] many = new EntryChange[2_500];
        for (int i = 0; i < many.length; i++) {
            many[i] = new EntryChange.Put("c", new byte[] {(byte) (i >> 8), (byte) i}, bytes("" + i));
        }
        written(actor, 1, many);
        assertThat(store().delete(actor.id(), 2)).isTrue();
        ActorRecord successor = created("a");
        for (int i = 0; i < 4; i++) {
            assertThat(values(actor, all("c"))).isEmpty();
            assertThat(values(successor, all("c"))).isEmpty();
            store().due(0, 1); // in which a store may tidy up
        }
        assertThat(values(other, all("c"))).containsExactly("of another");
    }

    @Test
    void ofManyWhoWriteEntriesUnderOneVersionThoseOfOneAreThere() throws Exception {
        ActorRecord actor = created("a");
        AtomicInteger writers = new AtomicInteger();
        together(8, () -> {
            int writer = writers.incrementAndGet();
            return written(actor, 1, put("c", 1, "" + writer), put("c", 2, "" + writer));
        });
        assertThat(values(actor, all("c")))
                .hasSize(2)
                .containsOnly(values(actor, all("c")).get(0));
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
