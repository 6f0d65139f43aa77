package org.thespis.runtime.document;

import java.math.BigDecimal;
import java.util.function.Function;
import org.thespis.protocol.value.BindingException;

/** Numbers that are written as JSON numbers, each with its own parser. NaN and infinities are text. */
final class NumberCodec<T> extends ScalarCodec {

    private final Class<T> type;
    private final Function<String, T> parser;

    /** @param zero see {@link ScalarCodec#ScalarCodec(Object)} */
    NumberCodec(Class<T> type, Function<String, T> parser, T zero) {
        super(zero);
        this.type = type;
        this.parser = parser;
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
    String toText(Object value) {
        if (value.getClass() != type) {
            throw strange(value, type.getName(), "hold a " + type.getSimpleName() + " itself");
        }
        return value instanceof BigDecimal decimal ? Texts.of(decimal) : value.toString();
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
