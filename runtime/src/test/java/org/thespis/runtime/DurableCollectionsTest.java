package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.document.Verification.Policy;

/** What authors do with durable collections, and what it costs. */
class DurableCollectionsTest extends CollectionsFixture {

    private static Message message(int i) {
        return new Message("f" + i, "t" + i);
    }

    private void fill(int size) {
        run(room -> {
            for (int i = 0; i < size; i++) {
                room.messages.add(message(i));
            }
        });
    }

    @Test
    void aListComesBackAfterASleep() {
        run(room -> {
            room.messages.addAll(List.of(message(1), message(2)));
            room.messages.addFirst(message(0));
        });
        restart();
        assertThat(act(room -> room.messages.toString()))
                .isEqualTo(List.of(message(0), message(1), message(2)).toString());
        assertThat(document()).doesNotContain("t1");
    }

    @Test
    void aListGrowsShrinksAndIsReplacedAtBothEnds() {
        run(room -> {
            room.messages.addAll(List.of(message(0), message(1), message(2), message(3)));
            assertThat(room.messages.removeFirst()).isEqualTo(message(0));
            assertThat(room.messages.removeLast()).isEqualTo(message(3));
            assertThat(room.messages.set(1, message(9))).isEqualTo(message(2));
            assertThat(room.messages.getFirst()).isEqualTo(message(1));
            assertThat(room.messages.getLast()).isEqualTo(message(9));
            assertThatThrownBy(() -> room.messages.add(1, message(5)))
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> room.messages.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        });
        restart();
        assertThat(act(room -> room.messages.equals(List.of(message(1), message(9)))))
                .isEqualTo(true);
        assertThat(stored("messages")).hasSize(2);
        run(room -> {
            room.messages.clear();
            room.messages.add(message(7));
        });
        assertThat(stored("messages")).hasSize(1);
        run(room -> {
            room.messages.clear();
            assertThatThrownBy(() -> room.messages.getFirst()).isInstanceOf(NoSuchElementException.class);
        });
    }

