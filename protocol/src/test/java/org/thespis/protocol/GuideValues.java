package org.thespis.protocol;

import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.Json;
import jakarta.json.bind.annotation.JsonbDateFormat;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import org.thespis.api.Undefined;
import org.thespis.protocol.NpmClient.Dictionary;

/** The rows of {@code docs/values.md}. */
final class GuideValues {

    /** @param text the value as an author would write it */
    record Given(String type, String text, Object value) {}

    /** @param value as {@link NpmClient} has it */
    record Sent(Object value, Type type) {}

    public enum Colour {
        RED,
        GREEN
    }

    public record Point(int x, int y) {}

    public record Person(String name, Instant born, byte[] photo, BigInteger id, Optional<Integer> age) {}

    public record Maybe(String name, Integer age) {

        @Override
        public String toString() {
            return "(" + name + ", " + age + ")";
        }
    }

    public static class Bean {
        public Instant day = AT;
        public String note;

        @JsonbDateFormat("dd.MM.yyyy")
        public LocalDate formatted = LocalDate.of(2030, 1, 2);
    }

    private static final Instant AT = Instant.parse("2030-01-02T03:04:05.006Z");
    private static final byte[] BYTES = {1, 2};
    private static final double BEYOND_INT = 2147483648.0;

    private GuideValues() {}

    static List<Given> given() {
        List<Given> all = new ArrayList<>();
        numbers(all);
        texts(all);
        times(all);
        collections(all);
        objects(all);
        return all;
    }

    private static void numbers(List<Given> all) {
        all.add(new Given("int, Integer", "7", 7));
        all.add(new Given("short", "(short) 7", (short) 7));
        all.add(new Given("byte", "(byte) -1", (byte) -1));
        all.add(new Given("long, Long", "9007199254740991L", 9_007_199_254_740_991L));
        all.add(new Given("", "9007199254740993L", 9_007_199_254_740_993L));
        all.add(new Given("double, Double", "0.1", 0.1));
        all.add(new Given("", "Double.NaN", Double.NaN));
        all.add(new Given("", "Double.POSITIVE_INFINITY", Double.POSITIVE_INFINITY));
        all.add(new Given("float", "0.5f", 0.5f));
        all.add(new Given("BigInteger", "BigInteger.ONE", BigInteger.ONE));
        all.add(new Given("", "BigInteger.TWO.pow(70)", BigInteger.TWO.pow(70)));
        all.add(new Given("", "BigInteger.TWO.pow(4000)", BigInteger.TWO.pow(4000)));
        all.add(new Given("BigDecimal", "new BigDecimal(\"1.10\")", new BigDecimal("1.10")));
        all.add(new Given("", "new BigDecimal(\"0.12345678901234567891\")", new BigDecimal("0.12345678901234567891")));
        all.add(new Given("", "new BigDecimal(\"1e400\")", new BigDecimal("1e400")));
    }

    private static void texts(List<Given> all) {
        all.add(new Given("boolean", "true", true));
        all.add(new Given("String", "\"text\"", "text"));
        all.add(new Given("char", "'c'", 'c'));
        all.add(new Given("enum", "Colour.RED", Colour.RED));
        all.add(new Given("byte[]", "{1, 2}", BYTES));
        all.add(new Given("UUID", "new UUID(0, 1)", new UUID(0, 1)));
        all.add(new Given("URI", "URI.create(\"http://a/b\")", URI.create("http://a/b")));
        all.add(new Given("Path", "Path.of(\"a\")", Path.of("a")));
        all.add(new Given("null, a void method", "null", null));
        all.add(new Given("Undefined", "Undefined.UNDEFINED", Undefined.UNDEFINED));
    }

    private static void times(List<Given> all) {
        all.add(new Given("Instant", "2030-01-02T03:04:05.006Z", AT));
        all.add(new Given("Date", "Date.from(instant)", Date.from(AT)));
        Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        calendar.setTimeInMillis(AT.toEpochMilli());
        all.add(new Given("Calendar", "of the same moment", calendar));
        all.add(new Given("LocalDate", "2030-01-02", LocalDate.of(2030, 1, 2)));
        all.add(new Given("LocalTime", "03:04:05", LocalTime.of(3, 4, 5)));
        all.add(new Given("LocalDateTime", "2030-01-02T03:04:05", LocalDateTime.of(2030, 1, 2, 3, 4, 5)));
        all.add(new Given(
                "OffsetDateTime", "2030-01-02T03:04:05+01:00", OffsetDateTime.parse("2030-01-02T03:04:05+01:00")));
        all.add(new Given(
                "ZonedDateTime",
                "2030-01-02T03:04:05+01:00[Europe/Paris]",
                ZonedDateTime.parse("2030-01-02T03:04:05+01:00[Europe/Paris]")));
        all.add(new Given("Duration", "Duration.ofSeconds(90)", Duration.ofSeconds(90)));
        all.add(new Given("DayOfWeek", "DayOfWeek.MONDAY", DayOfWeek.MONDAY));
    }

