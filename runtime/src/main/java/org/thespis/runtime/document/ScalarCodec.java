package org.thespis.runtime.document;

/** Values that are one text, and so can be keys; some are not text but a number or a word where they are values. */
abstract class ScalarCodec extends Codec {

    private final Object zero;

    ScalarCodec() {
        this(null);
    }

    /** @param zero of a primitive type, which then cannot be null; null elsewhere */
    ScalarCodec(Object zero) {
        this.zero = zero;
    }

    @Override
    void write(Object value, JsonOutput out) {
        out.text(toText(value));
    }

    @Override
    Object read(JsonInput in) {
        return fromText(in.text());
    }

    @Override
    Object readNullable(JsonInput in) {
        return zero == null ? super.readNullable(in) : read(in);
    }

    @Override
    Object absent() {
        return zero;
    }

    @Override
    boolean isText() {
        return true;
    }

    @Override
    abstract String toText(Object value);

    @Override
    abstract Object fromText(String text);
}
