package org.thespis.runtime.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes what has no order of its own sorted by its bytes, so that equal values have equal bytes. */
final class Sorted {

    private Sorted() {}

    static <T> void write(JsonOutput out, Collection<T> items, BiConsumer<T, JsonOutput> writer) {
        List<byte[]> written = new ArrayList<>(items.size());
        for (T item : items) {
            JsonOutput one = out.fresh();
            writer.accept(item, one);
            written.add(one.toByteArray());
        }
        written.sort(Arrays::compare);
        for (int i = 0; i < written.size(); i++) {
            out.separate(i);
            out.raw(written.get(i));
        }
    }
}
