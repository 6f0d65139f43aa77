package org.thespis.protocol.value;

import jakarta.json.JsonValue;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.time.Instant;
import java.util.Calendar;
import java.util.Date;
import org.thespis.api.Undefined;

/** What members of objects become where JSON-B would write something that no client expects. */
final class Serializers {

    /** In place of undefined: nothing to anybody but {@link PlainGenerator}. */
    static final JsonValue UNDEFINED = new JsonValue() {
        @Override
        public ValueType getValueType() {
            return ValueType.NULL;
        }

        @Override
        public String toString() {
            return "null";
        }
    };

    private Serializers() {}

    /** The moment, of those of JDBC too, which have no {@code toInstant}. */
    static Instant instant(Date date) {
        boolean precise = date.getClass().getSimpleName().equals("Timestamp");
        return precise ? date.toInstant() : Instant.ofEpochMilli(date.getTime());
    }

    /** Hands bytes on as bytes; JSON-B would write text. */
    static final class OfBytes implements JsonbSerializer<byte[]> {
        @Override
        public void serialize(byte[] bytes, JsonGenerator generator, SerializationContext context) {
            generator.write(new BytesString(bytes));
        }
    }

    /** JSON-B would write the name of the constant. */
    static final class OfUndefined implements JsonbSerializer<Undefined> {
        @Override
        public void serialize(Undefined undefined, JsonGenerator generator, SerializationContext context) {
            generator.write(UNDEFINED);
        }
    }

    /** As an instant is written; JSON-B would add a zone, which makes it no date to JavaScript. */
    static final class OfDate implements JsonbSerializer<Date> {
        @Override
        public void serialize(Date date, JsonGenerator generator, SerializationContext context) {
            generator.write(instant(date).toString());
        }
    }

    /** The same for a calendar. */
    static final class OfCalendar implements JsonbSerializer<Calendar> {
        @Override
        public void serialize(Calendar calendar, JsonGenerator generator, SerializationContext context) {
            generator.write(calendar.toInstant().toString());
        }
    }
}
