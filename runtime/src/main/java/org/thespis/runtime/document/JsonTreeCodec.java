package org.thespis.runtime.document;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.math.BigDecimal;
import org.thespis.protocol.value.BindingException;

/** Trees of Jakarta JSON Processing, as they are. */
final class JsonTreeCodec extends Codec {

    private static final JsonProvider JSON = JsonProvider.provider();

    private final Class<?> type;

    /** Where {@link JsonValue#NULL} may be, it must not look like null. */
    private final boolean wrapped;

    JsonTreeCodec(Class<?> type) {
        this.type = type;
        this.wrapped = type == JsonValue.class;
    }

    @Override
    void write(Object value, JsonOutput out) {
        if (wrapped) {
            out.sign('[');
        }
        tree((JsonValue) value, out);
        if (wrapped) {
            out.sign(']');
        }
    }

    private void tree(JsonValue tree, JsonOutput out) {
        out.enter();
        switch (tree.getValueType()) {
            case OBJECT -> object(tree.asJsonObject(), out);
            case ARRAY -> array(tree.asJsonArray(), out);
            case STRING -> out.text(((JsonString) tree).getString());
            case NUMBER -> out.word(Texts.of(((JsonNumber) tree).bigDecimalValue()));
            case TRUE -> out.word("true");
            case FALSE -> out.word("false");
            default -> out.word("null");
        }
        out.leave();
    }

    private void object(JsonObject object, JsonOutput out) {
        char separator = '{';
        for (var member : object.entrySet()) {
            out.sign(separator);
            out.text(member.getKey());
            out.sign(':');
            tree(member.getValue(), out);
            separator = ',';
        }
        if (object.isEmpty()) {
            out.sign('{');
        }
        out.sign('}');
    }

    private void array(JsonArray array, JsonOutput out) {
        char separator = '[';
        for (JsonValue element : array) {
            out.sign(separator);
            tree(element, out);
            separator = ',';
        }
        if (array.isEmpty()) {
            out.sign('[');
        }
        out.sign(']');
    }

    @Override
    Object read(JsonInput in) {
        JsonValue tree = wrapped ? unwrapped(in) : tree(in);
        if (!type.isInstance(tree)) {
            throw new BindingException("expected " + type.getSimpleName() + ", got " + tree.getValueType(), null);
        }
        return tree;
    }

    private JsonValue unwrapped(JsonInput in) {
        in.beginArray();
        JsonValue tree = in.nextElement() ? tree(in) : JsonValue.NULL;
        in.endArray();
        return tree;
    }

    private JsonValue tree(JsonInput in) {
        in.enter();
        JsonValue tree =
                switch (in.peek()) {
                    case '{' -> object(in);
                    case '[' -> array(in);
                    case '"' -> JSON.createValue(in.text());
                    case 't', 'f' -> in.bool() ? JsonValue.TRUE : JsonValue.FALSE;
                    case 'n' -> {
                        in.tryNull();
                        yield JsonValue.NULL;
                    }
                    default -> number(in.number());
                };
        in.leave();
        return tree;
    }

    private JsonValue object(JsonInput in) {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        in.beginObject();
        for (String key = in.nextKey(); key != null; key = in.nextKey()) {
            object.add(key, tree(in));
        }
        return object.build();
    }

    private JsonValue array(JsonInput in) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        in.beginArray();
        while (in.nextElement()) {
            array.add(tree(in));
        }
        return array.build();
    }

    private static JsonValue number(String text) {
        try {
            return JSON.createValue(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new BindingException("expected a number, got " + text, e);
        }
    }
}
