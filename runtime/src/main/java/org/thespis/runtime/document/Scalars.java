package org.thespis.runtime.document;

import java.io.File;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.thespis.protocol.value.BindingException;
import org.thespis.runtime.document.Kinds.Kind;

/** The classes of the platform that come back and are no collections, each under a name that documents keep for ever. */
final class Scalars {

    private static final List<Kind> ALL = new ArrayList<>();

    static {
        basics();
        texts();
        times();
        oldTimes();
        atomics();
        parts();
        arrays();
        enums();
    }

    private Scalars() {}

    static List<Kind> all() {
        return Collections.unmodifiableList(ALL);
    }

    /** The codec of a primitive type. */
    static Codec primitive(Class<?> type) {
        return switch (type.getName()) {
            case "boolean" -> BasicCodec.bool(true);
            case "int" -> BasicCodec.integer(true);
            case "long" -> BasicCodec.longInteger(true);
            case "double" -> new NumberCodec<>(Double.class, Double::valueOf, 0.0);
            case "float" -> new NumberCodec<>(Float.class, Float::valueOf, 0f);
            case "short" -> new NumberCodec<>(Short.class, Short::valueOf, (short) 0);
            case "byte" -> new NumberCodec<>(Byte.class, Byte::valueOf, (byte) 0);
            default -> new CharCodec(true);
        };
    }

    private static void basics() {
        add("String", String.class, BasicCodec.TEXT);
        add("Boolean", Boolean.class, BasicCodec.bool(false));
        add("Integer", Integer.class, BasicCodec.integer(false));
        add("Long", Long.class, BasicCodec.longInteger(false));
        number(Double.class, Double::valueOf);
        number(Float.class, Float::valueOf);
        number(Short.class, Short::valueOf);
        number(Byte.class, Byte::valueOf);
        add("Character", Character.class, new CharCodec(false));
        number(BigDecimal.class, BigDecimal::new);
        number(BigInteger.class, BigInteger::new);
    }

    private static void texts() {
        text(UUID.class, UUID::toString, UUID::fromString);
        checked(URI.class, URI::toString, URI::create);
        text(URL.class, Texts::of, Texts::url);
        checked(Locale.class, Scalars::locale, Scalars::locale);
        text(Currency.class, Currency::getCurrencyCode, Currency::getInstance);
        text(StringBuilder.class, StringBuilder::toString, StringBuilder::new);
        text(StringBuffer.class, StringBuffer::toString, StringBuffer::new);
        checked(File.class, File::getPath, File::new);
        add("Path", Path.of("").getClass(), TextCodec.checked(Path.class, Scalars::path, Path::of));
        add("Charset", Charset.class, TextCodec.checked(Charset.class, Charset::name, Charset::forName));
    }

