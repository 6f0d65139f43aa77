package org.thespis.runtime.document;

import jakarta.json.JsonValue;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.thespis.protocol.value.BindingException;

/**
 * What became of a value in a state field.
 *
 * @param outcome "comes back", "refused in the turn" or "refused at deployment"
 * @param message of the refusal; empty if it comes back
 */
record Tried(String declared, String value, String outcome, String message) {

    static final String COMES_BACK = "comes back";
    static final String IN_THE_TURN = "refused in the turn";
    static final String AT_DEPLOYMENT = "refused at deployment";

    /** All fields of an object, each written, read into another one, and compared. */
    static List<Tried> all(Object from, Object to) {
        List<Tried> tried = new ArrayList<>();
        for (Field field : SameFields.of(from.getClass())) {
            tried.add(one(field, from, to));
        }
        return tried;
    }

    private static Tried one(Field field, Object from, Object to) {
        field.setAccessible(true);
        String declared = TypeUse.of(field.getGenericType(), Map.of()).toString();
        try {
            Object value = field.get(from);
            String shown = value == null ? "null" : value.getClass().getSimpleName();
            try {
                StateField state = StateField.of(from.getClass(), field);
                JsonOutput out = new JsonOutput(Integer.MAX_VALUE);
                state.write(from, out);
                state.verify(from, out.array(), 0, out.length());
                state.read(to, new JsonInput(out.toByteArray()));
                return new Tried(declared, shown, outcome(value, field.get(to)), "");
            } catch (StateTypeException e) {
                return new Tried(declared, shown, AT_DEPLOYMENT, "THESPIS-" + e.number() + " " + e.getMessage());
            } catch (BindingException e) {
                return new Tried(declared, shown, IN_THE_TURN, e.getMessage());
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static String outcome(Object before, Object after) {
        boolean sameClass = before == null ? after == null : after != null && before.getClass() == after.getClass();
        boolean trees = before instanceof JsonValue && after instanceof JsonValue; // whose classes nobody sees
        if (!sameClass && !trees) {
            return "comes back as " + (after == null ? "null" : after.getClass().getName());
        }
        return (trees ? before.equals(after) : same(before, after)) ? COMES_BACK : "comes back as " + after;
    }

    /** Equal, or of the same text where a class has no equality of its own. */
    private static boolean same(Object one, Object other) {
        if (one == null || other == null) {
            return one == other;
        }
        if (one.getClass() != other.getClass()) {
            return false;
        }
        if (Objects.deepEquals(one, other)) {
            return !(one instanceof java.util.LinkedHashMap<?, ?>)
                    || one.toString().equals(other.toString());
        }
        if (one instanceof List<?> a && other instanceof List<?> b) {
            return a.size() == b.size() && pairs(a, b);
        }
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(k -> same(a.get(k), b.get(k)));
        }
        if (one instanceof Object[] a && other instanceof Object[] b) {
            return a.length == b.length && pairs(Arrays.asList(a), Arrays.asList(b));
        }
        return one.toString().equals(other.toString()) && !one.toString().contains("@");
    }

    private static boolean pairs(List<?> one, List<?> other) {
        for (int i = 0; i < one.size(); i++) {
            if (!same(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
