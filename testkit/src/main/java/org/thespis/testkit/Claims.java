package org.thespis.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims as a token has them. */
final class Claims {

    private Claims() {}

    /**
     * A copy that nobody can change.
     *
     * @throws IllegalArgumentException if it is nothing that a token can have
     */
    static Object copy(Object value) {
        if (value instanceof List<?> list) {
            List<Object> copies = new ArrayList<>();
            list.forEach(item -> copies.add(copy(item)));
            return Collections.unmodifiableList(copies);
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copies = new LinkedHashMap<>();
            map.forEach((name, some) -> copies.put(String.valueOf(name), copy(some)));
            return Collections.unmodifiableMap(copies);
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(
                "a claim is a text, a number, a boolean, or a list or map of such, not " + value);
    }
}
