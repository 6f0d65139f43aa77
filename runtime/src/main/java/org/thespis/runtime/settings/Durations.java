package org.thespis.runtime.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as installations write them: plain milliseconds, with a unit, or in ISO 8601. */
public final class Durations {

    /** What is told of a text that is none. */
    public static final String RULE = "a duration, as 1500 (milliseconds), 30s, 5m, 2h, 1d or PT30S";

    /** In place of one. */
    static final String NEVER = "never";

    static final Duration SHORTEST = Duration.ofMillis(1);

    /** Nanoseconds are counted in a {@code long}, which has room for 292 years. */
    public static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern PLAIN = Pattern.compile("([+-]?[0-9]{1,18})(ms|s|m|h|d)?");

    /** Longer texts are none. */
    private static final int MAX_LENGTH = 64;

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Durations() {}

    /** Empty if the text is no duration, or none that can be counted; it may be negative, or longer than any setting may be. */
    public static Optional<Duration> parse(String text) {
        String trimmed = text.trim();
        if (trimmed.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher plain = PLAIN.matcher(trimmed);
        try {
            if (plain.matches()) {
                ChronoUnit unit = plain.group(2) == null ? ChronoUnit.MILLIS : UNITS.get(plain.group(2));
                return Optional.of(Duration.of(Long.parseLong(plain.group(1)), unit));
            }
            return Optional.of(Duration.parse(trimmed));
        } catch (DateTimeParseException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** The same where a time that never comes may be said, too: it is the longest. */
    public static Optional<Duration> parseOrNever(String text) {
        return text.trim().equalsIgnoreCase(NEVER) ? Optional.of(LONGEST) : parse(text);
    }

    static boolean isInRange(Duration value) {
        return value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0;
    }
}
