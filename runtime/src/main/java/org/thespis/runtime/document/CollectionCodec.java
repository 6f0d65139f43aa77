package org.thespis.runtime.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.BiFunction;
import org.thespis.protocol.value.BindingException;

/** Collections of one class, in the order in which they iterate. */
final class CollectionCodec extends Codec {

    private final Codec element;
    private final boolean ordered;
    private final BiFunction<List<Object>, Comparator<Object>, Object> make;

    /**
     * @param ordered whether the order is a part of what the collection is
     * @param make of the elements and their comparator, which may be null
     */
    CollectionCodec(Codec element, boolean ordered, BiFunction<List<Object>, Comparator<Object>, Object> make) {
        this.element = element;
        this.ordered = ordered;
        this.make = make;
    }

    @Override
    void write(Object value, JsonOutput out) {
        requireUnbounded(value);
        Views.requireNone(value);
        out.enter();
        boolean named = Orders.begin(value, out);
        out.sign('[');
        if (out.isCanonical() && !ordered) {
            Sorted.write(out, (Collection<?>) value, element::writeNullable);
        } else if (value instanceof ArrayList<?> list) {
            for (int i = 0; i < list.size(); i++) {
                out.separate(i);
                element.writeNullable(list.get(i), out);
            }
        } else {
            int i = 0;
            for (Object one : (Collection<?>) value) {
                out.separate(i++);
                element.writeNullable(one, out);
            }
        }
        out.sign(']');
        if (named) {
            out.sign('}');
        }
        out.leave();
    }

    private static void requireUnbounded(Object value) {
        if (value instanceof BlockingQueue<?> queue
                && !(value instanceof PriorityBlockingQueue)
                && queue.remainingCapacity() < Integer.MAX_VALUE - queue.size()) {
            throw new BindingException(
                    "it holds a " + value.getClass().getName() + " with a bound, which would be lost; count yourself",
                    null);
        }
    }

    @Override
    Object read(JsonInput in) {
        List<Object> read = new ArrayList<>();
        in.enter();
        Comparator<Object> order = Orders.begin(in);
        in.beginArray();
        while (in.nextElement()) {
            read.add(element.readNullable(in));
        }
        if (order != null) {
            Orders.end(in);
        }
        in.leave();
        try {
            return make.apply(read, order);
        } catch (RuntimeException e) { // elements that it does not take
            throw new BindingException("the elements do not fit their collection", e);
        }
    }
}
