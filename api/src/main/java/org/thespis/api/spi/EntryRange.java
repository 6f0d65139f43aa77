package org.thespis.api.spi;

import java.util.Arrays;

/**
 * Which entries of a durable collection are asked for, in the order of their keys, compared byte by byte without sign. None
 * where the range ends before it begins.
 *
 * @param from the least key, included; null for the first of all
 * @param to behind the greatest key, excluded; null for the last of all
 * @param descending whether the greatest comes first
 * @param limit at most so many
 * @param maxBytes no more entries when their values are that long; the last may pass it
 */
public record EntryRange(String collection, byte[] from, byte[] to, boolean descending, int limit, int maxBytes) {

    /** Whether no entry can be in it, as it ends where it begins or before. */
    public boolean isEmpty() {
        return limit <= 0 || from != null && to != null && Arrays.compareUnsigned(from, to) >= 0;
    }
}
