package org.thespis.protocol.value;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerationException;
import jakarta.json.stream.JsonGenerator;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.Undefined;

/** Lets JSON-B write into plain values instead of text. Used once, by one thread. */
final class PlainGenerator implements JsonGenerator {

    private record Level(Map<String, Object> map, List<Object> list) {}

    private final Deque<Level> open = new ArrayDeque<>();
    private final int above;
    private String key;
    private Object root;

    /** @param above how deep that is which holds what is written */
    PlainGenerator(int above) {
        this.above = above;
    }

    Object result() {
        return root;
    }

    private JsonGenerator put(Object value) {
        Level level = open.peek();
        if (level == null) {
            root = value;
        } else if (level.list != null) {
            level.list.add(value);
        } else if (key == null) {
            throw new JsonGenerationException("a value in an object needs a key");
        } else {
            level.map.put(key, value);
            key = null;
        }
        return this;
    }

    @Override
    public JsonGenerator writeStartObject() {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map);
        return push(new Level(map, null));
    }

    @Override
    public JsonGenerator writeStartArray() {
        List<Object> list = new ArrayList<>();
        put(list);
        return push(new Level(null, list));
    }

    private JsonGenerator push(Level level) {
        if (above + open.size() >= Bounds.MAX_DEPTH) {
            throw Values.tooDeep();
        }
        open.push(level);
        return this;
    }

    @Override
    public JsonGenerator writeEnd() {
        open.pop();
        return this;
    }

    @Override
    public JsonGenerator writeKey(String name) {
        key = name;
        return this;
    }

    @Override
    public JsonGenerator writeStartObject(String name) {
        return writeKey(name).writeStartObject();
    }

    @Override
    public JsonGenerator writeStartArray(String name) {
        return writeKey(name).writeStartArray();
    }

    @Override
    public JsonGenerator write(JsonValue value) {
        return switch (value.getValueType()) {
            case NULL -> put(value == Serializers.UNDEFINED ? Undefined.UNDEFINED : null);
            case TRUE -> put(true);
            case FALSE -> put(false);
            case STRING -> put(value instanceof BytesString bytes ? bytes.bytes() : ((JsonString) value).getString());
            case NUMBER -> put(number((JsonNumber) value));
            case ARRAY -> {
                writeStartArray();
                ((JsonArray) value).forEach(this::write);
                yield writeEnd();
            }
            case OBJECT -> {
                writeStartObject();
                ((JsonObject) value).forEach((name, member) -> writeKey(name).write(member));
                yield writeEnd();
            }
        };
    }

    private static Number number(JsonNumber number) {
        return number.isIntegral() && number.bigIntegerValue().bitLength() < Long.SIZE
                ? number.longValue()
                : (Number) number.doubleValue();
    }

    @Override
    public JsonGenerator write(String value) {
        return put(value);
    }

    @Override
    public JsonGenerator write(BigDecimal value) {
        return put(value);
    }

    @Override
    public JsonGenerator write(BigInteger value) {
        return put(value);
    }

    @Override
    public JsonGenerator write(int value) {
        return put(value);
    }

    @Override
    public JsonGenerator write(long value) {
        return put(value);
    }

    @Override
    public JsonGenerator write(double value) {
        return put(value);
    }

    @Override
    public JsonGenerator write(boolean value) {
        return put(value);
    }

    @Override
    public JsonGenerator writeNull() {
        return put(null);
    }

    @Override
    public JsonGenerator write(String name, JsonValue value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonGenerator write(String name, String value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonGenerator write(String name, BigInteger value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonGenerator write(String name, BigDecimal value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonGenerator write(String name, int value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonGenerator write(String name, long value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonGenerator write(String name, double value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonGenerator write(String name, boolean value) {
        return writeKey(name).write(value);
    }

    @Override
    public JsonGenerator writeNull(String name) {
        return writeKey(name).writeNull();
    }

    @Override
    public void close() {
        // nothing is held
    }

    @Override
    public void flush() {
        // nothing is buffered
    }
}
