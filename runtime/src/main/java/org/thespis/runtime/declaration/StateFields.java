package org.thespis.runtime.declaration;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.State;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.document.JsonOutput;
import org.thespis.runtime.document.StateDocument;
import org.thespis.runtime.document.StateField;
import org.thespis.runtime.document.Verification;

/**
 * The fields of an actor class that are its state, as one {@linkplain StateDocument document}. Members without a field are
 * dropped, fields without a member keep what the constructor gave them. Immutable.
 */
public final class StateFields {

    private static final byte[] NONE = {};

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
        fields.put(field.getName(), Declarations.state(type, field, fields.containsKey(field.getName())));
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
     * @throws UnwritableStateException if a value could not come back
     */
    public byte[] write(Object bean, List<DocumentPart> parts, Values values, Verification verification) {
        if (fields.isEmpty() && parts.stream().allMatch(DocumentPart::isEmpty)) {
            return NONE;
        }
        JsonOutput document = new JsonOutput(Integer.MAX_VALUE);
        StateDocument.begin(document);
        boolean more = false;
        for (Map.Entry<String, StateField> entry : fields.entrySet()) {
            if (more) {
                document.sign(',');
            }
            write(entry.getKey(), entry.getValue(), bean, document, verification);
            more = true;
        }
        document.sign('}');
        for (DocumentPart part : parts) {
            if (!part.isEmpty()) {
                String member = ",\"" + part.member() + "\":" + part.json(values);
                document.raw(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        document.sign('}');
        return document.toByteArray();
    }

    /** Whatever an author's value does: a cycle overflows the stack, an iterator may throw anything. */
    private static void write(
            String name, StateField field, Object bean, JsonOutput document, Verification verification) {
        try {
            field.writeMember(bean, document, verification);
        } catch (Throwable e) {
            throw new UnwritableStateException(name, e);
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
        StateDocument whole = StateDocument.parse(document);
        for (DocumentPart part : parts) {
            part.read(array(whole.part(part.member())), values);
        }
        whole.fields((name, in) -> {
            StateField field = fields.get(name);
            if (field == null) {
                in.skip();
            } else if (whole.format() == 1) {
                field.readFormatOne(bean, in, values);
            } else {
                field.read(bean, in);
            }
        });
    }

    private static JsonArray array(byte[] json) {
        if (json.length == 2) {
            return JsonValue.EMPTY_JSON_ARRAY; // as mostly
        }
        try (JsonReader reader =
                JsonProvider.provider().createReader(new StringReader(new String(json, StandardCharsets.UTF_8)))) {
            return reader.readArray();
        } catch (JsonException | ClassCastException e) {
            throw new BindingException("it is no document of a state", e);
        }
    }
}
