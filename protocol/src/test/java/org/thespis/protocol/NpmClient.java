package org.thespis.protocol;

import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.thespis.api.Undefined;

/**
 * What the npm client does with values, as its recorded messages and WIRE.md say, written without our codecs. A value of
 * JavaScript is a {@code Double} (a number), {@code BigInteger}, {@code String}, {@code Boolean}, null, {@code Undefined},
 * {@code byte[]}, {@code Instant} (a {@code Date}), {@code List}, {@code Set}, {@code Map} (an object) or {@code Dictionary}.
 */
final class NpmClient {

    /** A {@code Map} of JavaScript. */
    record Dictionary(Map<String, Object> entries) {}

    private NpmClient() {}

    /** What the call of an action gives to the program, from the body of the answer. */
    static Object sees(String encoding, byte[] answer) {
        if (encoding.equals("json")) {
            return revive(json(new String(answer, StandardCharsets.UTF_8)).get("output"));
        }
        if (encoding.equals("cbor")) {
            return revive(((Map<?, ?>) new Cbor(answer, 0).value()).get("output"));
        }
        int from = 2; // the version; then the length of the data
        while (answer[from++] < 0) {
            // more bytes of the length
        }
        return revive(new Cbor(answer, from).value());
    }

    /** The body of a call with one argument. */
    static byte[] sends(String encoding, Object argument) {
        if (encoding.equals("json")) {
            return ("{\"args\":[" + jsonText(argument, true) + "]}").getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Object> arguments = new ArrayList<>(Arrays.asList(argument));
        if (encoding.equals("cbor")) {
            cbor(out, Map.of("args", arguments));
            return out.toByteArray();
        }
        cbor(out, marked(arguments));
        byte[] data = out.toByteArray();
        ByteBuffer body = ByteBuffer.allocate(data.length + 7).put((byte) 4).put((byte) 0);
        int left = data.length;
        for (; left >= 0x80; left >>= 7) {
            body.put((byte) (left | 0x80));
        }
        body.put((byte) left).put(data);
        return Arrays.copyOf(body.array(), body.position());
    }

    private static jakarta.json.JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    /** Marks and what stands inside of them. */
    private static Object revive(Object raw) {
        Object value = raw instanceof JsonValue tree ? ofTree(tree) : raw;
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> revived = new LinkedHashMap<>();
            map.forEach((key, member) -> revived.put(key, revive(member)));
            return revived;
        }
        if (!(value instanceof List<?> list)) {
            return value;
        }
        if (list.size() != 2 || !(ofTree(list.get(0)) instanceof String mark) || !mark.startsWith("$")) {
            return list.stream().map(NpmClient::revive).collect(Collectors.toCollection(ArrayList::new));
        }
        Object given = revive(list.get(1));
        return switch (mark) {
            case "$BigInt" -> new BigInteger((String) given);
            case "$Uint8Array" -> Base64.getDecoder().decode((String) given);
            case "$Undefined" -> Undefined.UNDEFINED;
            default -> {
                if (!mark.startsWith("$$")) {
                    throw new AssertionError("an unknown mark: " + mark);
                }
                yield new ArrayList<>(Arrays.asList(mark.substring(1), given));
            }
        };
    }