    private static String path(Path path) {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            throw new BindingException("it holds a path of another file system", null);
        }
        return path.toString();
    }

    /** The tag, or what a tag cannot say in three parts. */
    private static String locale(Locale locale) {
        String tag = locale.toLanguageTag();
        return Locale.forLanguageTag(tag).equals(locale)
                ? tag
                : String.join("_", locale.getLanguage(), locale.getCountry(), locale.getVariant());
    }

    private static Locale locale(String text) {
        String[] parts = text.split("_", 3);
        return parts.length < 3 ? Locale.forLanguageTag(text) : new Locale(parts[0], parts[1], parts[2]);
    }

    private static void times() {
        text(Instant.class, Instant::toString, Instant::parse);
        text(LocalDate.class, LocalDate::toString, LocalDate::parse);
        text(LocalTime.class, LocalTime::toString, LocalTime::parse);
        text(LocalDateTime.class, LocalDateTime::toString, LocalDateTime::parse);
        text(OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse);
        text(OffsetTime.class, OffsetTime::toString, OffsetTime::parse);
        checked(ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse);
        text(Duration.class, Duration::toString, Duration::parse);
        text(Period.class, Period::toString, Period::parse);
        number(Year.class, year -> Year.of(Integer.parseInt(year)));
        text(YearMonth.class, Texts::of, Texts::yearMonth);
        text(MonthDay.class, MonthDay::toString, MonthDay::parse);
        text(ZoneOffset.class, ZoneOffset::getId, ZoneOffset::of);
        Codec zone = TextCodec.checked(ZoneId.class, ZoneId::getId, ZoneId::of);
        add("ZoneId", ZoneId.of("Europe/Berlin").getClass(), zone);
    }

    private static void oldTimes() {
        text(Date.class, date -> date.toInstant().toString(), text -> Date.from(Instant.parse(text)));
        for (String name : List.of("Timestamp", "Date", "Time")) {
            ofSql(name);
        }
        Codec timeZone = TextCodec.checked(TimeZone.class, TimeZone::getID, TimeZone::getTimeZone);
        add("TimeZone", TimeZone.getTimeZone("UTC").getClass(), timeZone);
        Codec whole = BasicCodec.longInteger(false);
        Codec yes = BasicCodec.bool(false);
        parts(
                GregorianCalendar.class,
                List.of(timeZone, yes, whole, whole, whole, whole),
                Calendars::apart,
                Calendars::together,
                null);
    }

    /** Classes of a module that need not be there. */
    private static void ofSql(String name) {
        try {
            Class<?> type = Class.forName("java.sql." + name);
            Method nanos = name.equals("Timestamp") ? type.getMethod("getNanos") : null;
            Method from = nanos == null ? null : type.getMethod("from", Instant.class);
            add("java.sql." + name, type, nanos == null ? SqlDates.millis(type) : SqlDates.nanos(type, from));
        } catch (ReflectiveOperationException e) {
            return; // nobody has a field of it either
        }
    }

    private static void atomics() {
        number(AtomicInteger.class, text -> new AtomicInteger(Integer.parseInt(text)));
        number(AtomicLong.class, text -> new AtomicLong(Long.parseLong(text)));
        text(AtomicBoolean.class, AtomicBoolean::toString, text -> new AtomicBoolean(text.equals("true")));
        number(LongAdder.class, text -> {
            LongAdder adder = new LongAdder();
            adder.add(Long.parseLong(text));
            return adder;
        });
        generic(
                "AtomicReference",
                AtomicReference.class,
                1,
                value -> new Object[] {((AtomicReference<?>) value).get()},
                parts -> new AtomicReference<>(parts.get(0)),
                null);
        parts(
                AtomicIntegerArray.class,
                List.of(BasicCodec.integer(false)),
                value -> {
                    AtomicIntegerArray array = (AtomicIntegerArray) value;
                    Object[] all = new Object[array.length()];
                    Arrays.setAll(all, array::get);
                    return all;
                },
                all -> new AtomicIntegerArray(
                        all.stream().mapToInt(Integer.class::cast).toArray()),
                null);
        parts(
                AtomicLongArray.class,
                List.of(BasicCodec.longInteger(false)),
                value -> {
                    AtomicLongArray array = (AtomicLongArray) value;
                    Object[] all = new Object[array.length()];
                    Arrays.setAll(all, array::get);
                    return all;
                },
                all -> new AtomicLongArray(
                        all.stream().mapToLong(Long.class::cast).toArray()),
                null);
    }

    private static void parts() {
        generic(
                "Optional",
                Optional.class,
                1,
                value -> ((Optional<?>) value).stream().toArray(),
                parts -> parts.stream().findFirst(),
                Optional.empty());
        parts(
                OptionalInt.class,
                List.of(BasicCodec.integer(false)),
                value -> ((OptionalInt) value).stream().boxed().toArray(),
                parts -> parts.isEmpty() ? OptionalInt.empty() : OptionalInt.of((Integer) parts.get(0)),
                OptionalInt.empty());
        parts(
                OptionalLong.class,
                List.of(BasicCodec.longInteger(false)),
                value -> ((OptionalLong) value).stream().boxed().toArray(),
                parts -> parts.isEmpty() ? OptionalLong.empty() : OptionalLong.of((Long) parts.get(0)),
                OptionalLong.empty());
        parts(
                OptionalDouble.class,
                List.of(new NumberCodec<>(Double.class, Double::valueOf, null)),
                value -> ((OptionalDouble) value).stream().boxed().toArray(),
                parts -> parts.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((Double) parts.get(0)),
                OptionalDouble.empty());
        entry("Map.entry", Map.entry(1, 1).getClass(), p -> Map.entry(p.get(0), p.get(1)));
        entry("SimpleEntry", AbstractMap.SimpleEntry.class, p -> new AbstractMap.SimpleEntry<>(p.get(0), p.get(1)));
        entry(
                "SimpleImmutableEntry",
                AbstractMap.SimpleImmutableEntry.class,
                p -> new AbstractMap.SimpleImmutableEntry<>(p.get(0), p.get(1)));
        parts(
                BitSet.class,
                List.of(BasicCodec.longInteger(false)),
                value -> Arrays.stream(((BitSet) value).toLongArray()).boxed().toArray(),
                words -> BitSet.valueOf(
                        words.stream().mapToLong(Long.class::cast).toArray()),
                null);
        parts(
                Pattern.class,
                List.of(BasicCodec.TEXT, BasicCodec.integer(false)),
                value -> new Object[] {((Pattern) value).pattern(), ((Pattern) value).flags()},
                p -> Pattern.compile((String) p.get(0), (Integer) p.get(1)),
                null);
    }

    private static void arrays() {
        for (Class<?> type : List.of(
                boolean[].class,
                byte[].class,
                short[].class,
                int[].class,
                long[].class,
                float[].class,
                double[].class)) {
            add(type.getSimpleName(), type, new ArrayCodec(type, primitive(type.getComponentType())));
        }
        add("char[]", char[].class, new ArrayCodec(char[].class, null));
        add("String[]", String[].class, new ArrayCodec(String[].class, BasicCodec.TEXT));
        ALL.add(new Kind(
                "Object[]",
                Object[].class,
                (declared, codecs, where) -> new ArrayCodec(Object[].class, codecs.of(TypeUse.OBJECT, where))));
    }

    private static void enums() {
        for (Class<?> type : List.of(
                java.time.DayOfWeek.class,
                java.time.Month.class,
                java.util.concurrent.TimeUnit.class,
                java.math.RoundingMode.class,
                org.thespis.api.Undefined.class)) {
            add(type.getSimpleName(), type, new EnumCodec(type));
        }
    }

    private static void add(String name, Class<?> type, Codec codec) {
        ALL.add(new Kind(name, type, (declared, codecs, where) -> codec));
    }

    private static <T> void number(Class<T> type, Function<String, T> parser) {
        add(type.getSimpleName(), type, new NumberCodec<>(type, parser, null));
    }

    private static <T> void text(Class<T> type, Function<T, String> writer, Function<String, T> parser) {
        add(type.getSimpleName(), type, TextCodec.of(type, writer, parser));
    }

    private static <T> void checked(Class<T> type, Function<T, String> writer, Function<String, T> parser) {
        add(type.getSimpleName(), type, TextCodec.checked(type, writer, parser));
    }

    private static void parts(
            Class<?> type,
            List<Codec> parts,
            Function<Object, Object[]> apart,
            Function<List<Object>, Object> together,
            Object absent) {
        add(type.getSimpleName(), type, new PartsCodec(type, parts, apart, together, absent));
    }

    private static void generic(
            String name,
            Class<?> type,
            int arguments,
            Function<Object, Object[]> apart,
            Function<List<Object>, Object> together,
            Object absent) {
        ALL.add(new Kind(name, type, (declared, codecs, where) -> {
            List<Codec> parts = new ArrayList<>();
            for (int i = 0; i < arguments; i++) {
                parts.add(codecs.of(declared.arg(i), where));
            }
            return new PartsCodec(type, parts, apart, together, absent);
        }));
    }

    private static void entry(String name, Class<?> type, Function<List<Object>, Object> together) {
        generic(
                name,
                type,
                2,
                value -> new Object[] {((Map.Entry<?, ?>) value).getKey(), ((Map.Entry<?, ?>) value).getValue()},
                together,
                null);
    }
}
