package org.thespis.runtime.declaration;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thespis.runtime.settings.Durations;

/** A type that a setting of an author may have, and how its values are written. */
record SettingType(Class<?> type) {

    private static final Map<Class<?>, Class<?>> BOXES =
            Map.of(int.class, Integer.class, long.class, Long.class, boolean.class, Boolean.class);

    /** Names of an enum that are told. */
    private static final int MAX_TOLD = 20;

    /** Empty if none may be. */
    static Optional<SettingType> of(Type injected) {
        if (!(injected instanceof Class<?> c)) {
            return Optional.empty();
        }
        Class<?> type = BOXES.getOrDefault(c, c);
        boolean known = type == String.class || type == Duration.class || BOXES.containsValue(type) || type.isEnum();
        return known ? Optional.of(new SettingType(type)) : Optional.empty();
    }

    /** Empty if the text is no value of it. */
    Optional<Object> parse(String text) {
        if (type == String.class) {
            return Optional.of(text);
        } else if (type == Duration.class) {
            return Durations.parse(text).map(Object.class::cast);
        } else if (type == Boolean.class) {
            return bool(text.trim().toLowerCase(Locale.ROOT));
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text.trim()))
                    .map(Object.class::cast)
                    .findFirst();
        }
        return number(text.trim());
    }

    private static Optional<Object> bool(String text) {
        return text.equals("true") || text.equals("false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
    }

    private Optional<Object> number(String text) {
        try {
            return Optional.of(type == Integer.class ? (Object) Integer.valueOf(text) : Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** What a value must be. */
    String rule() {
        if (type == Duration.class) {
            return Durations.RULE;
        } else if (type == Boolean.class) {
            return "true or false";
        } else if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .limit(MAX_TOLD)
                    .map(constant -> ((Enum<?>) constant).name())
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        return type == Integer.class ? "a whole number that fits an int" : "a whole number that fits a long";
    }
}
