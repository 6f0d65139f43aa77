package org.thespis.runtime.document;

import org.thespis.protocol.value.BindingException;

/** Plain values as JSON of which each comes back as it was, in the way of a field that is an {@code Object}. Any thread. */
public final class PlainJson {

    private static final Codec CODEC = new Codecs().of(TypeUse.OBJECT, "a plain value");

    private PlainJson() {}

    /** @throws BindingException if it is no plain value */
    public static void write(Object plain, JsonOutput out) {
        CODEC.writeNullable(plain, out);
    }

    /** See {@link #write(Object, JsonOutput)}. */
    public static byte[] write(Object plain) {
        JsonOutput out = new JsonOutput(Integer.MAX_VALUE);
        write(plain, out);
        return out.toByteArray();
    }

    /**
     * Reads what was written, here or by JSON-B.
     *
     * @throws BindingException if it was not
     */
    public static Object read(JsonInput in) {
        return CODEC.readNullable(in);
    }
}
