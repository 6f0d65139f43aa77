package org.thespis.runtime.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.thespis.api.Actor;
import org.thespis.api.Durability;

/**
 * What values an option may have.
 *
 * @param rule what is told of one that is none
 * @param unit for the guide
 * @param ofText what is written in an entry; empty if it is none
 * @param ofAnnotation what stands in the annotation; empty if that says nothing
 */
record OptionKind<T>(
        String rule,
        String unit,
        Function<String, Optional<T>> ofText,
        Function<Object, Optional<T>> ofAnnotation,
        Predicate<T> isInRange) {

    private static final int MAX_NAME_LENGTH = 256;

    static OptionKind<Duration> duration() {
        return new OptionKind<>(
                Durations.RULE + ", from 1 ms to 100 years",
                "milliseconds, or a duration",
                Durations::parse,
                value -> millis((long) value),
                Durations::isInRange);
    }

    static OptionKind<Duration> durationOrNever() {
        return new OptionKind<>(
                Durations.RULE + ", from 1 ms to 100 years, or never",
                "milliseconds, a duration, or `never`",
                Durations::parseOrNever,
                value -> (long) value == Actor.NEVER ? Optional.of(Durations.LONGEST) : millis((long) value),
                Durations::isInRange);
    }

    /** As much as a {@code long} holds means for ever. */
    private static Optional<Duration> millis(long value) {
        return value == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.min(value, Durations.LONGEST.toMillis())));
    }

    /** @param notSaid the value of the annotation that says nothing */
    static OptionKind<Integer> number(String unit, int least, int notSaid) {
        return new OptionKind<>(
                "a whole number from " + least + " to " + Integer.MAX_VALUE,
                unit,
                OptionKind::integer,
                value -> (int) value == notSaid ? Optional.empty() : Optional.of((int) value),
                value -> value >= least);
    }

    private static Optional<Integer> integer(String text) {
        try {
            return Optional.of(Integer.parseInt(text.trim()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static OptionKind<Durability> durability() {
        return new OptionKind<>(
                "COMMIT, PERIODIC or NONE",
                "`COMMIT`, `PERIODIC` or `NONE`",
                text -> Stream.of(Durability.values())
                        .filter(d -> d.name().equals(text.trim().toUpperCase(Locale.ROOT)))
                        .findFirst(),
                value -> Optional.of((Durability) value),
                value -> true);
    }

    /** @param what it is the name of */
    static OptionKind<String> name(String what) {
        return new OptionKind<>(
                "the JNDI name of " + what,
                "a name in JNDI",
                text -> Optional.of(text.trim()),
                value -> Optional.of((String) value).filter(text -> !text.isEmpty()),
                value -> !value.isEmpty() && value.length() <= MAX_NAME_LENGTH);
    }

    /** What other annotations than that of the actor say. */
    static OptionKind<RoleNames> roles() {
        return new OptionKind<>(
                RoleNames.RULE, "names of roles", RoleNames::parse, value -> Optional.empty(), value -> true);
    }

    Optional<T> parse(String text) {
        return ofText.apply(text).filter(isInRange);
    }

    /** @throws IllegalArgumentException that says the rule, if it is out of range */
    Optional<T> annotated(Object value) {
        Optional<T> said = ofAnnotation.apply(value);
        if (said.isPresent() && !isInRange.test(said.get())) {
            throw new IllegalArgumentException("must be " + rule + ", was " + value);
        }
        return said;
    }
}
