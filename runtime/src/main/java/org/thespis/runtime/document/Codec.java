package org.thespis.runtime.document;

import org.thespis.protocol.value.BindingException;

/** Writes the values of one declared type and reads them back. Any thread. */
abstract class Codec {

    /** @throws BindingException if the value is none that could be read back */
    abstract void write(Object value, JsonOutput out);

    abstract Object read(JsonInput in);

    void writeNullable(Object value, JsonOutput out) {
        if (value == null) {
            out.word("null");
        } else {
            write(value, out);
        }
    }

    Object readNullable(JsonInput in) {
        return in.tryNull() ? null : read(in);
    }

    /** What a member is that the document does not have, where no constructor says it. */
    Object absent() {
        return null;
    }

    /** Whether values can be keys of a JSON object. */
    boolean isText() {
        return false;
    }

    /** The value as a key. */
    String toText(Object value) {
        throw new UnsupportedOperationException();
    }

    Object fromText(String text) {
        throw new UnsupportedOperationException();
    }

    static BindingException strange(Object value, String declared, String wayOut) {
        return new BindingException(
                "it holds a " + value.getClass().getTypeName() + ", which " + declared + " does not tell; " + wayOut,
                null);
    }
}
