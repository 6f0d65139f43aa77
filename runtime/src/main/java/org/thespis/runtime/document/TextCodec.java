package org.thespis.runtime.document;

import java.lang.reflect.Modifier;
import java.util.function.Function;
import org.thespis.protocol.value.BindingException;

/** Values that are one text, as {@code java.time} writes and parses it. */
final class TextCodec<T> extends ScalarCodec {

    private final Class<T> type;
    private final boolean exact;
    private final Function<T, String> writer;
    private final Function<String, T> parser;

    private TextCodec(Class<T> type, boolean exact, Function<T, String> writer, Function<String, T> parser) {
        this.type = type;
        this.exact = exact;
        this.writer = writer;
        this.parser = parser;
    }

    static <T> TextCodec<T> of(Class<T> type, Function<T, String> writer, Function<String, T> parser) {
        return new TextCodec<>(type, !Modifier.isAbstract(type.getModifiers()), writer, parser);
    }

    /**
     * One for values of which the text may not say all: what does not come back equal and of its class is refused.
     *
     * @param type maybe abstract: the class of a value is told by its text
     */
    static <T> TextCodec<T> checked(Class<T> type, Function<T, String> writer, Function<String, T> parser) {
        return of(type, value -> requireSame(type, value, writer.apply(value), parser), parser);
    }

    private static <T> String requireSame(Class<T> type, T value, String text, Function<String, T> parser) {
        T back = parser.apply(text);
        if (back.getClass() != value.getClass() || !back.equals(value)) {
            throw new BindingException(
                    "it holds a " + value.getClass().getName() + ", whose text " + text + " would come back as another "
                            + type.getSimpleName(),
                    null);
        }
        return text;
    }

    @Override
    String toText(Object value) {
        if (exact && value.getClass() != type) {
            throw strange(value, type.getName(), "hold a " + type.getSimpleName() + " itself");
        }
        return writer.apply(type.cast(value));
    }

    @Override
    Object fromText(String text) {
        try {
            return parser.apply(text);
        } catch (BindingException e) {
            throw e;
        } catch (RuntimeException e) { // each parser has its own
            throw new BindingException("\"" + text + "\" is no " + type.getSimpleName(), e);
        }
    }
}
