package org.thespis.protocol.value;

import jakarta.json.JsonException;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.config.BinaryDataStrategy;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.eclipse.yasson.YassonJsonb;
import org.thespis.api.Undefined;

/** Turns the values of authors into plain values and back. Any thread. */
public final class Values {

    private static final double TWO_POW_63 = 0x1p63;

    private static final DateFormats DATE_FORMATS = new DateFormats();

    /** For the values of authors, also as they are stored. */
    private final YassonJsonb jsonb;

    /** For classes that say themselves how their dates are to be written. */
    private final YassonJsonb formatted;

    /** For what clients send. */
    private final YassonJsonb binding;

    private final GenericBinder generics = new GenericBinder(this);
    private final Misfits misfits = new Misfits(this);

    private Values(YassonJsonb jsonb, YassonJsonb formatted, YassonJsonb binding) {
        this.jsonb = jsonb;
        this.formatted = formatted;
        this.binding = binding;
    }

    /** Values on the JSON-B implementation of the server, which must be Yasson, as it is in WildFly and Payara. */
    public static Values create() {
        JsonbConfig dates = config().withSerializers(new Serializers.OfDate(), new Serializers.OfCalendar());
        JsonbConfig bounded = config().withDeserializers(NumberDeserializers.all());
        return new Values(create(dates), create(config()), create(bounded));
    }

    private static YassonJsonb create(JsonbConfig config) {
        return (YassonJsonb) JsonbBuilder.create(config);
    }

    private static JsonbConfig config() {
        return new JsonbConfig()
                .withBinaryDataStrategy(BinaryDataStrategy.BASE_64)
                .withNullValues(true)
                .withSerializers(new Serializers.OfBytes(), new Serializers.OfUndefined());
    }

    /**
     * Takes a copy of a value as it is now.
     *
     * @throws BindingException if JSON-B cannot write it, or it is nested too deeply
     */
    public Object plain(Object value) {
        return plain(value, 0);
    }

