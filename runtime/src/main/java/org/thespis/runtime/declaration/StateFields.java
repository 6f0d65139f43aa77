package org.thespis.runtime.declaration;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thespis.api.State;
import org.thespis.protocol.value.BindingException;
import org.thespis.protocol.value.Values;
import org.thespis.runtime.document.CollectionType;
import org.thespis.runtime.document.JsonOutput;
import org.thespis.runtime.document.StateDocument;
import org.thespis.runtime.document.StateField;
import org.thespis.runtime.document.TooLongException;
import org.thespis.runtime.document.Verification;
import org.thespis.runtime.entry.CollectionsOwner;
import org.thespis.runtime.entry.DurableCollections;
import org.thespis.runtime.message.UnwritableStateException;

/**
 * The fields of an actor class that are its state, as one {@linkplain StateDocument document}. Members without a field are
 * dropped, fields without a member keep what the constructor gave them. Immutable.
 */
public final class StateFields {

    /** Where the first field begins in each document. */
    static final int FIRST_FIELD = StateDocument.HEAD_LENGTH;

    /** For what a state may have grown by in a turn, so that it is not copied as it grows. */
    private static final int ROOM = 256;

    /** The brackets at the end. */
    static final int ENDS = 2;

    /** A comma, two quotes and a colon. */
    private static final int PART_SIGNS = 4;

    /** What an actor without state has; one for all of them. */
    private static final Written NONE = nothing();

    private final Map<String, StateField> fields = new LinkedHashMap<>();
    private final Map<String, CollectionType> collections = new LinkedHashMap<>();

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

    private static Written nothing() {
        JsonOutput out = new JsonOutput(Integer.MAX_VALUE);
        StateDocument.begin(out);
        return complete(out.array(), new int[0], out.length(), List.of(), List.of(), Integer.MAX_VALUE);
    }

    private void add(Class<?> type, Field field) {
        String name = field.getName();
        boolean doubled = fields.containsKey(name) || collections.containsKey(name);
        if (CollectionType.isCollection(field.getType())) {
            collections.put(name, Declarations.collection(type, field, doubled));
        } else {
            fields.put(name, Declarations.state(type, field, doubled));
        }
    }

    static boolean isFixed(Field field) {
        return Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers());
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** The fields that are durable collections. */
    public Collection<CollectionType> collections() {
        return collections.values();
    }

    /**
     * Writes the state as it is now.
     *
     * @param last what was written before; null if there is none to compare with
     * @param limit length of the fields and of the parts that nobody else bounds
     * @return the last one if nothing has changed
     * @throws UnwritableStateException if a value could not come back, or is too long
     */
    Written write(
            Object bean, List<DocumentPart> parts, Values values, Verification verification, Written last, int limit) {
        if (fields.isEmpty() && parts.stream().allMatch(DocumentPart::isEmpty)) {
            return NONE;
        }
        JsonOutput out = new JsonOutput(limit - ENDS, last == null ? 0 : last.bytes().length + ROOM);
        StateDocument.begin(out);
        int[] ends = new int[fields.size()];
        int i = 0;
        for (Map.Entry<String, StateField> entry : fields.entrySet()) {
            write(entry, bean, out, verification, ends, i, last, limit);
            ends[i++] = out.length();
        }
        boolean same = last != null
                && last.fieldsEnd() == out.length()
                && Arrays.equals(last.bytes(), 0, out.length(), out.array(), 0, out.length());
        List<byte[]> all = json(parts, values);
        return same && last.hasParts(all) ? last : complete(out.array(), ends, out.length(), parts, all, limit);
    }

    /** The same for a state whose fields were not changed since the last time. */
    Written writeParts(List<DocumentPart> parts, Values values, Written last, int limit) {
        List<byte[]> all = json(parts, values);
        if (last.hasParts(all)) {
            return last;
        }
        return complete(last.bytes(), last.ends(), last.fieldsEnd(), parts, all, limit);
    }

    private static List<byte[]> json(List<DocumentPart> parts, Values values) {
        if (parts.isEmpty()) {
            return List.of();
        }
        List<byte[]> all = new ArrayList<>(parts.size());
        for (DocumentPart part : parts) {
            all.add(part.isEmpty() ? null : part.json(values));
        }
        return all;
    }

