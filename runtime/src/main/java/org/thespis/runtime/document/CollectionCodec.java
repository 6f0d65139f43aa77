package org.thespis.runtime.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SortedSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Function;
import org.thespis.protocol.value.BindingException;

/** Collections of one class, in the order in which they iterate. */
final class CollectionCodec extends Codec {

    private final Codec element;
    private final boolean ordered;
    private final Function<List<Object>, Object> make;

    /** @param ordered whether the order is a part of what the collection is */
    CollectionCodec(Codec element, boolean ordered, Function<List<Object>, Object> make) {
        this.element = element;
        this.ordered = ordered;
        this.make = make;
    }

    @Override
    void write(Object value, JsonOutput out) {
        requireOrdinary(value);
        out.enter();
        out.sign('[');
        if (out.isCanonical() && !ordered) {
            Sorted.write(out, (Collection<?>) value, element::writeNullable);
        } else if (value instanceof ArrayList<?> list) {
            for (int i = 0; i < list.size(); i++) {
                separate(i, out);
                element.writeNullable(list.get(i), out);
            }
        } else {
            int i = 0;
            for (Object one : (Collection<?>) value) {
                separate(i++, out);
                element.writeNullable(one, out);
            }
        }
        out.sign(']');
        out.leave();
    }

    private static void separate(int index, JsonOutput out) {
        if (index > 0) {
            out.sign(',');
        }
    }

    private static void requireOrdinary(Object value) {
        Comparator<?> comparator = null;
        if (value instanceof SortedSet<?> set) {
            comparator = set.comparator();
        } else if (value instanceof PriorityQueue<?> queue) {
            comparator = queue.comparator();
        } else if (value instanceof PriorityBlockingQueue<?> queue) {
            comparator = queue.comparator();
        } else if (value instanceof BlockingQueue<?> queue
                && queue.remainingCapacity() < Integer.MAX_VALUE - queue.size()) {
            throw new BindingException(
                    "it holds a " + value.getClass().getName() + " with a bound, which would be lost; count yourself",
                    null);
        }
        requireNatural(value, comparator);
    }

    static void requireNatural(Object value, Comparator<?> comparator) {
        if (comparator != null) {
            throw new BindingException(
                    "it holds a " + value.getClass().getName() + " with a comparator, which would be lost; let its"
                            + " elements be Comparable and sort naturally",
                    null);
        }
    }

    @Override
    Object read(JsonInput in) {
        List<Object> read = new ArrayList<>();
        in.enter();
        in.beginArray();
        while (in.nextElement()) {
            read.add(element.readNullable(in));
        }
        in.leave();
        try {
            return make.apply(read);
        } catch (RuntimeException e) { // elements that it does not take
            throw new BindingException("the elements do not fit their collection", e);
        }
    }
}