    @Test
    void wakingReadsNoEntryAndAPageReadsThatPage() {
        fill(1_000);
        restart();
        assertThat(act(room -> room.messages.size())).isEqualTo(1_000);
        run(room -> room.messages.add(message(1_000)));
        assertThat(reads.get()).isZero();
        assertThat(act(room -> room.messages.page(990, 50).size())).isEqualTo(11);
        assertThat(reads.get()).isLessThanOrEqualTo(2);
        assertThat(act(room -> room.messages.page(990, 50).get(10).text())).isEqualTo("t1000");
        assertThat(reads.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void onlyWhatChangedIsWritten() {
        fill(100);
        List<Integer> written = new ArrayList<>();
        store.beforeWrite = writes -> written.add(writes.get(0).entries().size());
        run(room -> room.messages.add(message(100)));
        run(room -> room.messages.set(50, message(0)));
        run(room -> room.plain++);
        assertThat(written).containsExactly(1, 1, 0);
    }

    @Test
    void anElementThatIsSetToWhatItIsChangesItOnlyOnce() {
        fill(10);
        run(room -> room.messages.set(5, message(5)));
        assertThat(stored("messages")).hasSize(10);
        assertThat(act(room -> room.messages.get(5).text())).isEqualTo("t5");
    }

    @Test
    void entriesOfMoreThanTheCacheHoldsAreReadAllTheSame() {
        fill(300);
        restart(Policy.FIRST, 2_000, Committing.class);
        assertThat(act(room ->
                        room.messages.stream().map(Message::text).distinct().count()))
                .isEqualTo(300L);
        int once = reads.get();
        assertThat(act(room ->
                        room.messages.get(0).text() + room.messages.get(299).text()))
                .isEqualTo("t0t299");
        assertThat(reads.get()).isGreaterThan(once);
    }

    @Test
    void whatIsChangedInPlaceIsFoundInItsTurnAndIsACopyLater() {
        Item[] kept = new Item[1];
        run(room -> {
            room.items.add(new Item("a"));
            room.byNumber.put(-5L, new Item("b"));
            room.large.set(new Item("c"));
        });
        run(room -> {
            kept[0] = room.items.get(0);
            kept[0].tags.add("x");
            room.byNumber.get(-5L).tags.add("y");
            room.large.get().tags.add("z");
        });
        run(room -> kept[0].tags.add("lost"));
        assertThat(act(room -> room.items.get(0).tags)).isEqualTo(List.of("x"));
        restart();
        assertThat(act(room -> "" + room.items.get(0).tags + room.byNumber.get(-5L).tags + room.large.get().tags))
                .isEqualTo("[x][y][z]");
    }

    @Test
    void whatIsPutAndThenChangedInTheSameTurnIsWrittenAsItWasLast() {
        run(room -> {
            Item item = new Item("a");
            room.items.add(item);
            item.tags.add("later");
            room.items.mutate(0, same -> same.tags.add("mutated"));
        });
        restart();
        assertThat(act(room -> room.items.get(0).tags)).isEqualTo(List.of("later", "mutated"));
    }

    @Test
    void aTurnThatOnlyReadsWritesNothing() {
        run(room -> room.items.add(new Item("a")));
        store.batches.clear();
        changes = 0;
        assertThat(act(room -> room.items.get(0).name)).isEqualTo("a");
        assertThat(ask("read", room -> room.items.size())).isEqualTo(1);
        assertThat(store.batches).isEmpty();
        assertThat(changes).isZero();
    }

    @Test
    void anEntryThatChangedIsAChangeOfTheState() {
        changes = 0;
        run(room -> room.scores.put("a", 1));
        run(room -> room.scores.put("a", 2));
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void aMapIsSortedAndReadInPages() {
        run(room -> {
            for (int i = 0; i < 200; i++) {
                room.byNumber.put((long) (i % 2 == 0 ? i : -i), new Item("n" + i));
            }
            room.scores.putAll(Map.of("b", 2, "a", 1, "\ud83d\ude80", 4, "\uffee", 5, "", 0));
        });
        restart();
        assertThat(act(room -> List.copyOf(room.scores.keySet())))
                .isEqualTo(List.of("", "a", "b", "\ud83d\ude80", "\uffee"));
        assertThat(act(room -> keys(room.byNumber.after(-199L, 2)))).isEqualTo(List.of(-197L, -195L));
        assertThat(act(room -> keys(room.byNumber.before(null, 2)))).isEqualTo(List.of(198L, 196L));
        assertThat(act(room -> keys(room.byNumber.range(-2L, 3L, 10)))).isEqualTo(List.of(-1L, 0L, 2L));
        assertThat(act(room -> room.byNumber.size())).isEqualTo(200);
        assertThat(act(room -> room.byNumber.entrySet().stream()
                        .map(Map.Entry::getKey)
                        .distinct()
                        .count()))
                .isEqualTo(200L);
    }

    private static List<Long> keys(List<Map.Entry<Long, Item>> entries) {
        return entries.stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void aMapKeepsToTheContractOfMaps() {
        run(room -> {
            assertThat(room.scores.put("a", 1)).isNull();
            assertThat(room.scores.put("a", 2)).isEqualTo(1);
            assertThat(room.scores).containsEntry("a", 2).doesNotContainKey("b").hasSize(1);
            assertThat(room.scores.get((Object) 5)).isNull();
            assertThat(room.scores.merge("a", 3, Integer::sum)).isEqualTo(5);
            room.scores.put("null", null);
            assertThat(room.scores.containsKey("null")).isTrue();
            for (Iterator<Map.Entry<String, Integer>> all =
                            room.scores.entrySet().iterator();
                    all.hasNext(); ) {
                Map.Entry<String, Integer> entry = all.next();
                if (entry.getKey().equals("a")) {
                    entry.setValue(6);
                } else {
                    all.remove();
                }
            }
            assertThat(room.scores).isEqualTo(Map.of("a", 6));
            assertThat(room.scores.remove("a")).isEqualTo(6);
            assertThat(room.scores.isEmpty()).isTrue();
            assertThatThrownBy(() -> room.scores.put(null, 1)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> room.scores.put("x".repeat(2_000), 1))
                    .isInstanceOf(IllegalArgumentException.class);
        });
        assertThat(stored("scores")).isEmpty();
    }

    @Test
    void aValueComesAndGoes() {
        run(room -> room.large.set(new Item("a")));
        restart();
        assertThat(act(room -> room.large.isPresent() + room.large.get().name)).isEqualTo("truea");
        run(room -> room.large.set(null));
        restart();
        assertThat(act(room -> room.large.isPresent())).isEqualTo(false);
        assertThat(stored("large")).isEmpty();
    }

    @Test
    void whatTheStoreHasNotTakenYetIsReadAsItIsNow() {
        fill(100);
        restart(Policy.ALWAYS, 0, Periodic.class); // without a cache
        run(room -> {
            room.messages.set(10, message(1_000));
            room.messages.removeFirst();
            room.scores.put("a", 1);
        });
        assertThat(act(room -> room.messages.get(9).text() + room.messages.size() + room.scores.get("a")))
                .isEqualTo("t1000991");
        assertThat(stored("messages").get(10)).contains("t10\"");
    }

    @Test
    void theyAreUsedInTurnsOnly() {
        Room[] outside = new Room[1];
        run(room -> outside[0] = room);
        assertThatThrownBy(() -> outside[0].messages.size()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> outside[0].scores.put("a", 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> outside[0].large.get()).isInstanceOf(IllegalStateException.class);
    }
}
