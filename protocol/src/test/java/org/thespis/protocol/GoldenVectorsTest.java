package org.thespis.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.thespis.protocol.ClientMessage.ActionRequest;
import org.thespis.protocol.ClientMessage.SubscriptionRequest;
import org.thespis.protocol.ErrorDetail.ActorSpecifier;
import org.thespis.protocol.ServerMessage.ActionResponse;
import org.thespis.protocol.ServerMessage.Event;
import org.thespis.protocol.ServerMessage.Failure;
import org.thespis.protocol.ServerMessage.Init;

/** Messages recorded between the real client and the real server: read as they mean, and written byte for byte. */
class GoldenVectorsTest {

    private static final Path VECTORS = Path.of("../src/test/conformance/vectors.json");

    @TestFactory
    Stream<DynamicTest> vectors() throws IOException {
        try (Reader in = Files.newBufferedReader(VECTORS)) {
            List<JsonObject> all = Json.createReader(in).readArray().getValuesAs(JsonObject.class);
            assertThat(all).hasSizeGreaterThan(20);
            return all.stream()
                    .filter(v -> !v.getString("direction").equals("upgrade"))
                    .map(v -> DynamicTest.dynamicTest(v.getString("name"), () -> check(v)));
        }
    }

    private static void check(JsonObject vector) throws MalformedMessageException {
        WireCodec codec = WireCodec.of(vector.getString("encoding")).orElseThrow();
        Object means = plain(vector.get("means"));
        switch (vector.getString("direction")) {
            case "toServer" -> assertSame(
                    vector.containsKey("text") ? codec.decode(vector.getString("text")) : codec.decode(bytes(vector)),
                    request(means));
            case "toClient" -> {
                Frame frame = codec.encode(message(means));
                assertThat(hex(frame)).isEqualTo(HexFormat.of().formatHex(bytes(vector)));
                ClientCodec client = client(vector.getString("encoding"));
                assertThat(codec.encode(client.decode(bytes(vector), ReadLimits.DEFAULT)))
                        .as("as our client reads it")
                        .isEqualTo(frame);
            }
            case "httpRequest" -> assertSame(codec.decodeArguments(bytes(vector)), ((Map<?, ?>) means).get("args"));
            case "httpResponse" -> assertThat(codec.contentType())
                    .isEqualTo(vector.getJsonObject("headers").getString("content-type"));
            default -> throw new AssertionError(vector.getString("direction"));
        }
        if (vector.getString("direction").equals("httpResponse")) {
            httpResponse(codec, vector, (Map<?, ?>) means);
        }
    }

    private static ClientCodec client(String encoding) {
        return List.of(ClientCodec.JSON, ClientCodec.CBOR, ClientCodec.BARE).stream()
                .filter(codec -> codec.name().equals(encoding))
                .findFirst()
                .orElseThrow();
    }

    private static void httpResponse(WireCodec codec, JsonObject vector, Map<?, ?> means) {
        if (vector.getInt("status") == 200) {
            assertThat(codec.encodeOutput(means.get("output"))).isEqualTo(bytes(vector));
        } else { // the vector does not tell which actor it names, so only the part before it is compared
            byte[] ours = codec.encodeError(error(means));
            byte[] theirs = bytes(vector);
            assertThat(ByteBuffer.wrap(theirs, 0, ours.length - 1))
                    .isEqualTo(ByteBuffer.wrap(ours, 0, ours.length - 1));
        }
    }

    /** By text, as arrays of bytes have no equality of their own. */
    private static void assertSame(Object actual, Object expected) {
        assertThat(show(actual)).isEqualTo(show(expected));
    }

    private static String show(Object value) {
        if (value instanceof ActionRequest r) {
            return r.id() + r.name() + show(r.arguments());
        }
        if (value instanceof List || value instanceof Map) {
            return PlainCodec.writeJson(value);
        }
        return String.valueOf(value);
    }

    private static ClientMessage request(Object means) {
        Map<?, ?> val = (Map<?, ?>) ((Map<?, ?>) means).get("val");
        return ((Map<?, ?>) means).get("tag").equals("ActionRequest")
                ? new ActionRequest(id(val.get("id")), (String) val.get("name"), list(val.get("args")))
                : new SubscriptionRequest((String) val.get("eventName"), (Boolean) val.get("subscribe"));
    }

    private static ServerMessage message(Object means) {
        Map<?, ?> val = (Map<?, ?>) ((Map<?, ?>) means).get("val");
        return switch ((String) ((Map<?, ?>) means).get("tag")) {
            case "Init" -> new Init((String) val.get("actorId"), (String) val.get("connectionId"));
            case "Event" -> new Event((String) val.get("name"), marked(list(val.get("args"))));
            case "ActionResponse" -> new ActionResponse(id(val.get("id")), val.get("output"));
            default -> new Failure(error(val), val.get("actionId") == null ? null : id(val.get("actionId")));
        };
    }

    /** The recorder shows the marks of events as they are on the wire. */
    private static List<Object> marked(List<Object> arguments) {
        List<Object> values = new ArrayList<>();
        for (Object argument : arguments) {
            try {
                values.add(argument instanceof List<?> l ? Marks.read(Envelopes.list(l)) : argument);
            } catch (MalformedMessageException e) {
                throw new AssertionError(e);
            }
        }
        return values;
    }

    private static ErrorDetail error(Map<?, ?> val) {
        Map<?, ?> actor = (Map<?, ?>) val.get("actor");
        return new ErrorDetail(
                (String) val.get("group"),
                (String) val.get("code"),
                (String) val.get("message"),
                val.get("metadata"),
                actor == null
                        ? null
                        : new ActorSpecifier(
                                (String) actor.get("actorId"), id(actor.get("generation")), (String) actor.get("key")));
    }

    private static long id(Object value) {
        return ((Number) value).longValue();
    }

    private static List<Object> list(Object value) {
        try {
            return Envelopes.list(value);
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(JsonObject vector) {
        return vector.containsKey("text")
                ? vector.getString("text").getBytes(StandardCharsets.UTF_8)
                : HexFormat.of().parseHex(vector.getString("hex"));
    }

    private static String hex(Frame frame) {
        if (frame instanceof Frame.Text text) {
            byte[] utf8 = text.text().getBytes(StandardCharsets.UTF_8);
            assertThat(text.size()).isEqualTo(utf8.length);
            return HexFormat.of().formatHex(utf8);
        }
        ByteBuffer bytes = ((Frame.Binary) frame).bytes().duplicate();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }

    private static Object plain(JsonValue value) {
        return switch (value.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> value.toString().contains(".")
                    ? (Object) Double.valueOf(value.toString())
                    : Long.valueOf(value.toString());
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                value.asJsonArray().forEach(item -> list.add(plain(item)));
                yield list;
            }
            case OBJECT -> object(value.asJsonObject());
        };
    }

    private static Object object(JsonObject object) {
        if (object.containsKey("$bigint")) {
            return new BigInteger(object.getString("$bigint"));
        }
        if (object.containsKey("$bytes")) {
            return HexFormat.of().parseHex(object.getString("$bytes"));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach((key, member) -> map.put(key, plain(member)));
        return map;
    }
}