    private static Object ofTree(Object value) {
        if (!(value instanceof JsonValue tree)) {
            return value;
        }
        return switch (tree.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) tree).getString();
            case NUMBER -> Double.parseDouble(((JsonNumber) tree).toString());
            case ARRAY -> new ArrayList<Object>(tree.asJsonArray());
            case OBJECT -> new LinkedHashMap<Object, Object>(tree.asJsonObject());
        };
    }

    /** {@code JSON.stringify} with the marks; null for what that leaves out. */
    private static String jsonText(Object value, boolean item) {
        if (value == null || value instanceof Double number && !Double.isFinite(number)) {
            return "null";
        }
        if (value instanceof Undefined) {
            return item ? "null" : null;
        }
        if (value instanceof BigInteger) {
            return "[\"$BigInt\",\"" + value + "\"]";
        }
        if (value instanceof byte[] bytes) {
            return "[\"$Uint8Array\",\"" + Base64.getEncoder().encodeToString(bytes) + "\"]";
        }
        if (value instanceof String || value instanceof Instant) {
            return Json.createValue(value instanceof Instant at ? isoMillis(at) : value.toString())
                    .toString();
        }
        if (value instanceof Set || value instanceof Dictionary) {
            return "{}";
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .filter(entry -> jsonText(entry.getValue(), false) != null)
                    .map(entry -> "\"" + entry.getKey() + "\":" + jsonText(entry.getValue(), false))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return escaped(list).stream().map(one -> jsonText(one, true)).collect(Collectors.joining(",", "[", "]"));
        }
        return show(value);
    }

    private static String isoMillis(Instant at) {
        return at.getNano() == 0 ? at.toString().replace("Z", ".000Z") : at.toString();
    }

    /** What the encoding bare has the values be inside of its CBOR. */
    private static Object marked(Object value) {
        if (value instanceof BigInteger) {
            return List.of("$BigInt", value.toString());
        }
        if (value instanceof byte[] bytes) {
            return List.of("$Uint8Array", Base64.getEncoder().encodeToString(bytes));
        }
        if (value instanceof Undefined) {
            return List.of("$Undefined", 0.0);
        }
        if (value instanceof Set<?> set) {
            return List.of("$Set", set.stream().map(NpmClient::marked).toList());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((key, member) -> all.put(key, marked(member)));
            return all;
        }
        return value instanceof List<?> list
                ? escaped(list).stream().map(NpmClient::marked).collect(Collectors.toCollection(ArrayList::new))
                : value;
    }

    /** A list that looks like a mark, with one more {@code $}. */
    private static List<?> escaped(List<?> list) {
        boolean looksLikeMark = list.size() == 2 && list.get(0) instanceof String text && text.startsWith("$");
        return looksLikeMark ? Arrays.asList("$" + list.get(0), list.get(1)) : list;
    }

    private static void cbor(ByteArrayOutputStream out, Object value) {
        if (value == null || value instanceof Undefined || value instanceof Boolean) {
            out.write(value == null ? 0xf6 : value instanceof Undefined ? 0xf7 : value.equals(true) ? 0xf5 : 0xf4);
        } else if (value instanceof Double number) {
            number(out, number);
        } else if (value instanceof BigInteger integer) {
            bigint(out, integer);
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            head(out, 3, utf8.length);
            out.writeBytes(utf8);
        } else if (value instanceof byte[] bytes) {
            head(out, 6, 64);
            head(out, 2, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Instant at) {
            head(out, 6, 1);
            float64(out, at.toEpochMilli() / 1e3);
        } else if (value instanceof Dictionary map) {
            head(out, 6, 259);
            head(out, 5, map.entries().size());
            entries(out, map.entries());
        } else if (value instanceof Map<?, ?> map) {
            out.writeBytes(new byte[] {(byte) 0xb9, 0, (byte) map.size()});
            entries(out, map);
        } else {
            if (value instanceof Set) {
                head(out, 6, 258);
            }
            Iterable<?> items = (Iterable<?>) value;
            head(out, 4, ((java.util.Collection<?>) value).size());
            items.forEach(item -> cbor(out, item));
        }
    }

    private static void entries(ByteArrayOutputStream out, Map<?, ?> map) {
        map.forEach((key, member) -> {
            cbor(out, key);
            cbor(out, member);
        });
    }

    private static void number(ByteArrayOutputStream out, double number) {
        if (number == Math.rint(number) && Math.abs(number) <= 0xffff_ffffL && !(number == 0 && 1 / number < 0)) {
            head(out, number < 0 ? 1 : 0, (long) (number < 0 ? -1 - number : number));
        } else {
            float64(out, number);
        }
    }

    private static void bigint(ByteArrayOutputStream out, BigInteger integer) {
        boolean negative = integer.signum() < 0;
        BigInteger unsigned = negative ? integer.not() : integer;
        if (unsigned.bitLength() <= Long.SIZE) {
            out.write(negative ? 0x3b : 0x1b);
            out.writeBytes(ByteBuffer.allocate(8).putLong(unsigned.longValue()).array());
        } else {
            out.write(negative ? 0xc3 : 0xc2);
            byte[] bytes = unsigned.toByteArray();
            head(out, 2, bytes.length);
            out.writeBytes(bytes);
        }
    }

    private static void float64(ByteArrayOutputStream out, double number) {
        out.write(0xfb);
        out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
    }

    private static void head(ByteArrayOutputStream out, int major, long value) {
        int size = value < 24 ? 0 : value <= 0xff ? 1 : value <= 0xffff ? 2 : 4;
        out.write(major << 5 | (size == 0 ? (int) value : size == 4 ? 26 : 23 + size));
        out.write(ByteBuffer.allocate(8).putLong(value).array(), 8 - size, size);
    }

    /** As cbor-x reads it: 8-byte integers are bigints, tag 1 is a date. */
    private static final class Cbor {

        private final ByteBuffer in;

        Cbor(byte[] bytes, int from) {
            in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        }

        Object value() {
            int head = in.get() & 0xff;
            int info = head & 0x1f;
            return switch (head >> 5) {
                case 0 -> integer(info, false);
                case 1 -> integer(info, true);
                case 2 -> take((int) length(info));
                case 3 -> new String(take((int) length(info)), StandardCharsets.UTF_8);
                case 4 -> list(length(info));
                case 5 -> map(length(info));
                case 6 -> tagged(length(info));
                default -> simple(info);
            };
        }

        private Object integer(int info, boolean negative) {
            long value = length(info);
            if (info == 27) {
                BigInteger unsigned = new BigInteger(Long.toUnsignedString(value));
                return negative ? unsigned.not() : unsigned;
            }
            return (double) (negative ? -1 - value : value);
        }

        private Object tagged(long tag) {
            Object value = value();
            if (tag == 1) {
                return Instant.ofEpochMilli(Math.round((Double) value * 1e3));
            }
            throw new AssertionError("a tag that the server does not write: " + tag);
        }

        private Object simple(int info) {
            return switch (info) {
                case 20 -> false;
                case 21 -> true;
                case 22 -> null;
                case 27 -> in.getDouble();
                default -> throw new AssertionError("a simple value that the server does not write: " + info);
            };
        }

        private List<Object> list(long size) {
            List<Object> list = new ArrayList<>();
            for (long left = size; left > 0; left--) {
                list.add(value());
            }
            return list;
        }

        private Map<Object, Object> map(long size) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (long left = size; left > 0; left--) {
                map.put(value(), value());
            }
            return map;
        }

        private byte[] take(int length) {
            byte[] bytes = new byte[length];
            in.get(bytes);
            return bytes;
        }

        private long length(int info) {
            return switch (info) {
                case 24 -> in.get() & 0xff;
                case 25 -> in.getShort() & 0xffff;
                case 26 -> in.getInt() & 0xffff_ffffL;
                case 27 -> in.getLong();
                default -> info;
            };
        }
    }

    /** The literal of JavaScript. */
    static String show(Object value) {
        if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < 1e18 && !(number == 0 && 1 / number < 0)
                    ? String.valueOf(number.longValue())
                    : number == 0 ? "-0" : number.toString().replace("E", "e");
        }
        if (value instanceof BigInteger) {
            return value + "n";
        }
        if (value instanceof String) {
            return Json.createValue((String) value).toString();
        }
        if (value instanceof byte[] bytes) {
            return "Uint8Array[" + HexFormat.ofDelimiter(", ").formatHex(bytes) + "]";
        }
        if (value instanceof Instant at) {
            return "Date(" + isoMillis(at) + ")";
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + show(entry.getValue()))
                    .collect(Collectors.joining(", ", "{ ", " }"))
                    .replace("{  }", "{}");
        }
        if (value instanceof List<?> list) {
            return list.stream().map(NpmClient::show).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Set<?> set) {
            return "Set" + show(new ArrayList<>(new LinkedHashSet<>(set)));
        }
        if (value instanceof Dictionary map) {
            return "Map" + show(map.entries());
        }
        return value instanceof Undefined ? "undefined" : String.valueOf(value);
    }
}
