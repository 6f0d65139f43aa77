package org.thespis.runtime.document;

import java.util.function.Function;
import org.thespis.protocol.value.BindingException;

/** Numbers that are written as JSON numbers, each with its own parser. NaN and infinities are text. */
final class NumberCodec<T> extends Codec {

    private final Class<T> type;
    private final Function<String, T> parser;
    private final T absent;

    /** @param absent null, or zero for a primitive, which then cannot be null */
    NumberCodec(Class<T> type, Function<String, T> parser, T absent) {
        this.type = type;
        this.parser = parser;
        this.absent = absent;
    }

    @Override
    void write(Object value, JsonOutput out) {
        String text = toText(value);
        char last = text.charAt(text.length() - 1);
        if (last == 'N' || last == 'y') {
            out.text(text);
        } else {
            out.word(text);
        }
    }

    @Override
    Object read(JsonInput in) {
        return fromText(in.peek() == '"' ? in.text() : in.number());
    }

    @Override
    Object readNullable(JsonInput in) {
        return absent == null ? super.readNullable(in) : read(in);
    }

    @Override
    Object absent() {
        return absent;
    }

    @Override
    boolean isText() {
        return true;
    }

    @Override
    String toText(Object value) {
        if (value.getClass() != type) {
            throw strange(value, type.getName(), "hold a " + type.getSimpleName() + " itself");
        }
        return value.toString();
    }

    @Override
    Object fromText(String text) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new BindingException("expected " + type.getSimpleName() + ", got " + text, e);
        }
    }
}
