package org.thespis.runtime.document;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Date;

/** Dates of JDBC, whose module need not be there: only by what {@link Date} has and by reflection. */
final class SqlDates {

    private SqlDates() {}

    static <T> Codec millis(Class<T> type) throws NoSuchMethodException {
        Constructor<T> constructor = type.getConstructor(long.class);
        return TextCodec.of(type, date -> Long.toString(((Date) date).getTime()), text -> {
            try {
                return constructor.newInstance(Long.parseLong(text));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e); // it is public and throws nothing
            }
        });
    }

    static <T> Codec nanos(Class<T> type, Method from) {
        return TextCodec.checked(type, date -> ((Date) date).toInstant().toString(), text -> {
            try {
                return type.cast(from.invoke(null, Instant.parse(text)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }
}
