package org.thespis.runtime.document;

import org.thespis.protocol.value.BindingException;

/** One char as text, be it half of a surrogate pair. */
final class CharCodec extends Codec {

    private final boolean primitive;

    CharCodec(boolean primitive) {
        this.primitive = primitive;
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
        return primitive ? read(in) : super.readNullable(in);
    }

    @Override
    Object absent() {
        return primitive ? '\0' : null;
    }

    @Override
    boolean isText() {
        return true;
    }

    @Override
    String toText(Object value) {
        return ((Character) value).toString();
    }

    @Override
    Object fromText(String text) {
        if (text.length() != 1) {
            throw new BindingException("expected one char, got \"" + text + "\"", null);
        }
        return text.charAt(0);
    }
}