    private Object plain(Object value, int level) {
        if (value == null || isScalar(value)) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (level >= Bounds.MAX_DEPTH) {
            throw tooDeep();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>(map.size() * 2);
            map.forEach((key, member) -> copy.put(keyText(key), plain(member, level + 1)));
            return copy;
        }
        if (value instanceof Path path) { // which iterates over its names
            return path.toString();
        }
        if (value instanceof Iterable<?> items) {
            List<Object> copy = new ArrayList<>();
            items.forEach(item -> copy.add(plain(item, level + 1)));
            return copy;
        }
        if (value instanceof Object[] items) {
            return plain(Arrays.asList(items), level);
        }
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null), level + 1);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof Date date) {
            return Serializers.instant(date);
        }
        return value instanceof Calendar calendar ? calendar.toInstant() : byJsonb(value, level);
    }

    static BindingException tooDeep() {
        return new BindingException("it is nested deeper than " + Bounds.MAX_DEPTH + " levels, or holds itself", null);
    }

    /**
     * Writes a value as JSON text.
     *
     * @param type the declared type
     * @throws BindingException if JSON-B cannot write it
     */
    public String json(Object value, Type type) {
        if (value == null || value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            return String.valueOf(value); // what JSON-B writes, too, in many times the time
        }
        try {
            return jsonb.toJson(value, type);
        } catch (JsonbException e) {
            throw unwritable(value, e);
        }
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws BindingException if it does not fit the type
     */
    public Object fromJson(String json, Type type) {
        try {
            return jsonb.fromJson(json, type);
        } catch (JsonbException | ArithmeticException | ClassCastException | IllegalArgumentException e) {
            throw new BindingException("the JSON does not fit " + Misfits.describe(type), e);
        }
    }

    private static boolean isScalar(Object value) {
        return value instanceof String
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof Double
                || value instanceof BigInteger
                || value instanceof BigDecimal
                || value instanceof Instant
                || value instanceof Undefined;
    }

    private static String keyText(Object key) {
        return key instanceof Enum<?> constant ? constant.name() : String.valueOf(key);
    }

    private Object byJsonb(Object value, int level) {
        try {
            PlainGenerator generator = new PlainGenerator(level);
            (DATE_FORMATS.get(value.getClass()) ? formatted : jsonb).toJson(value, generator);
            return generator.result();
        } catch (JsonbException | JsonException e) {
            if (e.getCause() instanceof BindingException tooDeep) {
                throw tooDeep;
            }
            throw unwritable(value, e);
        } catch (StackOverflowError e) { // JSON-B needs more of it for each level than the rest
            throw tooDeep();
        }
    }

    private static BindingException unwritable(Object value, Throwable cause) {
        return new BindingException("a " + value.getClass().getSimpleName() + " cannot be written as JSON", cause);
    }

    /**
     * Makes a value of the given type.
     *
     * @return null for null and undefined, unless the type is {@code Object} or {@code Optional}
     * @throws BindingException if the value does not fit the type
     * @throws IllegalStateException if no value would fit, as the author has declared what cannot be bound
     */
    public Object bind(Object plain, Type type) {
        if (type == Object.class) {
            return plain;
        }
        try {
            Object bound = bindTyped(plain, type);
            Class<?> raw = GenericTypes.raw(type);
            if (bound == null || raw.isPrimitive() || raw.isInstance(bound)) {
                return bound;
            }
            throw misfits.of(plain, type, new ClassCastException()); // JSON-B takes any tree for any other
        } catch (JsonbException
                | ArithmeticException
                | ClassCastException
                | IllegalArgumentException
                | NoSuchElementException e) {
            throw misfits.of(plain, type, e);
        } catch (StackOverflowError e) {
            throw new BindingException("it is nested too deeply", e);
        }
    }

    private Object bindTyped(Object plain, Type type) {
        if (type instanceof Class<?> c && (c.isPrimitive() || c.getName().startsWith("java."))) {
            return bindClass(plain, c);
        }
        if (generics.isNeeded(type)) {
            return generics.bind(plain, type);
        }
        return type instanceof Class<?> c ? bindClass(plain, c) : byJsonb(plain, type);
    }

    /** JSON-B makes something of it all the same, as a map of a list or a character of a whole text. */
    private static boolean isStrange(Object plain, Class<?> type) {
        if (Map.class.isAssignableFrom(type)) {
            return plain instanceof List<?> list && !list.stream().allMatch(Values::isEntry);
        }
        if (type == OptionalInt.class || type == OptionalLong.class || type == OptionalDouble.class) {
            return !(plain instanceof Number);
        }
        if (type == Character.class || type == char.class) {
            return !(plain instanceof String text && text.length() == 1);
        }
        if (type == byte[].class) {
            return !(plain instanceof String || plain instanceof byte[]);
        }
        return plain instanceof List && !mayBeList(type);
    }

    private static boolean mayBeList(Class<?> type) {
        return type.isArray()
                || type == Optional.class
                || type.isAssignableFrom(ArrayList.class)
                || Iterable.class.isAssignableFrom(type)
                || JsonValue.class.isAssignableFrom(type)
                || Bindable.isExplained(type);
    }

    /** As JSON-B writes those of maps with other keys than text. */
    private static boolean isEntry(Object item) {
        return item instanceof Map<?, ?> entry && entry.containsKey("key");
    }

    private Object bindClass(Object plain, Class<?> type) {
        if (plain == null || plain instanceof Undefined) {
            return type == Optional.class ? Optional.empty() : null;
        }
        if (isStrange(plain, type)) {
            throw new ClassCastException();
        }
        if (type == char.class) {
            return ((String) plain).charAt(0);
        }
        if ((type == String.class || type == CharSequence.class) && plain instanceof String
                || type == byte[].class && plain instanceof byte[]) {
            return plain;
        }
        if (plain instanceof Instant instant && (type == Instant.class || type == Date.class)) {
            return type == Instant.class ? plain : Date.from(instant);
        }
        if (plain instanceof Number number && !(plain instanceof BigInteger && type == Number.class)) {
            Object bound = bindNumber(number, type);
            if (bound != null) {
                return bound;
            }
        }
        if ((type == boolean.class || type == Boolean.class)) {
            return (Boolean) plain;
        }
        if (type == String.class || Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            throw new ClassCastException(); // JSON-B would turn text into numbers and the other way round
        }
        return byJsonb(plain, type);
    }

    /** Exact or not at all; null if the type is no number. */
    private static Object bindNumber(Number number, Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return number instanceof Integer ? number : (Object) Math.toIntExact(wholeLong(number));
        }
        if (type == long.class || type == Long.class) {
            return wholeLong(number);
        }
        if (type == double.class || type == Double.class) {
            return number.doubleValue();
        }
        if (type == float.class || type == Float.class) {
            return number.floatValue();
        }
        if (type == short.class || type == Short.class) {
            return PlainParser.decimal(number).shortValueExact();
        }
        if (type == byte.class || type == Byte.class) {
            return PlainParser.decimal(number).byteValueExact();
        }
        if (type == BigInteger.class) {
            return number instanceof BigInteger ? number : wholeNumber(PlainParser.decimal(number));
        }
        if (type == BigDecimal.class) {
            return PlainParser.decimal(number);
        }
        return type == Number.class ? number : null;
    }

    private static BigInteger wholeNumber(BigDecimal number) {
        if (!Bounds.holds(number)) {
            throw new ArithmeticException();
        }
        return number.toBigIntegerExact();
    }

    private static long wholeLong(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return number.longValue();
        }
        if (number instanceof Double d) {
            if (d != Math.rint(d) || d < -TWO_POW_63 || d >= TWO_POW_63) {
                throw new ArithmeticException();
            }
            return d.longValue();
        }
        return PlainParser.decimal(number).longValueExact();
    }

    private Object byJsonb(Object plain, Type type) {
        if (isStrange(plain, GenericTypes.raw(type))) {
            throw new ClassCastException();
        }
        return binding.fromJson((JsonParser) new PlainParser(plain), type);
    }
}
