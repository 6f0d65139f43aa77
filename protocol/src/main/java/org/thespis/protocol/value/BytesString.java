package org.thespis.protocol.value;

import jakarta.json.JsonString;
import java.util.Base64;

/** Bytes on their way through a JSON generator: text in base64 to anybody but {@link PlainGenerator}. */
record BytesString(byte[] bytes) implements JsonString {

    @Override
    public String getString() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public CharSequence getChars() {
        return getString();
    }

    @Override
    public ValueType getValueType() {
        return ValueType.STRING;
    }
}
