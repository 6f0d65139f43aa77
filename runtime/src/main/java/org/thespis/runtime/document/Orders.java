package org.thespis.runtime.document;

import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;
import org.thespis.protocol.value.BindingException;

/** The comparators of the platform that sorted collections and maps may have: {@code {"@order":"reverse","value":[...]}}. */
final class Orders {

    static final String MARK = "@order";

    private static final byte[] MARK_KEY = JsonOutput.quoted(MARK);
    private static final byte[] VALUE_KEY = JsonOutput.follow("value");
    private static final Map<String, Comparator<?>> BY_NAME = Map.of(
            "natural", Comparator.naturalOrder(),
            "reverse", Comparator.reverseOrder(),
            "ignoreCase", String.CASE_INSENSITIVE_ORDER);

    private Orders() {}

    private static Comparator<?> comparator(Object value) {
        if (value instanceof SortedSet<?> set) {
            return set.comparator();
        }
        if (value instanceof SortedMap<?, ?> map) {
            return map.comparator();
        }
        if (value instanceof PriorityQueue<?> queue) {
            return queue.comparator();
        }
        return value instanceof PriorityBlockingQueue<?> queue ? queue.comparator() : null;
    }

    /**
     * Writes the name of the comparator before the elements, if there is one.
     *
     * @return whether there is; then a brace ends what is written
     */
    static boolean begin(Object value, JsonOutput out) {
        Comparator<?> comparator = comparator(value);
        if (comparator == null) {
            return false;
        }
        String name = BY_NAME.entrySet().stream()
                .filter(known -> known.getValue() == comparator)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new BindingException(
                        "it holds a " + value.getClass().getName() + " with the comparator "
                                + comparator.getClass().getName() + ", which would be lost; let its elements be"
                                + " Comparable and sort naturally",
                        null));
        out.sign('{');
        out.raw(MARK_KEY);
        out.text(name);
        out.raw(VALUE_KEY);
        return true;
    }

    /** The comparator that stands before the elements; null if there is none. Then {@link #end} follows the elements. */
    @SuppressWarnings("unchecked") // of those that the comparator was for
    static Comparator<Object> begin(JsonInput in) {
        if (!in.tryMark(MARK_KEY)) {
            return null;
        }
        String name = in.text();
        Comparator<?> comparator = BY_NAME.get(name);
        if (comparator == null || !in.tryRaw(VALUE_KEY)) {
            throw in.fault("an order and a value");
        }
        return (Comparator<Object>) comparator;
    }

    static void end(JsonInput in) {
        in.endObject();
    }
}