    private static void collections(List<Given> all) {
        all.add(new Given("List", "Arrays.asList(1, null, \"a\")", Arrays.asList(1, null, "a")));
        all.add(new Given("", "List.of(\"$x\", 1)", List.of("$x", 1)));
        all.add(new Given("Set", "Set.of(1)", Set.of(1)));
        all.add(new Given("int[]", "{1, 2}", new int[] {1, 2}));
        all.add(new Given("Map&lt;String, Integer>", "Map.of(\"a\", 1)", Map.of("a", 1)));
        all.add(new Given("Map&lt;Integer, String>", "Map.of(1, \"a\")", Map.of(1, "a")));
        all.add(new Given("Map&lt;Colour, String>", "Map.of(Colour.RED, \"a\")", Map.of(Colour.RED, "a")));
        all.add(new Given("Optional", "Optional.of(5)", Optional.of(5)));
        all.add(new Given("", "Optional.empty()", Optional.empty()));
        all.add(new Given("OptionalInt", "OptionalInt.of(5)", OptionalInt.of(5)));
    }

    private static void objects(List<Given> all) {
        all.add(new Given("record", "new Point(1, 2)", new Point(1, 2)));
        all.add(new Given(
                "record Person(String name, Instant born, byte[] photo, BigInteger id, Optional&lt;Integer> age)",
                "new Person(\"ann\", instant, new byte[] {1, 2}, BigInteger.TEN, Optional.empty())",
                new Person("ann", AT, BYTES, BigInteger.TEN, Optional.empty())));
        all.add(new Given(
                "class with an Instant, a String that is null, a LocalDate with @JsonbDateFormat(\"dd.MM.yyyy\")",
                "new Bean()",
                new Bean()));
        all.add(new Given(
                "JsonObject",
                "{\"a\":[1,null]}",
                Json.createObjectBuilder()
                        .add("a", Json.createArrayBuilder().add(1).addNull())
                        .build()));
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        all.add(new Given("what holds itself", "list.add(list)", itself));
    }

    static List<Sent> sent() {
        List<Sent> all = new ArrayList<>();
        sentNumbers(all);
        sentTexts(all);
        sentNothing(all);
        sentTogether(all);
        return all;
    }

    private static void to(List<Sent> all, Object value, Type... types) {
        for (Type type : types) {
            all.add(new Sent(value, type));
        }
    }

    private static void sentNumbers(List<Sent> all) {
        to(all, 7.0, int.class, long.class, double.class, BigInteger.class, BigDecimal.class, Object.class);
        to(all, 7.0, String.class, boolean.class);
        to(all, 7.5, int.class, float.class, BigDecimal.class, Object.class);
        to(all, BEYOND_INT, int.class, long.class, Object.class);
        to(all, Double.NaN, double.class, Object.class);
        to(all, 300.0, byte.class);
        to(all, BigInteger.TWO, int.class, long.class, BigInteger.class, Object.class);
        to(all, BigInteger.TWO.pow(70), long.class, BigInteger.class, Object.class);
    }

    private static void sentTexts(List<Sent> all) {
        to(all, true, boolean.class, int.class);
        to(all, "7", int.class, String.class, char.class);
        to(all, "RED", Colour.class);
        to(all, "BLUE", Colour.class);
        to(all, "2030-01-02", LocalDate.class);
        to(all, AT, Instant.class, Date.class, Object.class, String.class);
        to(all, AT.toString(), Instant.class, OffsetDateTime.class);
        to(all, "PT90S", Duration.class);
        to(all, "00000000-0000-0000-0000-000000000001", UUID.class);
        to(all, BYTES, byte[].class, Object.class);
        to(all, "AQI=", byte[].class);
    }

    private static void sentNothing(List<Sent> all) {
        Type optional = new TypeLiteral<Optional<String>>() {}.getType();
        to(all, null, String.class, int.class, optional, Object.class);
        to(all, Undefined.UNDEFINED, String.class, int.class, optional, Object.class);
        to(all, "a", optional);
        to(all, 5.0, OptionalInt.class);
    }

    private static void sentTogether(List<Sent> all) {
        Type integers = new TypeLiteral<List<Integer>>() {}.getType();
        to(all, List.of(1.0, 2.0), integers, int[].class, new TypeLiteral<Set<Long>>() {}.getType(), Object.class);
        to(all, List.of(1.0, "b"), integers);
        to(all, List.of("$x", 1.0), Object.class);
        to(all, new LinkedHashSet<>(List.of("a")), new TypeLiteral<Set<String>>() {}.getType());
        Map<String, Object> a = Map.of("a", 1.0);
        to(all, a, new TypeLiteral<Map<String, Integer>>() {}.getType(), Object.class);
        to(all, new Dictionary(a), new TypeLiteral<Map<String, Integer>>() {}.getType());
        to(all, Map.of("RED", 1.0), new TypeLiteral<TreeMap<Colour, Integer>>() {}.getType());
        to(all, object("name", "ann", "age", 5.0), Maybe.class);
        to(all, object("name", "ann"), Maybe.class);
        to(all, object("name", "ann", "age", null), Maybe.class);
        to(all, object("name", "ann", "age", Undefined.UNDEFINED), Maybe.class);
        to(all, object("name", "ann", "surplus", true), Maybe.class);
        to(all, object("name", "ann", "age", "5"), Maybe.class);
        to(all, List.of(), Maybe.class);
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
