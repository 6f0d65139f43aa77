package org.thespis.runtime.document;

import jakarta.json.JsonValue;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** When what was written is read back and compared, see {@link StateField#verify}. One for a server; any thread. */
public final class Verification {

    /** How often. */
    public enum Policy {
        /** Each value that is written. */
        ALWAYS,
        /** The first that is written of each field and each class of value. */
        FIRST,
        /** None. */
        NEVER
    }

    /** Bounded by the fields of the application and the classes that the platform and their declarations name. */
    private record Seen(Object declaration, Class<?> type) {}

    private final Policy policy;
    private final Set<Seen> seen = ConcurrentHashMap.newKeySet();

    public Verification(Policy policy) {
        this.policy = policy;
    }

    /** Whether a value of that class is to be verified that a declaration has. */
    boolean isDue(Object declaration, Class<?> type) {
        return policy == Policy.ALWAYS || policy == Policy.FIRST && !seen.contains(new Seen(declaration, type));
    }

    /** A value of that class was verified. */
    void done(Object declaration, Class<?> type) {
        seen.add(new Seen(declaration, type));
    }

    /** Whether all is verified that is written. */
    public boolean isOfAll() {
        return policy == Policy.ALWAYS;
    }

    /**
     * Verifies the value of a field that was just written, if its time has come.
     *
     * @param written holds the value from {@code from} to before {@code to}
     * @throws org.thespis.protocol.value.BindingException if another value would come back; then the next one is verified again
     */
    public void check(StateField field, Object bean, byte[] written, int from, int to) {
        if (policy == Policy.NEVER) {
            return;
        }
        Seen one = new Seen(field, field.valueClass(bean));
        if (policy == Policy.ALWAYS || !seen.contains(one)) {
            field.verify(bean, written, from, to);
            seen.add(one);
        }
    }

    /**
     * What would be another if a value came back as that one: its class, except of trees of JSON, whose classes nobody sees,
     * or the bytes that it has when what is without order is sorted.
     *
     * @param writer writes a value as it is stored
     * @return null if it would come back equal
     */
    static String difference(Object value, Object back, BiConsumer<Object, JsonOutput> writer) {
        boolean trees = value instanceof JsonValue && back instanceof JsonValue;
        if (!trees && classOf(value) != classOf(back)) {
            return "would come back as a "
                    + (back == null ? null : back.getClass().getTypeName());
        }
        return hasSameBytes(value, back, writer) ? null : "would not come back equal";
    }

    /** Whether both are written alike when what is without order is sorted. */
    static boolean hasSameBytes(Object value, Object other, BiConsumer<Object, JsonOutput> writer) {
        JsonOutput one = JsonOutput.canonical();
        JsonOutput two = JsonOutput.canonical();
        writer.accept(value, one);
        writer.accept(other, two);
        return Arrays.equals(one.array(), 0, one.length(), two.array(), 0, two.length());
    }

    private static Class<?> classOf(Object value) {
        return value == null ? null : value.getClass();
    }
}
