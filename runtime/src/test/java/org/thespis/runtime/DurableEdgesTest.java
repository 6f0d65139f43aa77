package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Durable collections in hands that do what java.util allows, and what nobody thought of. */
class DurableEdgesTest extends CollectionsFixture {

    private static final Message ONE = new Message("a", "one");
    private static final Message TWO = new Message("b", "two");

    // ---- changes in the midst of a change

    @Test
    void aMapCountsWhatItHasWhenAMutationRemovedItsOwnKey() {
        run(room -> {
            room.byNumber.put(1L, new Item("a"));
            room.byNumber.put(2L, new Item("b"));
        });
        act(room -> {
            room.byNumber.mutate(1L, item -> room.byNumber.remove(1L));
            return null;
        });
        assertThat(act(room -> room.byNumber.size()
                        - List.copyOf(room.byNumber.entrySet()).size()))
                .isEqualTo(0);
    }

    @Test
    void anElementThatWasAddedInAMutationIsNotLost() {
        run(room -> room.items.add(new Item("old")));
        act(room -> {
            room.items.mutate(0, item -> room.items.addFirst(new Item("new")));
            return null;
        });
        Object names = act(room -> room.items.stream().map(item -> item.name).toList());
        assertThat(names).isIn(List.of("new", "old"), List.of("old")); // or refused
    }

    @Test
    void anElementIsNotReplacedByOneThatAMutationRemoved() {
        run(room -> room.items.addAll(List.of(new Item("a"), new Item("b"), new Item("c"))));
        act(room -> {
            room.items.mutate(0, item -> room.items.removeFirst());
            return null;
        });
        Object names = act(room -> room.items.stream().map(item -> item.name).toList());
        assertThat(names).isIn(List.of("b", "c"), List.of("a", "b", "c"));
    }

    @Test
    void aValueThatWasSetInAMutationIsNotLost() {
        run(room -> room.large.set(new Item("old")));
        act(room -> {
            room.large.mutate(item -> room.large.set(new Item("new")));
            return null;
        });
        assertThat(act(room -> room.large.get().name)).isEqualTo("new");
    }

    @Test
    void aMutationThatChangesNothingWritesNothing() {
        run(room -> room.items.add(new Item("a")));
        store.batches.clear();
        run(room -> room.items.mutate(0, item -> {}));
        assertThat(store.batches).isEmpty();
    }

    // ---- an actor of the same key

    @Test
    void anActorThatIsMadeAgainHasNothingOfTheOneBefore() {
        run(room -> {
            room.messages.add(ONE);
            room.scores.put("a", 1);
            room.large.set(new Item("l"));
        });
        act(room -> {
            room.messages.add(TWO);
            room.actor.destroy();
            return "gone";
        });
        String again = actors.actor("room", "a");
        assertThat(again).isNotEqualTo(id);
        client = actors.client(again);
        actors.runTasks();
        actors.outputs.clear();
        act = room -> room.messages.size() + room.scores.size() + (room.large.isPresent() ? 1 : 0);
        actors.call(again, client, 1, "act");
        actors.runTasks();
        assertThat(answer()).isEqualTo(0);
    }

    // ---- hands that are full

    @Test
    void whatIsRefusedAsTheHandsAreFullIsNotThereUncounted() {
        for (int i = 0; i < 4; i++) {
            run(room -> room.items.add(new Item("x".repeat(MAX / 3))));
        }
        act(room -> {
            for (int i = 0; i < 3; i++) {
                room.items.get(i);
            }
            try {
                room.byNumber.put(1L, new Item("n"));
            } catch (IllegalStateException refused) {
                return "refused";
            }
            return "put";
        });
        assertThat(stored("byNumber")).hasSize((int) act(room -> room.byNumber.size()));
    }

    @Test
    void whatAListRefusesAsTheHandsAreFullLeavesNoRow() {
        for (int i = 0; i < 4; i++) {
            run(room -> room.items.add(new Item("x".repeat(MAX / 3))));
        }
        act(room -> {
            for (int i = 0; i < 3; i++) {
                room.items.get(i);
            }
            try {
                room.items.add(new Item("n"));
            } catch (IllegalStateException refused) {
                return "refused";
            }
            return "put";
        });
        assertThat(stored("items")).hasSize((int) act(room -> room.items.size()));
    }

    // ---- ranges, places

    @Test
    void aRangeThatEndsBeforeItBeginsIsToldTheSameWhateverWasChanged() {
        run(room -> room.scores.putAll(Map.of("a", 1, "b", 2, "c", 3)));
        Object clean = act(room -> outcome(() -> room.scores.range("c", "a", 10)));
        Object changed = act(room -> {
            room.scores.put("b", 5);
            return outcome(() -> room.scores.range("c", "a", 10));
        });
        assertThat(changed).isEqualTo(clean).isIn("[]", "IllegalArgumentException");
    }

    private static String outcome(java.util.concurrent.Callable<?> call) {
        try {
            return call.call().toString();
        } catch (Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    @Test
    void whatIsAddedInFrontOfAListIsAddedWholeOrNotAtAll() {
        run(room -> room.messages.add(new Message("z", "last")));
        Object size = act(room -> {
            try {
                room.messages.addAll(0, List.of(ONE, TWO));
            } catch (UnsupportedOperationException e) {
                return room.messages.size();
            }
            return room.messages.size();
        });
        assertThat(size).isIn(1, 3);
    }

    @Test
    void placesAndLimitsThatAreNoneAreAnsweredAsElsewhere() {
        run(room -> {
            room.messages.addAll(List.of(ONE, TWO));
            room.scores.putAll(Map.of("a", 1, "b", 2));
            assertThat(room.messages.page(-5, 6)).isIn(List.of(ONE), List.of());
            assertThat(room.messages.page(0, -1)).isEmpty();
            assertThat(room.messages.page(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEmpty();
            assertThat(room.messages.page(1, Integer.MAX_VALUE)).containsExactly(TWO);
            assertThatThrownBy(() -> room.messages.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> room.messages.set(2, ONE)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> room.messages.add(-1, ONE)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(room.scores.after(null, 0)).isEmpty();
            assertThat(room.scores.after(null, -1)).isEmpty();
            assertThat(room.scores.after("", Integer.MAX_VALUE)).hasSize(2);
            assertThat(room.scores.range("a", "a", 5)).isEmpty();
            assertThat(room.messages.subList(0, 1)).containsExactly(ONE);
            assertThat(room.messages.indexOf(TWO)).isEqualTo(1);
            assertThat(room.messages.lastIndexOf(null)).isEqualTo(-1);
        });
    }
}
