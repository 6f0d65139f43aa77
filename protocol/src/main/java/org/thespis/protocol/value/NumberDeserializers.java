package org.thespis.protocol.value;

import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads numbers without bounds of their own from what clients send: JSON-B takes them from text, too, of any length and
 * with any exponent.
 */
final class NumberDeserializers {

    private NumberDeserializers() {}

    static JsonbDeserializer<?>[] all() {
        return new JsonbDeserializer<?>[] {new OfBigInteger(), new OfBigDecimal(), new OfNumber()};
    }

    private static BigDecimal decimal(JsonParser parser) {
        String text = parser.getString();
        if (text == null) { // JSON-B hands over null, too
            return null;
        }
        if (text.length() <= Bounds.MAX_NUMBER_CHARS) {
            BigDecimal number = new BigDecimal(text);
            if (Bounds.holds(number)) {
                return number;
            }
        }
        throw new JsonbException("a number of more than " + Bounds.MAX_NUMBER_CHARS + " characters");
    }

    static final class OfBigInteger implements JsonbDeserializer<BigInteger> {
        @Override
        public BigInteger deserialize(JsonParser parser, DeserializationContext context, Type type) {
            BigDecimal number = decimal(parser);
            return number == null ? null : number.toBigIntegerExact();
        }
    }

    static final class OfBigDecimal implements JsonbDeserializer<BigDecimal> {
        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context, Type type) {
            return decimal(parser);
        }
    }

    /** A decimal, as JSON-B makes it. It asks this for the classes below, too. */
    static final class OfNumber implements JsonbDeserializer<Number> {

        private static final Map<Type, Function<String, Number>> PARSERS = Map.of(
                Byte.class, Byte::valueOf,
                Short.class, Short::valueOf,
                Integer.class, Integer::valueOf,
                Long.class, Long::valueOf,
                Float.class, Float::valueOf,
                Double.class, Double::valueOf);

        @Override
        public Number deserialize(JsonParser parser, DeserializationContext context, Type type) {
            Function<String, Number> known = PARSERS.get(type);
            if (known != null) {
                String text = parser.getString();
                return text == null ? null : known.apply(text);
            }
            if (type != Number.class) {
                throw new JsonbException(type.getTypeName() + " is no number that is bound");
            }
            return decimal(parser);
        }
    }
}
