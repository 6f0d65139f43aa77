package org.thespis.runtime.declaration;

import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.thespis.api.State;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;

/**
 * The fields of an actor class that are its state, as one document: {@code {"format":1,"state":{"field":...},"schedule":[...],"recent":[...]}}, each member
 * by JSON-B. Members without a field are dropped, fields without a member keep what the constructor gave them. Immutable.
 */
public final class StateFields {

    /** The layout of the document; a change of the author's fields does not change it. */
    private static final int FORMAT = 1;

    private static final String HEAD = "{\"format\":" + FORMAT + ",\"state\":{";
    private static final byte[] NONE = {};
    private static final JsonObject NOTHING = JsonProvider.provider()
            .createObjectBuilder()
            .add("state", JsonValue.EMPTY_JSON_OBJECT)
            .build();

    private record StateField(Field field, Type type) {}

    private final Map<String, StateField> fields = new LinkedHashMap<>();

    /** @throws DeclarationException if a declaration is wrong */
    static StateFields of(Class<?> type) {
        StateFields state = new StateFields();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (field.isAnnotationPresent(State.class)) {
                    state.add(type, field);
                }
            }
        }
        return state;
    }

    private void add(Class<?> type, Field field) {
        Declarations.checkState(type, field, fields.containsKey(field.getName()));
        field.setAccessible(true);
        fields.put(field.getName(), new StateField(field, field.getGenericType()));
    }

    static boolean isFixed(Field field) {
        return Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers());
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /**
     * Writes the state as it is now.
     *
     * @throws BindingException if JSON-B cannot
     */
    public byte[] write(Object bean, List<DocumentPart> parts, Values values) {
        boolean nothing = fields.isEmpty() && parts.stream().allMatch(DocumentPart::isEmpty);
        if (nothing) {
            return NONE;
        }
        StringBuilder document = new StringBuilder(HEAD);
        String separator = "";
        for (Map.Entry<String, StateField> entry : fields.entrySet()) {
            document.append(separator).append('"').append(entry.getKey()).append("\":");
            document.append(json(entry.getKey(), entry.getValue(), bean, values));
            separator = ",";
        }
        document.append('}');
        for (DocumentPart part : parts) {
            if (!part.isEmpty()) {
                document.append(",\"").append(part.member()).append("\":").append(part.json(values));
            }
        }
        return document.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whatever an author's value does: a cycle overflows the stack, a getter may throw anything. */
    private static String json(String name, StateField field, Object bean, Values values) {
        Object value = get(field.field, bean);
        try {
            return values.json(value, field.type);
        } catch (Throwable e) {
            throw new UnwritableStateException(name, value, e);
        }
    }

    /**
     * Sets all from a document that was written before, maybe by an older version of the class; an empty document has no
     * state.
     *
     * @param parts what is read besides the fields
     * @throws BindingException if it does not fit; some fields may have been set
     */
    public void read(byte[] document, Object bean, List<DocumentPart> parts, Values values) {
        JsonObject whole = parse(document);
        for (DocumentPart part : parts) {
            part.read(
                    whole.getOrDefault(part.member(), JsonValue.EMPTY_JSON_ARRAY)
                            .asJsonArray(),
                    values);
        }
        JsonObject state = whole.getJsonObject("state");
        fields.forEach((name, field) -> {
            JsonValue member = state.get(name);
            if (member != null) {
                set(field.field, bean, bind(name, member, field.type, values));
            }
        });
    }

    private static JsonObject parse(byte[] document) {
        if (document.length == 0) {
            return NOTHING;
        }
        try (JsonReader reader =
                JsonProvider.provider().createReader(new StringReader(new String(document, StandardCharsets.UTF_8)))) {
            JsonObject whole = reader.readObject();
            if (whole.getInt("format") != FORMAT) {
                throw new BindingException("its format is " + whole.getInt("format") + ", not " + FORMAT, null);
            }
            Objects.requireNonNull(whole.getJsonObject("state"));
            return whole;
        } catch (JsonException | NullPointerException | ClassCastException e) {
            throw new BindingException("it is no document of a state", e);
        }
    }

    private static Object bind(String name, JsonValue member, Type type, Values values) {
        if (member == JsonValue.NULL && !(type instanceof Class<?> c && c.isPrimitive())) {
            return values.bind(null, type);
        }
        try {
            return values.fromJson(member.toString(), type);
        } catch (BindingException e) {
            throw new BindingException("field " + name + ": " + e.getMessage(), e);
        }
    }

    private static Object get(Field field, Object bean) {
        try {
            return field.get(bean);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // setAccessible went before
        }
    }

    private static void set(Field field, Object bean, Object value) {
        try {
            field.set(bean, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e); // setAccessible went before
        }
    }
}
