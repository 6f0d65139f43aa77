package org.thespis.runtime.commit;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Gives each write a name of its own, that stands at the beginning of the document: so a write that came through although the
 * store did not say so is known from one of another node that came to the same state. Guarded by its queue.
 */
final class WriteNames {

    private final String node = Long.toString(new SecureRandom().nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
    private long count;

    /** The next name, as a document begins with it. */
    byte[] next() {
        String name = node + "-" + Long.toString(++count, Character.MAX_RADIX);
        return ("{\"write\":\"" + name + "\",").getBytes(StandardCharsets.US_ASCII);
    }

    /** A document, an object of JSON with members, with the name. */
    static byte[] named(byte[] name, byte[] document) {
        byte[] named = new byte[name.length + document.length - 1];
        System.arraycopy(name, 0, named, 0, name.length);
        System.arraycopy(document, 1, named, name.length, document.length - 1); // without its brace
        return named;
    }

    static boolean has(byte[] stored, byte[] name) {
        return stored.length >= name.length && Arrays.equals(stored, 0, name.length, name, 0, name.length);
    }
}
