package org.thespis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.thespis.api.Actor;
import org.thespis.api.DurableList;
import org.thespis.api.DurableMap;
import org.thespis.api.DurableValue;
import org.thespis.api.State;

/** Types that a field takes are taken as those of entries, and fields change from one to the other. */
class DurableTypesTest extends CollectionsFixture {

    @Actor("room")
    static class Shouting extends Room {
        @State
        DurableList<String> ALL_VALUES;

        @State
        DurableMap<String, Integer> optional;
    }

    @Actor("room")
    static class ShoutingPlain extends Room {
        @State
        List<String> ALL_VALUES = new ArrayList<>();

        @State
        Map<String, Integer> optional = new TreeMap<>();
    }

    @Actor("room")
    static class PlainItems extends Room {
        @State
        List<Item> many = new ArrayList<>();

        @State
        Map<String, Integer> named = new HashMap<>();
    }

    @Actor("room")
    static class DurableItems extends Room {
        @State
        DurableList<Item> many;

        @State
        DurableMap<String, Integer> named;
    }

    @Test
    void aFieldWhoseNameHasValueInItBecomesPlainAgain() {
        restart(Shouting.class);
        run(room -> ((Shouting) room).ALL_VALUES.addAll(List.of("a", "b")));
        restart(ShoutingPlain.class);
        assertThat(act(room -> ((ShoutingPlain) room).ALL_VALUES)).isEqualTo(List.of("a", "b"));
    }

    private void tooLarge() {
        restart(PlainItems.class);
        for (int i = 0; i < 19; i++) {
            run(room -> ((PlainItems) room).many.add(new Item("x".repeat(1_000))));
        }
        grow();
    }

    @Test
    void aStateThatIsLargerThanAllowedAndEndsWithANumberIsUsedAsItIs() {
        tooLarge();
        restart(PlainItems.class);
        assertThat(act(room -> ((PlainItems) room).many.size())).isEqualTo(38);
    }

    @Test
    void aStateThatIsLargerThanAllowedMayMoveIntoEntries() {
        tooLarge();
        restart(DurableItems.class);
        assertThat(act(room -> ((DurableItems) room).many.size())).isEqualTo(38);
    }

    /** Somebody had set a larger bound before. */
    private void grow() {
        String document = document();
        int from = document.indexOf('[', document.indexOf("\"many\"")) + 1;
        int to = document.lastIndexOf("}]") + 1;
        String elements = document.substring(from, document.indexOf("}]", from) + 1);
        StringBuilder more = new StringBuilder(document.substring(0, from));
        more.append(elements).append(',');
        more.append(document.substring(from));
        long version = store.memory.load(id).orElseThrow().version();
        store.memory.write(List.of(new org.thespis.api.spi.StateStore.Write(
                id,
                version,
                more.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.util.OptionalLong.empty())));
    }

    @Actor("room")
    static class Trees extends Room {
        @State
        jakarta.json.JsonValue tree;

        @State
        DurableList<jakarta.json.JsonValue> trees;

        @State
        DurableMap<String, jakarta.json.JsonValue> treeMap;

        @State
        DurableValue<jakarta.json.JsonStructure> structure;

        @State
        java.util.Optional<String> maybe = java.util.Optional.empty();

        @State
        DurableValue<java.util.Optional<String>> perhaps;
    }

    private static final List<jakarta.json.JsonValue> TREES = List.of(
            jakarta.json.JsonValue.EMPTY_JSON_OBJECT,
            jakarta.json.JsonValue.EMPTY_JSON_ARRAY,
            jakarta.json.JsonValue.TRUE,
            jakarta.json.Json.createValue(5),
            jakarta.json.Json.createValue("a"));

    @Test
    void aTreeThatAFieldTakesIsTakenAsAnEntry() {
        restart(Trees.class);
        for (jakarta.json.JsonValue tree : TREES) {
            run(room -> {
                ((Trees) room).tree = tree;
                ((Trees) room).trees.add(tree);
                ((Trees) room).treeMap.put("t" + ((Trees) room).trees.size(), tree);
            });
        }
        run(room -> ((Trees) room).structure.set(jakarta.json.JsonValue.EMPTY_JSON_ARRAY));
        restart(Trees.class);
        assertThat(act(room -> ((Trees) room).trees.equals(TREES))).isEqualTo(true);
        assertThat(act(room -> List.copyOf(((Trees) room).treeMap.values()).equals(TREES)))
                .isEqualTo(true);
        assertThat(ask(
                        "read",
                        room -> ((Trees) room).structure.get().asJsonArray().size()))
                .isEqualTo(0);
    }

    @Test
    void anOptionalThatAFieldTakesIsTakenAsAValue() {
        restart(Trees.class);
        run(room -> {
            ((Trees) room).maybe = java.util.Optional.of("a");
            ((Trees) room).perhaps.set(java.util.Optional.of("a"));
        });
        run(room -> {
            ((Trees) room).maybe = java.util.Optional.empty();
            ((Trees) room).perhaps.set(java.util.Optional.empty());
        });
        restart(Trees.class);
        assertThat(act(room -> ((Trees) room).perhaps.get().equals(((Trees) room).maybe)))
                .isEqualTo(true);
    }
}