    /** Puts the parts behind the fields. */
    private static Written complete(
            byte[] fields, int[] ends, int fieldsEnd, List<DocumentPart> parts, List<byte[]> all, int limit) {
        long length = fieldsEnd + ENDS;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) != null) {
                DocumentPart part = parts.get(i);
                length += all.get(i).length + part.member().length() + PART_SIGNS;
                if (!part.isBounded() && length > limit) {
                    throw UnwritableStateException.tooLarge(part.member(), limit);
                }
            }
        }
        JsonOutput out = new JsonOutput(Integer.MAX_VALUE, (int) length);
        out.raw(fields, 0, fieldsEnd);
        out.sign('}');
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) != null) {
                out.raw((",\"" + parts.get(i).member() + "\":").getBytes(StandardCharsets.US_ASCII));
                out.raw(all.get(i));
            }
        }
        out.sign('}');
        byte[] bytes = out.array().length == out.length() ? out.array() : out.toByteArray();
        return new Written(bytes, ends, all);
    }

    /** Whatever an author's value does: a cycle overflows the stack, an iterator may throw anything. */
    private void write(
            Map.Entry<String, StateField> field,
            Object bean,
            JsonOutput out,
            Verification verification,
            int[] ends,
            int index,
            Written last,
            int limit) {
        try {
            if (index > 0) {
                out.sign(',');
            }
            field.getValue().writeMember(bean, out, verification);
        } catch (Throwable e) {
            if (TooLongException.isCauseOf(e)) {
                throw UnwritableStateException.tooLarge(grown(ends, index, last, limit), limit);
            }
            throw UnwritableStateException.of(field.getKey(), e);
        }
    }

    /** The field that has grown most, so that the one at {@code index} has no room. */
    private String grown(int[] ends, int index, Written last, int limit) {
        List<String> names = List.copyOf(fields.keySet());
        if (last == null) {
            return names.get(index);
        }
        int most = index;
        int from = index == 0 ? FIRST_FIELD : ends[index - 1];
        int growth = limit - from - last.lengthOf(index);
        Written now = new Written(last.bytes(), ends, List.of());
        for (int i = 0; i < index; i++) {
            int more = now.lengthOf(i) - last.lengthOf(i);
            if (more > growth) {
                most = i;
                growth = more;
            }
        }
        return names.get(most);
    }

    /** The first field whose bytes are not the same in both; null if there is none. */
    String changed(Written one, Written other) {
        int i = 0;
        int from = FIRST_FIELD;
        for (String name : fields.keySet()) {
            int to = one.ends()[i];
            if (to != other.ends()[i] || !Arrays.equals(one.bytes(), from, to, other.bytes(), from, to)) {
                return name;
            }
            from = to;
            i++;
        }
        return null;
    }

    /**
     * Sets all from a document that was written before, maybe by an older version of the class; an empty document has no
     * state.
     *
     * @param parts what is read besides the fields
     * @throws BindingException if it does not fit; some fields may have been set
     */
    void read(byte[] document, Object bean, List<DocumentPart> parts, Values values, CollectionsOwner owner) {
        if (owner.collections() != null) {
            owner.collections().reset(bean);
        }
        StateDocument whole = StateDocument.read(document, (format, name, in) -> {
            StateField field = fields.get(name);
            if (collections.containsKey(name)) {
                owner.collections().fill(name, in, format, values);
            } else if (field == null) {
                in.skip();
            } else if (format == 1) {
                field.readFormatOne(bean, in, values);
            } else {
                field.read(bean, in);
            }
        });
        for (DocumentPart part : parts) {
            part.read(whole.part(part.member()), values);
        }
        if (owner.collections() != null) {
            becomePlain(bean, owner.collections());
        }
    }

    private void becomePlain(Object bean, DurableCollections durable) {
        for (String name : durable.left()) {
            StateField field = fields.get(name);
            if (field != null) {
                byte[] plain = durable.plain(name);
                if (plain == null) {
                    field.clear(bean);
                } else {
                    field.read(bean, plain);
                }
            }
        }
    }
}
