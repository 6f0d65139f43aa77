package org.thespis.test;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.thespis.api.Undefined;

/** What came of the steps of a scenario, so that clients can be compared: numbers by their value. */
final class Outcomes {

    private Outcomes() {}

    static Object parse(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return tree(reader.readValue());
        }
    }

    private static Object tree(JsonValue value) {
        if (value instanceof JsonObject object) {
            Map<String, Object> all = new TreeMap<>();
            object.forEach((name, member) -> all.put(name, tree(member)));
            return all;
        }
        if (value instanceof JsonArray array) {
            List<Object> all = new ArrayList<>();
            array.forEach(element -> all.add(tree(element)));
            return all;
        }
        if (value instanceof JsonNumber number) {
            return canonical(number.bigDecimalValue());
        }
        if (value instanceof JsonString text) {
            return text.getString();
        }
        return value == JsonValue.NULL ? null : value == JsonValue.TRUE;
    }

    /** Equal to what {@link #parse} gives of the same. */
    static Object canonical(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new TreeMap<>();
            map.forEach((name, member) -> all.put((String) name, canonical(member)));
            return all;
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(element -> all.add(canonical(element)));
            return all;
        }
        return value instanceof Number number ? new BigDecimal(number.toString()).stripTrailingZeros() : value;
    }

    /** A value of the scenario as a client takes it. */
    static Object read(Object value) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("$big") instanceof String digits) {
                return new BigInteger(digits);
            }
            if (map.get("$bytes") instanceof List<?> numbers) {
                byte[] bytes = new byte[numbers.size()];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = ((Number) numbers.get(i)).byteValue();
                }
                return bytes;
            }
            Map<String, Object> all = new TreeMap<>();
            map.forEach((name, member) -> all.put((String) name, read(member)));
            return all;
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(element -> all.add(read(element)));
            return all;
        }
        return value instanceof BigDecimal number ? number(number) : value;
    }

    private static Number number(BigDecimal number) {
        return number.scale() <= 0 ? number.longValueExact() : (Number) number.doubleValue();
    }

    /** The same the other way. */
    static Object write(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new TreeMap<>();
            map.forEach((name, member) -> all.put((String) name, write(member)));
            return all;
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(element -> all.add(write(element)));
            return all;
        }
        if (value instanceof BigInteger big) {
            return Map.of("$big", big.toString());
        }
        if (value instanceof byte[] bytes) {
            List<Object> numbers = new ArrayList<>();
            for (byte b : bytes) {
                numbers.add(Byte.toUnsignedInt(b));
            }
            return Map.of("$bytes", numbers);
        }
        return value instanceof Undefined ? null : value;
    }
}
