package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.api.DurableList;
import org.thespis.api.DurableMap;
import org.thespis.api.State;
import org.thespis.api.spi.EntryChange;
import org.thespis.api.spi.StateStore.Write;
import org.thespis.runtime.document.EntryKeys;

/** Entries that would be written otherwise than they were read, although nobody changed them. */
class DurableUntouchedTest extends CollectionsFixture {

    /** Holds what has an order that nothing tells. */
    public static class Tagged {
        public Set<String> tags = new HashSet<>();
        public Map<String, Integer> counts = new HashMap<>();
    }

    /** As it is now: before, it had no second member. */
    public static class Grown {
        public int one;
        public int two = 2;
    }

    /** Cannot be made a second time in one turn. */
    public static class Once {
        static int made;
        public String name = "n";
        public int since;

        public Once() {
            if (made++ == 1) {
                throw new IllegalStateException("once");
            }
        }
    }

    @Actor("room")
    static class Tags extends Room {
        @State
        DurableList<Tagged> tagged;

        @State
        DurableMap<String, Tagged> byName;

        @State
        DurableList<Grown> grown;

        @State
        DurableList<Once> once;
    }

    /** One whose set has more room than one that is read. */
    private static Tagged tagged() {
        Tagged tagged = new Tagged();
        for (int i = 0; i < 200; i++) {
            tagged.tags.add("t" + i);
            tagged.counts.put("c" + i, i);
        }
        tagged.tags.removeIf(tag -> !tag.endsWith("7"));
        tagged.counts.keySet().removeIf(tag -> !tag.endsWith("7"));
        return tagged;
    }

    private static Tags tags(Room room) {
        return (Tags) room;
    }

    private void addTagged() {
        restart(Tags.class);
        run(room -> {
            tags(room).tagged.add(tagged());
            tags(room).byName.put("a", tagged());
        });
        restart(Tags.class);
    }

    private void storeAsBefore(String collection, String json) {
        store.memory.write(List.of(new Write(
                id,
                store.memory.load(id).orElseThrow().version(),
                store.memory.load(id).orElseThrow().state(),
                OptionalLong.empty(),
                List.of(new EntryChange.Put(collection, EntryKeys.ofLong(0), json.getBytes(StandardCharsets.UTF_8))))));
    }

    private void addOfOlderVersion() {
        restart(Tags.class);
        run(room -> {
            tags(room).grown.add(new Grown());
        });
        storeAsBefore("grown", "{\"one\":1}");
        restart(Tags.class);
    }

    @Test
    void anEntryWithoutOrderThatIsOnlyReadIsNotChanged() {
        addTagged();
        store.batches.clear();
        assertThat(ask("read", room -> tags(room).tagged.get(0).tags.size())).isEqualTo(20);
        assertThat(ask("read", room -> tags(room).byName.get("a").counts.size()))
                .isEqualTo(20);
        assertThat(act(room -> tags(room).tagged.get(0).counts.size())).isEqualTo(20);
        assertThat(store.batches).isEmpty();
        assertThat(changes).isZero();
    }

    @Test
    void aChangeOfAnEntryWithoutOrderIsFound() {
        addTagged();
        assertThat(reason(ask("read", room -> tags(room).tagged.get(0).tags.add("new"))))
                .isEqualTo("actor.read_only");
        run(room -> tags(room).tagged.get(0).tags.remove("t7"));
        run(room -> tags(room).byName.mutate("a", one -> one.counts.put("c7", 8)));
        restart(Tags.class);
        assertThat(act(room -> tags(room).tagged.get(0).tags.size())).isEqualTo(19);
        assertThat(act(room -> tags(room).byName.get("a").counts.get("c7"))).isEqualTo(8);
    }

    @Test
    void anEntryThatAnOlderVersionOfItsClassWroteIsNotChangedAsItIsRead() {
        addOfOlderVersion();
        store.batches.clear();
        assertThat(ask("read", room -> tags(room).grown.get(0).two)).isEqualTo(2);
        assertThat(act(room -> tags(room).grown.get(0).one)).isEqualTo(1);
        assertThat(store.batches).isEmpty();
        assertThat(stored("grown")).containsExactly("{\"one\":1}");
    }

    @Test
    void aChangeOfAnEntryThatAnOlderVersionOfItsClassWroteIsFound() {
        addOfOlderVersion();
        run(room -> tags(room).grown.get(0).two = 3);
        assertThat(stored("grown")).containsExactly("{\"one\":1,\"two\":3}");
    }

    @Test
    void aChangeBehindAnActionThatThrewIsFoundAndOneThatWasTakenBackIsNot() {
        addTagged();
        ask("actAtomically", room -> {
            tags(room).tagged.get(0).tags.add("gone");
            throw new org.thespis.api.UserException("no", "no");
        });
        run(room -> {
            tags(room).tagged.get(0);
            room.actor.saveState();
        });
        assertThat(act(room -> tags(room).tagged.get(0).tags.size())).isEqualTo(20);
        act(room -> {
            tags(room).tagged.get(0).tags.add("kept");
            throw new org.thespis.api.UserException("no", "no");
        });
        restart(Tags.class);
        assertThat(act(room -> tags(room).tagged.get(0).tags.size())).isEqualTo(21);
    }

    @Test
    void anEntryThatCannotBeReadAgainForTheComparisonCountsAsChanged() {
        restart(org.thespis.runtime.document.Verification.Policy.NEVER, 0, Tags.class);
        Once.made = 100;
        run(room -> tags(room).once.add(new Once()));
        storeAsBefore("once", "{\"name\":\"b\"}");
        restart(org.thespis.runtime.document.Verification.Policy.NEVER, 0, Tags.class);
        Once.made = 0;
        assertThat(act(room -> tags(room).once.get(0).name)).isEqualTo("b");
        assertThat(stored("once")).containsExactly("{\"name\":\"b\",\"since\":0}");
    }
}
