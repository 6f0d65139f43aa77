package org.thespis.cluster.wire;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.protocol.MalformedMessageException;
import org.thespis.protocol.PlainCodec;
import org.thespis.protocol.UnencodableException;
import org.thespis.protocol.value.Bounds;

/**
 * Plain values as bytes of their own inside a message, so that they have all the depth and memory that they have in a message
 * of a client. CBOR, where decimals and instants stand as marked texts: its numbers would not hold all their digits. Whole
 * numbers keep their value, but not always their class, as those of clients. Any thread.
 */
final class Plain {

    private static final int MARK_SIZE = 2;
    private static final String DECIMAL = "$d";
    private static final String INSTANT = "$t";
    private static final String ESCAPED = "$$";

    private Plain() {}

    /** @throws UnencodableException if it is no plain value or beyond its bounds */
    static byte[] write(Object value) {
        return PlainCodec.writeCbor(marked(value, Bounds.MAX_DEPTH));
    }

    static Object read(byte[] bytes) throws MalformedMessageException {
        return unmarked(PlainCodec.readCbor(bytes));
    }

    @SuppressWarnings("unchecked")
    static List<Object> readList(byte[] bytes) throws MalformedMessageException {
        if (read(bytes) instanceof List<?> list) {
            return (List<Object>) list;
        }
        throw new MalformedMessageException("no list of values");
    }

    /** The value itself where nothing in it needs a mark, as is most often. */
    private static Object marked(Object value, int levels) {
        if (value instanceof BigDecimal decimal) {
            return List.of(DECIMAL, decimal.toString());
        }
        if (value instanceof Instant instant) {
            return List.of(INSTANT, instant.toString());
        }
        if (value instanceof List<?> list) {
            return markedList(list, inner(levels));
        }
        return value instanceof Map<?, ?> map ? markedMap(map, inner(levels)) : value;
    }

    private static int inner(int levels) {
        if (levels == 0) {
            throw new UnencodableException("a value nested deeper than " + Bounds.MAX_DEPTH + " levels");
        }
        return levels - 1;
    }

    private static boolean looksMarked(List<?> list) {
        return list.size() == MARK_SIZE && list.get(0) instanceof String text && text.startsWith("$");
    }

    private static Object markedList(List<?> list, int levels) {
        List<Object> copy = null;
        for (int i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            Object marked = marked(item, levels);
            if (marked != item && copy == null) {
                copy = new ArrayList<>(list);
            }
            if (marked != item) {
                copy.set(i, marked);
            }
        }
        if (looksMarked(list)) {
            copy = copy == null ? new ArrayList<>(list) : copy;
            copy.set(0, "$" + list.get(0));
        }
        return copy == null ? list : copy;
    }

    private static Object markedMap(Map<?, ?> map, int levels) {
        Map<Object, Object> copy = null;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object marked = marked(entry.getValue(), levels);
            if (marked != entry.getValue()) {
                copy = copy == null ? new LinkedHashMap<>(map) : copy;
                copy.put(entry.getKey(), marked);
            }
        }
        return copy == null ? map : copy;
    }

    /** Changes lists and maps where they stand: they were just read. Their depth was bounded as they were. */
    @SuppressWarnings("unchecked")
    private static Object unmarked(Object value) throws MalformedMessageException {
        if (value instanceof List<?> list) {
            return unmarkedList((List<Object>) list);
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<String, Object> entry : ((Map<String, Object>) map).entrySet()) {
                entry.setValue(unmarked(entry.getValue()));
            }
        }
        return value;
    }

    private static Object unmarkedList(List<Object> list) throws MalformedMessageException {
        if (looksMarked(list)) {
            String mark = (String) list.get(0);
            if (!mark.startsWith(ESCAPED)) {
                return value(mark, list.get(1));
            }
            list.set(0, mark.substring(1));
        }
        for (int i = 0; i < list.size(); i++) {
            list.set(i, unmarked(list.get(i)));
        }
        return list;
    }

    private static Object value(String mark, Object text) throws MalformedMessageException {
        try {
            if (mark.equals(DECIMAL) && text instanceof String digits) {
                return decimal(digits);
            }
            if (mark.equals(INSTANT) && text instanceof String time) {
                return Instant.parse(time);
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw new MalformedMessageException("the text of a mark is no such value", e);
        }
        throw new MalformedMessageException("an unknown mark");
    }

    /** The value as one that nobody can change. */
    static Object frozen(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Plain::frozen).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> frozen = new LinkedHashMap<>();
            map.forEach((key, member) -> frozen.put(key, frozen(member)));
            return Collections.unmodifiableMap(frozen);
        }
        return value;
    }

    /** Long ones cost more to read than their length. */
    private static BigDecimal decimal(String digits) throws MalformedMessageException {
        if (digits.length() > 2 * Bounds.MAX_NUMBER_CHARS) {
            throw new MalformedMessageException("a number of too many digits");
        }
        return new BigDecimal(digits);
    }
}
