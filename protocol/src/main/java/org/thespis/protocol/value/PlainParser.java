package org.thespis.protocol.value;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.thespis.api.Undefined;

/** Lets JSON-B read from plain values instead of text. Used once, by one thread. */
final class PlainParser implements JsonParser {

    private static final JsonLocation NOWHERE = new JsonLocation() {
        @Override
        public long getLineNumber() {
            return -1;
        }

        @Override
        public long getColumnNumber() {
            return -1;
        }

        @Override
        public long getStreamOffset() {
            return -1;
        }
    };

    /** Iterates over entries in a map, over items in a list. */
    private record Level(Iterator<?> rest, boolean map) {}

    private final Deque<Level> open = new ArrayDeque<>();
    private final Object root;
    private boolean started;
    private Event event;
    private Object value;
    private Object pendingValue;
    private boolean valuePending;

    PlainParser(Object root) {
        this.root = root;
    }

    @Override
    public boolean hasNext() {
        return !started || valuePending || !open.isEmpty();
    }

    @Override
    public Event next() {
        if (!started) {
            started = true;
            return enter(root);
        }
        if (valuePending) {
            valuePending = false;
            return enter(pendingValue);
        }
        Level level = open.peek();
        if (level == null) {
            throw new NoSuchElementException();
        }
        if (!level.rest.hasNext()) {
            open.pop();
            event = level.map ? Event.END_OBJECT : Event.END_ARRAY;
            return event;
        }
        Object item = level.rest.next();
        if (!level.map) {
            return enter(item);
        }
        Map.Entry<?, ?> entry = (Map.Entry<?, ?>) item;
        value = entry.getKey();
        pendingValue = entry.getValue();
        valuePending = true;
        event = Event.KEY_NAME;
        return event;
    }

    private Event enter(Object item) {
        value = item;
        if (item instanceof Map<?, ?> map) {
            open.push(new Level(map.entrySet().iterator(), true));
            event = Event.START_OBJECT;
        } else if (item instanceof List<?> list) {
            open.push(new Level(list.iterator(), false));
            event = Event.START_ARRAY;
        } else if (item == null || item instanceof Undefined) {
            event = Event.VALUE_NULL;
        } else if (item instanceof Boolean flag) {
            event = flag ? Event.VALUE_TRUE : Event.VALUE_FALSE;
        } else if (item instanceof Number) {
            event = Event.VALUE_NUMBER;
        } else {
            event = Event.VALUE_STRING;
        }
        return event;
    }

    @Override
    public Event currentEvent() {
        return event;
    }

    @Override
    public String getString() {
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : numberOrText();
    }

    private String numberOrText() {
        if (Double.valueOf(-0.0).equals(value)) {
            return "-0"; // which no decimal is
        }
        boolean finite = !(value instanceof Double d) || Double.isFinite(d);
        if (value instanceof Number && finite) {
            BigDecimal number = getBigDecimal();
            return Bounds.holds(number) ? number.toPlainString() : number.toString();
        }
        return event == Event.VALUE_NULL ? null : String.valueOf(value);
    }

    @Override
    public boolean isIntegralNumber() {
        return getBigDecimal().scale() <= 0;
    }

    @Override
    public int getInt() {
        return getBigDecimal().intValueExact();
    }

    @Override
    public long getLong() {
        return getBigDecimal().longValueExact();
    }

    @Override
    public BigDecimal getBigDecimal() {
        return decimal((Number) value);
    }

    /** Whole doubles become whole decimals, as JavaScript does not tell 1 from 1.0. */
    static BigDecimal decimal(Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (number instanceof Double d) {
            long whole = d.longValue();
            return whole == d && whole != Long.MAX_VALUE ? BigDecimal.valueOf(whole) : BigDecimal.valueOf(d);
        }
        return BigDecimal.valueOf(number.longValue());
    }

    @Override
    public JsonObject getObject() {
        return getValue().asJsonObject();
    }

    @Override
    public JsonArray getArray() {
        return getValue().asJsonArray();
    }

    @Override
    public JsonValue getValue() {
        JsonValue tree = JsonTree.of(value);
        if (event == Event.START_OBJECT) {
            skipObject();
        } else if (event == Event.START_ARRAY) {
            skipArray();
        }
        return tree;
    }

    @Override
    public void skipObject() {
        skip(true);
    }

    @Override
    public void skipArray() {
        skip(false);
    }

    private void skip(boolean map) {
        if (!open.isEmpty() && open.peek().map == map) {
            valuePending = false;
            open.pop();
            event = map ? Event.END_OBJECT : Event.END_ARRAY;
        }
    }

    @Override
    public JsonLocation getLocation() {
        return NOWHERE;
    }

    @Override
    public void close() {
        // nothing is held
    }
}
