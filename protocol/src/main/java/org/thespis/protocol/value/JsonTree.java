package org.thespis.protocol.value;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.thespis.api.Undefined;

/** Plain values as trees of Jakarta JSON Processing, where JSON-B wants to look ahead, as for polymorphism. */
final class JsonTree {

    private static final JsonProvider JSON = JsonProvider.provider();

    private JsonTree() {}

    static JsonValue of(Object plain) {
        if (plain == null || plain instanceof Undefined) {
            return JsonValue.NULL;
        }
        if (plain instanceof Map<?, ?> map) {
            JsonObjectBuilder object = JSON.createObjectBuilder();
            map.forEach((name, value) -> object.add(String.valueOf(name), of(value)));
            return object.build();
        }
        if (plain instanceof List<?> list) {
            JsonArrayBuilder array = JSON.createArrayBuilder();
            list.forEach(item -> array.add(of(item)));
            return array.build();
        }
        if (plain instanceof Boolean flag) {
            return flag ? JsonValue.TRUE : JsonValue.FALSE;
        }
        if (plain instanceof Number number) {
            return JSON.createValue(PlainParser.decimal(number));
        }
        return JSON.createValue(
                plain instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : plain.toString());
    }
}
