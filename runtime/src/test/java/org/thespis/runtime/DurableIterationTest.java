package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.thespis.runtime.document.Verification.Policy;

/** Going through durable collections while they change, and what is kept from one turn to the next. */
class DurableIterationTest extends CollectionsFixture {

    // ---- going through a map that changes

    @Test
    void anEntryThatWasRemovedWhileItIsGoneThroughDoesNotComeBackUncounted() {
        run(room -> {
            room.byNumber.put(1L, new Item("a"));
            room.byNumber.put(2L, new Item("b"));
        });
        act(room -> {
            for (Map.Entry<Long, Item> entry : room.byNumber.entrySet()) {
                room.byNumber.remove(2L);
                entry.getValue().tags.add("seen");
            }
            return null;
        });
        assertThat(act(room -> room.byNumber.size()
                        - List.copyOf(room.byNumber.entrySet()).size()))
                .isEqualTo(0);
        assertThat(stored("byNumber")).hasSize((int) act(room -> room.byNumber.size()));
    }

    @Test
    void aValueThatWasReplacedWhileAMapIsGoneThroughIsSeen() {
        run(room -> room.scores.putAll(Map.of("a", 1, "b", 1, "c", 1)));
        run(room -> {
            String before = null;
            for (Map.Entry<String, Integer> entry : room.scores.entrySet()) { // sums, each in the place behind
                String next = entry.getKey().equals("a") ? "b" : "c";
                if (!entry.getKey().equals("c")) {
                    room.scores.put(next, room.scores.get(next) + entry.getValue());
                }
            }
        });
        Map<String, Integer> model = new TreeMap<>(Map.of("a", 1, "b", 1, "c", 1));
        for (Map.Entry<String, Integer> entry : model.entrySet()) {
            String next = entry.getKey().equals("a") ? "b" : "c";
            if (!entry.getKey().equals("c")) {
                model.put(next, model.get(next) + entry.getValue());
            }
        }
        assertThat(act(room -> room.scores.equals(model) ? "same" : room.scores.toString()))
                .isEqualTo("same");
    }

    @Test
    void anIteratorRemovesOnlyWhatItSaw() {
        run(room -> room.scores.putAll(Map.of("a", 1, "b", 2)));
        run(room -> room.scores.entrySet().removeIf(entry -> entry.getValue() == 2));
        assertThat(act(room -> room.scores.toString())).isEqualTo("{a=1}");
    }

    // ---- what is kept from one turn to the next

    @Test
    void anIteratorIsUsedInTurnsOnly() {
        run(room -> room.byNumber.putAll(Map.of(1L, new Item("a"), 2L, new Item("b"))));
        List<java.util.Iterator<Map.Entry<Long, Item>>> kept = new ArrayList<>();
        run(room -> {
            kept.add(room.byNumber.entrySet().iterator());
            kept.get(0).next();
        });
        assertThatThrownBy(() -> kept.get(0).next()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anIteratorThatIsKeptForALaterTurnBringsNothingBackThatWasReplaced() {
        run(room -> room.byNumber.putAll(Map.of(1L, new Item("a"), 2L, new Item("b"))));
        List<java.util.Iterator<Map.Entry<Long, Item>>> kept = new ArrayList<>();
        run(room -> {
            kept.add(room.byNumber.entrySet().iterator());
            kept.get(0).next();
        });
        run(room -> room.byNumber.put(2L, new Item("new")));
        act(room -> kept.get(0).next().getValue().tags.add("seen"));
        assertThat(act(room -> room.byNumber.get(2L).name)).isEqualTo("new");
    }

    @Test
    void whatATurnHadInItsHandsIsLetGoWithIt() throws InterruptedException {
        run(room -> room.items.add(new Item("a")));
        restart(Policy.ALWAYS, 0, Committing.class);
        List<java.lang.ref.WeakReference<Item>> kept = new ArrayList<>();
        act(room -> kept.add(new java.lang.ref.WeakReference<>(room.items.get(0))));
        for (int i = 0; i < 50 && kept.get(0).get() != null; i++) {
            System.gc();
            Thread.sleep(5);
        }
        assertThat(kept.get(0).get()).isNull();
    }
}
