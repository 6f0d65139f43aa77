package org.thespis.protocol.value;

import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads numbers without bounds of their own from what clients send: JSON-B takes them from text, too, of any length and
 * with any exponent.
 */
final class NumberDeserializers {

    private NumberDeserializers() {}

    static JsonbDeserializer<?>[] all() {
        return new JsonbDeserializer<?>[] {new OfBigInteger(), new OfBigDecimal()};
    }

    private static BigDecimal decimal(JsonParser parser) {
        String text = parser.getString();
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
            return decimal(parser).toBigIntegerExact();
        }
    }

    static final class OfBigDecimal implements JsonbDeserializer<BigDecimal> {
        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context, Type type) {
            return decimal(parser);
        }
    }
}
