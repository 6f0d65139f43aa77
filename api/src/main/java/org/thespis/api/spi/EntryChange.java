package org.thespis.api.spi;

/**
 * A change of the entries of one durable collection.
 *
 * <p>Keys are at most 1,024 bytes, values a JSON text in UTF-8; neither is changed by anybody.
 */
public sealed interface EntryChange {

    /** The collection, the name of a field: unique in its actor. */
    String collection();

    /** The entry of that key has that value from now on, whether it was there or not. */
    record Put(String collection, byte[] key, byte[] value) implements EntryChange {

        /** The bytes of key and value. */
        public int length() {
            return key.length + value.length;
        }
    }

    /** There is no entry of that key any more, if there was one. */
    record Remove(String collection, byte[] key) implements EntryChange {}

    /** The collection has no entries any more. */
    record Clear(String collection) implements EntryChange {}
}
