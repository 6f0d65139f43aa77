package org.thespis.runtime.document;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.thespis.protocol.value.BindingException;

/**
 * Maps of one class, in the order in which they iterate: an object where all keys are text, a list of pairs elsewhere.
 */
final class MapCodec extends Codec {

    private final Codec keys;
    private final Codec values;
    private final boolean ordered;
    private final BiFunction<Map<Object, Object>, Comparator<Object>, Object> make;

    /**
     * @param ordered whether the order is a part of what the map is
     * @param make of the entries and the comparator of the keys, which may be null
     */
    MapCodec(
            Codec keys,
            Codec values,
            boolean ordered,
            BiFunction<Map<Object, Object>, Comparator<Object>, Object> make) {
        this.keys = keys;
        this.values = values;
        this.ordered = ordered;
        this.make = make;
    }

    @Override
    void write(Object value, JsonOutput out) {
        Map<?, ?> map = (Map<?, ?>) value;
        Views.requireNoDefaults(map);
        if (out.isCanonical()) {
            Views.requireInsertionOrder(map);
        }
        out.enter();
        boolean named = Orders.begin(value, out);
        if (isObject(map)) {
            all(map, '{', this::member, '}', out);
        } else {
            all(map, '[', this::pair, ']', out);
        }
        if (named) {
            out.sign('}');
        }
        out.leave();
    }

    /** Whether all keys can be those of an object that nobody takes for one with a mark. */
    boolean isObject(Map<?, ?> map) {
        if (!keys.isText()) {
            return false;
        }
        boolean first = true;
        for (Object key : map.keySet()) {
            boolean checked = first || keys instanceof OpenCodec; // others have a text for every key
            String text = key == null || !checked ? null : keys.toText(key);
            if (key == null || checked && (text == null || first && isMark(text))) {
                return false;
            }
            first = false;
        }
        return true;
    }

    private static boolean isMark(String text) {
        return text.equals(OpenCodec.MARK) || text.equals(Orders.MARK);
    }

    private void all(
            Map<?, ?> map, char begin, BiConsumer<Map.Entry<?, ?>, JsonOutput> writer, char end, JsonOutput out) {
        out.sign(begin);
        if (out.isCanonical() && !ordered) {
            Sorted.write(out, map.entrySet(), (entry, one) -> writer.accept(entry, one));
        } else {
            boolean more = false;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (more) {
                    out.sign(',');
                }
                writer.accept(entry, out);
                more = true;
            }
        }
        out.sign(end);
    }

    private void member(Map.Entry<?, ?> entry, JsonOutput out) {
        out.text(keys.toText(entry.getKey()));
        out.sign(':');
        values.writeNullable(entry.getValue(), out);
    }

    private void pair(Map.Entry<?, ?> entry, JsonOutput out) {
        out.sign('[');
        keys.writeNullable(entry.getKey(), out);
        out.sign(',');
        values.writeNullable(entry.getValue(), out);
        out.sign(']');
    }

    @Override
    Object read(JsonInput in) {
        Map<Object, Object> read = new LinkedHashMap<>();
        in.enter();
        Comparator<Object> order = Orders.begin(in);
        if (in.peek() == '{') {
            in.beginObject();
            for (String key = in.nextKey(); key != null; key = in.nextKey()) {
                read.put(key(key), values.readNullable(in));
            }
        } else {
            in.beginArray();
            while (in.nextElement()) {
                pair(in, read);
            }
        }
        if (order != null) {
            Orders.end(in);
        }
        in.leave();
        try {
            return make.apply(read, order);
        } catch (RuntimeException e) { // keys or values that it does not take
            throw new BindingException("the entries do not fit their map", e);
        }
    }

    private Object key(String text) {
        if (!keys.isText()) {
            throw new BindingException("\"" + text + "\" is no key of the map", null);
        }
        return keys.fromText(text);
    }

    private void pair(JsonInput in, Map<Object, Object> into) {
        in.beginArray();
        if (!in.nextElement()) {
            throw in.fault("a key");
        }
        Object key = keys.readNullable(in);
        if (!in.nextElement()) {
            throw in.fault("a value");
        }
        into.put(key, values.readNullable(in));
        in.endArray();
    }
}
