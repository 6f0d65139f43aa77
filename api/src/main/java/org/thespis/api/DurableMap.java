package org.thespis.api;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A map of any size, as a {@link State} field that the runtime provides: each entry is a row of the store. What is said of
 * {@link DurableList} holds here, too.
 *
 * <p>It is sorted by key. Keys are texts, whole numbers, characters, {@code boolean}, {@code double} and {@code float}, UUIDs,
 * {@code Instant}, {@code LocalDate}, {@code LocalDateTime}, and enums, which are sorted by their names; none is null, and a
 * text has at most some 300 characters.
 */
public interface DurableMap<K, V> extends Map<K, V> {

    /** At most {@code limit} entries behind that key, in the order of the keys; from the first on if it is null. */
    List<Map.Entry<K, V>> after(K key, int limit);

    /** At most {@code limit} entries before that key, the greatest first; from the last on if it is null. */
    List<Map.Entry<K, V>> before(K key, int limit);

    /** At most {@code limit} entries from one key, included, to another, excluded. */
    List<Map.Entry<K, V>> range(K from, K to, int limit);

    /** Changes the value of a key in place, if there is one, and has it written if it is another then. */
    void mutate(K key, Consumer<? super V> change);
}
