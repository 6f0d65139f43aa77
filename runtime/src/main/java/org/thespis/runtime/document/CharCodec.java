package org.thespis.runtime.document;

import org.thespis.protocol.value.BindingException;

/** One char as text, be it half of a surrogate pair. */
final class CharCodec extends ScalarCodec {

    CharCodec(boolean primitive) {
        super(primitive ? '\0' : null);
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
