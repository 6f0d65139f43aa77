package org.thespis.api.spi;

import java.util.List;

/**
 * Entries as their store keeps them.
 *
 * @param version the one that the actor had when all of them were read, or a later one; 0 if it is gone
 */
public record StoredEntries(long version, List<Entry> entries) {

    /** One entry; its bytes are never changed by anybody. */
    public record Entry(byte[] key, byte[] value) {}
}
