package org.thespis.runtime.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.thespis.api.spi.EntryChange;

/** Changes one after the other come to the same as all of them together. */
class EntryChangesTest {

    private static final int KEYS = 5;

    private static EntryChanges some(Random random) {
        EntryChanges changes = new EntryChanges();
        for (int i = 0; i < 3; i++) {
            byte[] key = {(byte) random.nextInt(KEYS)};
            switch (random.nextInt(8)) {
                case 0 -> changes.clear("c");
                case 1, 2 -> changes.remove("c", key);
                default -> changes.put("c", key, new byte[] {(byte) random.nextInt(100), 1});
            }
        }
        return changes;
    }

    private static NavigableMap<byte[], byte[]> rows() {
        NavigableMap<byte[], byte[]> rows = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = 0; i < KEYS; i += 2) {
            rows.put(new byte[] {(byte) i}, new byte[] {(byte) (100 + i)});
        }
        return rows;
    }

    private static List<String> text(NavigableMap<byte[], byte[]> rows) {
        return rows.entrySet().stream()
                .map(row -> Arrays.toString(row.getKey()) + Arrays.toString(row.getValue()))
                .toList();
    }

    /** What a store makes of them. */
    private static void store(NavigableMap<byte[], byte[]> rows, List<EntryChange> changes) {
        for (EntryChange change : changes) {
            if (change instanceof EntryChange.Put put) {
                rows.put(put.key(), put.value());
            } else if (change instanceof EntryChange.Remove remove) {
                rows.remove(remove.key());
            } else {
                rows.clear();
            }
        }
    }

    @Test
    void mergedOrOneByOneTheyComeToTheSame() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<EntryChanges> all = List.of(some(random), some(random), some(random));
            NavigableMap<byte[], byte[]> expected = rows();
            all.forEach(changes -> store(expected, changes.list()));
            EntryChanges merged = all.get(0).then(all.get(1)).then(all.get(2));
            NavigableMap<byte[], byte[]> stored = rows();
            store(stored, merged.list());
            NavigableMap<byte[], byte[]> laid = rows();
            all.forEach(changes -> changes.applyTo(laid, "c", null, null));
            assertThat(text(stored)).as("seed " + seed).isEqualTo(text(expected));
            assertThat(text(laid)).as("seed " + seed).isEqualTo(text(expected));
            for (byte i = 0; i < KEYS; i++) {
                byte[] key = {i};
                if (merged.knows("c", key)) {
                    assertThat(merged.value("c", key)).isEqualTo(expected.get(key));
                } else {
                    assertThat(expected.get(key)).isEqualTo(rows().get(key));
                }
            }
        }
    }

    @Test
    void theirLengthIsThatOfKeysAndValues() {
        EntryChanges changes = new EntryChanges();
        changes.put("c", new byte[2], new byte[10]);
        changes.put("c", new byte[2], new byte[5]);
        changes.remove("c", new byte[3]);
        assertThat(changes.length()).isEqualTo(2 + 5 + 3);
        changes.clear("c");
        assertThat(changes.length()).isZero();
        assertThat(changes.list()).containsExactly(new EntryChange.Clear("c"));
    }
}
